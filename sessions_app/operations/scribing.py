"""Write down what is said around the table: every line of a scribe's text becomes a card of the step that is on."""

import re
import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app.errors import BadText, Closed, Refused, Stale, TooLong
from sessions_app.headings import to_choose_from
from sessions_app.identifiers import ALPHABET, normal_code
from sessions_app.models import Dialogue, Participant, Session, Slip, Via
from sessions_app.operations import slips
from sessions_app.operations.contributions import post_contribution
from sessions_app.policy import Actor, require
from sessions_app.queries.dialogues import dialogue_on_the_table, group_dialogue

LINES = 200  # in one sending
TOO_MANY = _("That is more than 200 lines. Send the first 200, then the others. All of it is still here.")
# A card of paper has a code; the scribe writes it before the words. Without the dashes it could be three short words.
CODED = re.compile(rf"([{ALPHABET}]{{3}}(?:-[{ALPHABET}]{{3}}){{2}})[\s:.,;]+(.+)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """A line with words in it. `number` counts from 1, with the empty lines; `client_id` is the same at every try."""

    number: int
    words: str
    client_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Written:
    """How many lines are cards now, and those that are not, each with why."""

    count: int
    left: tuple[tuple[Line, Refused], ...]


def lines_of(text: str, form_id: uuid.UUID) -> list[Line]:
    """The lines of TEXT that hold something, in order. The same line twice in one form is two cards."""
    came, lines = Counter[str](), []
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        if words := raw.strip():
            # A lone surrogate has no bytes to hash; the line is refused for it later, in words.
            name = f"{came[words]}:{words}".encode("utf-8", "backslashreplace").decode()
            lines.append(Line(number, words, uuid.uuid5(form_id, name)))
            came[words] += 1
    return lines


def write_lines(
    *,
    session: Session,
    actor: Actor,
    text: str,
    form_id: uuid.UUID,
    dialogue_id: int | None,
    author: Participant | None = None,
    language: str = "",
    heading: int | None = None,
) -> Written:
    """Put every line of TEXT on the table of SESSION as a card of AUTHOR, or of someone in the room who is not named.

    Every card gets a slip; a line that begins with the code of a blank card gets that one, and came by paper.
    `dialogue_id` is the step that the page showed, or one of its small groups, `heading` what was chosen for all
    lines. A line that can't be kept is left, the others are posted; when the step ends on the way, the rest is left.
    Raises Closed, Stale, BadText, NotAllowed, Refused when nothing was posted.
    """
    require(actor, "session.record_for", session)
    lines = _lines_to_take(text, form_id)
    dialogue = _step_shown(session, dialogue_id)
    every: dict[str, Any] = {"dialogue": dialogue, "actor": actor, "via": Via.SCRIBE, "language": language}
    every |= {"author": author, "unnamed": author is None, "heading": _known(heading, dialogue)}
    count = 0
    left: list[tuple[Line, Refused]] = []
    for place, line in enumerate(lines):
        try:
            _write(session, line, every)
        except (BadText, TooLong, slips.NoSuchCard) as trouble:
            left.append((line, trouble))
        except Refused as trouble:
            if not count:
                raise
            left += [(rest, trouble) for rest in lines[place:]]
            break
        else:
            count += 1
    return Written(count, tuple(left))


def _write(session: Session, line: Line, every: dict[str, Any]) -> None:
    """One card and its slip, both or neither; the same line sent again changes nothing."""
    coded = CODED.fullmatch(line.words)
    with transaction.atomic():
        given = every | {"client_id": line.client_id, "body": coded[2] if coded else line.words}
        posted = post_contribution(**given | ({"via": Via.PAPER} if coded else {}))
        if posted.is_new or not Slip.objects.filter(contribution=posted.contribution).exists():
            code = normal_code(coded[1]) if coded else ""
            slips.give_slip(contribution=posted.contribution, session=session, code=code)


def _known(heading: int | None, dialogue: Dialogue) -> int | None:
    """Looked at once for all lines, so that the same sentence is not said of each."""
    known = dict(to_choose_from(dialogue.activity))
    if known and heading not in known:
        raise BadText(_("Choose first where the lines belong. All of them are still here."), field="heading")
    return heading


def _lines_to_take(text: str, form_id: uuid.UUID) -> list[Line]:
    lines = lines_of(text, form_id)
    if not lines:
        raise BadText(_("There is nothing in it yet. Write a word or two first."))
    if len(lines) > LINES:
        raise Refused(TOO_MANY)
    return lines


def _step_shown(session: Session, dialogue_id: int | None) -> Dialogue:
    dialogue = dialogue_on_the_table(session.pk)
    if dialogue is None:
        raise Closed(_("No step is on now. Your lines are still here: send them once a step has begun."))
    if dialogue_id is not None and (small := group_dialogue(dialogue.activity, dialogue_id)) is not None:
        return small
    if dialogue.pk != dialogue_id:
        raise Stale(_("Another step is on now. Look whether your lines belong to it, then press again."))
    return dialogue
