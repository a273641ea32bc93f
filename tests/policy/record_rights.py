"""Who may do what to records and agreements: more of the table in rights.py."""

from eaa.models import Agreement, AgreementState, Mechanism, Record
from sessions_app import clock

ACTIONS = """\
eaa.see               -     -     always  always  always  always  -       always
eaa.map               -     -     always  always  always  always  always  always
eaa.write             -     -     open    open    open    open    -       open
eaa.lead              -     -     -       -       -       open    -       open
eaa.decide            -     -     -       -       -       -       -       open
eaa.study             -     -     -       -       -       -       always  always
eaa.code              -     -     -       -       -       -       always  always
record.see            -     -     always  always  always  always  -       always
record.change         -     -     own     own     own     open    -       open
record.check          -     -     open    open    open    open    -       open
record.check_for      -     -     -       -       -       open    -       open
agreement.see         -     -     always  always  always  always  always  always
agreement.write       -     -     -       -       -       open    -       open
agreement.decide      -     -     -       -       -       -       -       open
agreement.answer      -     -     open    open    open    open    -       open
agreement.answer_for  -     -     -       -       -       open    -       open
"""


def thing(world, noun: str, owner):
    """What an action is done to: a record that OWNER made, an agreement that is open, or the workshop."""
    about = {"workshop": world.workshop, "created_by": owner, "created_at": clock.now()}
    if noun == "record":
        return Record.objects.create(mechanism=Mechanism.INTERPRETATION, **about)
    return Agreement(state=AgreementState.OPEN, **about) if noun == "agreement" else world.workshop
