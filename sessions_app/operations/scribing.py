"""Write down what is said around the table: every line of a scribe's text becomes a card of the step that is on."""

import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from sessions_app.errors import BadText, Closed, Refused, Stale, TooLong
from sessions_app.headings import to_choose_from
from sessions_app.models import Dialogue, Participant, Session, Via
from sessions_app.operations.contributions import post_contribution
from sessions_app.policy import Actor, require
from sessions_app.queries.dialogues import dialogue_on_the_table

LINES = 200  # in one sending


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

    `dialogue_id` is the step that the page showed, `heading` what was chosen for all lines. A line that can't be kept
    is left, the others are posted; when the step ends on the way, the rest is left. Raises Closed, Stale, BadText,
    NotAllowed, Refused when nothing was posted.
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
            post_contribution(body=line.words, client_id=line.client_id, **every)
        except (BadText, TooLong) as trouble:
            left.append((line, trouble))
        except Refused as trouble:
            if not count:
                raise
            left += [(rest, trouble) for rest in lines[place:]]
            break
        else:
            count += 1
    return Written(count, tuple(left))


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
        raise Refused(_("That is more than 200 lines. Send the first 200, then the others. All of it is still here."))
    return lines


def _step_shown(session: Session, dialogue_id: int | None) -> Dialogue:
    dialogue = dialogue_on_the_table(session.pk)
    if dialogue is None:
        raise Closed(_("No step is on now. Your lines are still here: send them once a step has begun."))
    if dialogue.pk != dialogue_id:
        raise Stale(_("Another step is on now. Look whether your lines belong to it, then press again."))
    return dialogue
