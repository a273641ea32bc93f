"""Slips: with the code on it a speaker checks what was typed for them, corrects it, or takes it back."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import clock, events
from sessions_app.errors import BadText, Closed, Refused, TooFast
from sessions_app.identifiers import door_code
from sessions_app.models import Contribution, Session, Slip
from sessions_app.operations.contributions import empty, reword, with_copies
from sessions_app.policy import Actor, require
from sessions_app.text import clean_body
from sessions_app.verbs import Verb

SIGNS = 9  # 31 to the power of nine: 44.6 bits, since slips stay good for weeks
AT_ONCE, MOST = 100, 1000  # blank cards in one press, and in one meeting


class NoSuchCard(Refused):
    """The code before a scribe's line is not that of a blank card."""

    code, status = "no_such_card", 422
    text = _("No blank card of this meeting has that code, or it is typed already. Look at the code once more.")


class TooManyWrongCodes(TooFast):
    """From there so many codes were tried that one of them alone opens nothing."""

    code = "too_many_codes"
    text = _("Too many wrong codes were tried from here. Go in through the door of the meeting, then try again.")


def give_slip(*, contribution: Contribution, session: Session, code: str = "") -> Slip:
    """The slip of a CONTRIBUTION that somebody typed: a new one, or the blank card with CODE. Raises NoSuchCard.

    Inside the transaction in which the words are posted.
    """
    if not code:
        return Slip.objects.create(
            session=session, contribution=contribution, code=door_code(SIGNS), made_at=clock.now()
        )
    found = Slip.objects.filter(session=session, code=code, contribution=None).first()
    if found is None:
        raise NoSuchCard
    found.contribution = contribution
    found.save(update_fields=["contribution"])
    return found


def make_blank_cards(*, session: Session, actor: Actor, count: int, beside: int | None = None) -> None:
    """COUNT cards with codes, to be printed and written on, BESIDE so many as the page showed: twice is once."""
    require(actor, "session.record_for", session)
    if not 1 <= count <= AT_ONCE:
        raise BadText(_("Write a number from 1 to 100."))
    with transaction.atomic():
        events.lock(session.workshop_id)
        there = Slip.objects.filter(session=session, contribution=None).count()
        count = count if beside is None else max(0, beside + count - there)
        if there + count > MOST:
            raise Refused(_("That would be more than 1000 blank cards. Use those that are there first."))
        Slip.objects.bulk_create(
            Slip(session=session, code=door_code(SIGNS), made_at=clock.now()) for _number in range(count)
        )


def confirm(*, slip: Slip) -> None:
    """Whoever holds SLIP says: that is what I said. Once more changes nothing."""
    with _words_of(slip) as said:
        _confirm(said)


def correct(*, slip: Slip, body: str) -> None:
    """Put the speaker's own words in the place of those that were typed; what was typed is kept as a revision."""
    words = clean_body(body)
    with _words_of(slip) as said:
        typed = said.body
        for stands in with_copies(said):
            if stands.body == typed != words:  # not a copy that its author has put in other words since
                reword(stands, words)
                _record(Verb.CONTRIBUTION_REVISED, stands)
        _confirm(said)


def take_back(*, slip: Slip) -> None:
    """Take the words back: the place stays."""
    with _words_of(slip) as said:
        for words in with_copies(said):
            empty(words)
            _record(Verb.CONTRIBUTION_WITHDRAWN, words)


@contextmanager
def _words_of(slip: Slip) -> Iterator[Contribution]:
    """The words of SLIP, with the workshop locked. Raises Closed when nothing can be changed on them any more."""
    said = slip.contribution
    if said is None:
        raise Closed(_("This card is still blank. The scribe types what is written on it first."))
    with transaction.atomic():
        workshop = events.lock(slip.session.workshop_id)
        said.refresh_from_db(fields=["body", "withdrawn_at", "confirmed_at"])
        if workshop.closed_at is not None:
            raise Closed(_("This workshop is over. Its words stay as they are."))
        if said.is_withdrawn:
            raise Closed(_("These words have been taken back already."))
        yield said


def _confirm(said: Contribution) -> None:
    if said.confirmed_at is None:
        said.confirmed_at = clock.now()
        said.save(update_fields=["confirmed_at"])
        _record(Verb.CONTRIBUTION_CONFIRMED, said)


def _record(verb: Verb, said: Contribution) -> None:
    """In the name of whose words they are; in nobody's when nobody is named."""
    activity = said.dialogue.activity
    events.record(
        verb,
        workshop_id=activity.workshop_id,
        actor=said.author,
        dialogue=said.dialogue,
        activity=activity,
        contribution=said,
    )
