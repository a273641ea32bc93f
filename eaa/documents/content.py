"""What a document of an agreement says, as plain data in one language: the JSON itself, and what the others draw.

Words of people are quoted only when they said that they may be; names are those that they signed with.
"""

from datetime import datetime
from typing import Any

from django.utils.dateformat import format as date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from eaa.models import Agreement, AgreementState
from eaa.queries.agreements import agreement_view
from eaa.queries.clauses import ClauseView, Rest
from eaa.queries.reading import AgreementView
from eaa.queries.voices import Signed, StatementView, Voice
from sessions_app.models import Consent, Purpose, Workshop

DAY = "j F Y"
COUNTED = ("asked", "signed", "agree", "neutral", "talk", "against", "silent")
FORMAT = 1  # counts up when a name in the data changes its meaning


def document_of(agreement: Agreement, version: int | None = None) -> dict[str, Any]:
    """The newest VERSION of AGREEMENT or an older one, as everybody may read it, in the language that is on.

    Raises NotFound for a version that is not there. Keys are stable; people script against them.
    """
    view = agreement_view(agreement, version=version)
    may_quote = _those_who_may_be_quoted(view.workshop)
    return {
        **_head(view),
        "clauses": [_clause(clause, view.workshop, may_quote) for clause in view.clauses],
        "counts": {name: getattr(view.counts, name) for name in COUNTED},
        "counts_words": view.counts.sentence,
        "tally": [{"answer": str(label), "people": number} for label, number in view.tally],
        "against": [_voice(voice, view.workshop) for voice in view.against],
        "talk_first": [_voice(voice, view.workshop) for voice in view.talk],
        "earlier": [_voice(voice, view.workshop) for voice in view.earlier],
        "remarks": [_voice(voice, view.workshop) for voice in view.remarks],
        "statements": [_statement(one, view.workshop) for one in view.statements],
        "signatures": [_signed(one, view.workshop) for one in view.signatures],
        "commitments": [_promise(one) for one in view.commitments],
    }


def _head(view: AgreementView) -> dict[str, Any]:
    """What it is, which text of it, and what was said before anybody answered."""
    agreement, workshop = view.agreement, view.workshop
    return {
        "format": FORMAT,
        "language": get_language() or "en",
        "workshop": {"title": workshop.title, "slug": workshop.slug},
        "title": agreement.title,
        "state": agreement.state,
        "state_words": str(AgreementState(agreement.state).label),
        "version": view.version.number,
        "versions": [
            {"number": one.number, "at": one.at.isoformat(), "because": one.because, "words": _day(workshop, one.at)}
            for one in view.versions
        ],
        "fingerprint": view.fingerprint,
        "sha256": view.version.digest,
        "open_until": agreement.open_until.isoformat() if agreement.open_until else None,
        "open_until_words": _day(workshop, agreement.open_until),
        "in_force_at": agreement.in_force_at.isoformat() if agreement.in_force_at else None,
        "held_since_words": _day(workshop, agreement.in_force_at),
        "review_on": agreement.review_on.isoformat() if agreement.review_on else None,
        "review_words": date_format(agreement.review_on, DAY) if agreement.review_on else "",
        "silence_means": agreement.silence_means,
        "intention": view.intention.text if view.intention is not None else "",
        "serves": agreement.serves,
    }


def _day(workshop: Workshop, moment: datetime | None) -> str:
    """With its year, since a document is read for longer than a page."""
    return date_format(workshop.local(moment), DAY) if moment is not None else ""


def _clause(clause: ClauseView, workshop: Workshop, may_quote: set[int]) -> dict[str, Any]:
    return {
        "number": clause.number,
        "key": clause.key,
        "heading": clause.clause.heading,
        "text": clause.clause.text,
        "rests_on": [_rest(rest, workshop, may_quote) for rest in clause.rests],
    }


def _rest(rest: Rest, workshop: Workshop, may_quote: set[int]) -> dict[str, Any]:
    """One piece of evidence: quoted, a gap where it was taken back, or words that are there but not for a document."""
    quote = rest.quote
    if quote.said is None:
        return {"kind": "record", "words": rest.record_title, "who": "", "note": rest.record_label}
    if quote.is_gone:
        return {"kind": "gap", "words": "", "who": "", "note": _("These words were taken back.")}
    author = quote.said.contribution.author_id
    if author is not None and author not in may_quote:
        return {
            "kind": "unquoted",
            "words": "",
            "who": "",
            "note": _("Words in the dialogue that are not quoted here."),
        }
    check = rest.check.get_answer_display() if rest.check is not None else ""
    note = f"{check}: {rest.check_words}" if rest.check_words and author in may_quote else check
    said = quote.said
    return {
        "kind": "words",
        "words": quote.words,
        "language": quote.language,
        "who": said.who,
        "on": _day(workshop, said.contribution.said_at),
        "note": note,
    }


def _voice(voice: Voice, workshop: Workshop) -> dict[str, Any]:
    return {
        "who": voice.who,
        "answer": str(voice.label),
        "words": voice.words,
        "language": voice.position.language,
        "clause": voice.clause_number,
        "version": voice.version_number,
        "on": _day(workshop, voice.position.at),
    }


def _statement(one: StatementView, workshop: Workshop) -> dict[str, Any]:
    row = one.statement
    return {"words": row.text, "language": row.language, "who": list(one.names), "on": _day(workshop, row.at)}


def _signed(one: Signed, workshop: Workshop) -> dict[str, Any]:
    return {
        "who": one.who,
        "is_pseudonym": one.is_pseudonym,
        "on": _day(workshop, one.signature.at),
        "version": one.version_number,
        "remark": one.remark,
        "place": one.place,
        "place_words": one.place_words,
        "road_words": one.road_words,
    }


def _promise(one: Any) -> dict[str, Any]:
    row = one.commitment
    return {
        "who": one.who,
        "what": row.what,
        "when": one.when,
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "state": row.state,
        "state_words": str(row.get_state_display()),
        "done_on": one.done_on,
        "told": row.told,
    }


def _those_who_may_be_quoted(workshop: Workshop) -> set[int]:
    """Ids of people whose newest answer about being quoted is yes. No answer is no. One query."""
    rows = Consent.objects.filter(participant__workshop=workshop, purpose=Purpose.QUOTED).order_by("pk")
    newest = {row.participant_id: row.withdrawn_at is None for row in rows}
    return {person for person, says_yes in newest.items() if says_yes}
