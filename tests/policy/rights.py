"""Who may do what, as a table that policy.py is held against."""

from tests.policy import record_rights

# What policy.can() answers for somebody of this workshop. A dash: not even in an open workshop.
# open = until the workshop is closed; always = also afterwards; own = open, for what is theirs; self = always.
ACTIONS = """
action                lobby gone  guest   part    help    scri    rese    faci
workshop.see          -     -     always  always  always  always  always  always
workshop.change       -     -     -       -       -       -       -       open
workshop.mails        -     -     -       -       -       -       -       always
workshop.record       -     -     -       -       -       -       always  always
workshop.export       -     -     -       -       -       -       always  -
people.see            -     -     -       -       always  always  -       always
people.admit          -     -     -       -       open    open    -       open
people.change         -     -     -       -       -       -       -       open
session.see           -     -     always  always  always  always  -       always
session.plan          -     -     -       -       -       -       -       open
session.run           -     -     -       -       -       -       -       open
session.replay        -     -     -       -       -       -       -       always
session.speak         -     -     open    open    open    open    -       open
session.record_for    -     -     -       -       -       open    -       open
session.console       -     -     -       -       always  always  -       always
session.message       -     -     -       -       open    open    -       open
activity.see          -     -     always  always  always  always  -       always
activity.plan         -     -     -       -       -       -       -       open
dialogue.see          -     -     always  always  always  always  -       always
dialogue.contribute   -     -     open    open    open    open    -       open
dialogue.record_for   -     -     -       -       -       open    -       open
dialogue.sort         -     -     open    open    open    open    -       open
dialogue.reword_headings -  -     -       -       -       open    -       open
contribution.see      -     -     always  always  always  always  -       always
contribution.change   -     -     own     own     own     own     -       own
contribution.file     -     -     open    open    open    open    -       open
contribution.gloss    -     -     own     own     open    open    -       open
group.see             -     -     self    self    self    always  -       always
group.change          -     -     -       -       -       -       -       open
group.name_note_taker -     -     own     own     own     open    -       open
group.note            -     -     own     own     own     own     -       own
group.join            -     -     open    open    open    open    -       open
me.change             -     -     self    self    self    self    self    self
"""


ACTIONS += record_rights.ACTIONS


def actions() -> dict[str, dict[str, str]]:
    """Action -> role -> word of the table."""
    head, *lines = [line.split() for line in ACTIONS.strip().splitlines()]
    return {action: dict(zip(head[1:], answers, strict=True)) for action, *answers in lines}
