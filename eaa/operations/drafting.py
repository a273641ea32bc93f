"""The text of an agreement: its first version, and every one after it. Whoever answered is asked about what changed."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from eaa.models import Agreement, AgreementState, AgreementVersion, Clause, Evidence, Suggestion
from eaa.operations.clauses import Wording, cleaned, rests_on_now, write_clauses
from eaa.operations.locking import head_of, lives, locked, tell
from eaa.operations.suggestions import take_in
from eaa.operations.terms import body, check_review, check_until, clean_title, is_another
from eaa.queries.standing import changes, token_of
from eaa.verbs import Verb
from sessions_app import clock
from sessions_app.errors import BadText, NotFound, Refused, Stale
from sessions_app.models import Participant
from sessions_app.policy import Actor

BECAUSE = 600
OTHERS = _(
    "Somebody else has changed this text meanwhile. Look at what is new, then save once more; yours is still here."
)


def first_version(agreement: Agreement, writer: Participant, wordings: Sequence[Wording], language: str) -> None:
    """Inside the operation that makes the agreement."""
    version = AgreementVersion.objects.create(
        agreement=agreement, number=1, digest="", language=language[:10], written_by=writer, at=clock.now()
    )
    write_clauses(version, cleaned(wordings), workshop=agreement.workshop, before={}, free=1)


def revise_agreement(
    *,
    agreement: Agreement,
    actor: Actor,
    seen: str,
    clauses: Sequence[Wording],
    because: str = "",
    language: str = "",
    title: str = "",
    until: datetime | None = None,
    review_on: date | None = None,
    accepts: Iterable[Suggestion] = (),
) -> AgreementVersion:
    """Save the text: a draft in place and in LANGUAGE, anything else as the next version, which is open UNTIL then.

    SEEN is token_of the version that the writer had before their eyes; another one raises Stale. ACCEPTS are
    suggestions that are taken in by it. The time for answers goes on, and starts anew where it was over.
    """
    words, wanted = body(because, BECAUSE, "because"), cleaned(clauses)
    with locked(agreement, actor, "agreement.write"):
        lives(agreement)
        before = head_of(agreement)
        if seen != token_of(before):
            if _is_sent_again(before, actor, wanted):
                return before
            raise Stale(OTHERS)
        old = list(before.clauses.all())
        if agreement.state == AgreementState.DRAFT:
            agreement.title = clean_title(title) if title.strip() else agreement.title
            before.language = language[:10] or before.language
            version = _in_place(agreement, actor, before, wanted, words)
        else:
            version = _next(agreement, actor, before, wanted, words)
            _ask_again(agreement, until, review_on)
        agreement.save()
        _tell(agreement, actor, old, version)
        for suggestion in accepts:
            take_in(suggestion, agreement, actor)
    return version


def _tell(agreement: Agreement, actor: Actor, before: Sequence[Clause], version: AgreementVersion) -> None:
    changed = sorted({change.key for change in changes(before, version.clauses.all())})
    tell(Verb.AGREEMENT_REVISED, agreement, actor, clauses=changed)
    if agreement.state != AgreementState.DRAFT and agreement.open_until is not None:
        tell(Verb.AGREEMENT_OPENED, agreement, actor, until=agreement.open_until.isoformat())


def _in_place(
    agreement: Agreement, actor: Actor, version: AgreementVersion, wanted: Sequence[Wording], because: str
) -> AgreementVersion:
    """Nobody has seen a draft but those who write it: it stays one version, however often it is saved."""
    before, free = rests_on_now(version), _free_key(agreement)
    version.clauses.all().delete()
    version.written_by, version.at, version.because = _writer(actor), clock.now(), because
    version.save()
    write_clauses(version, wanted, workshop=agreement.workshop, before=before, free=free)
    return head_of(agreement)


def _next(
    agreement: Agreement, actor: Actor, before: AgreementVersion, wanted: Sequence[Wording], because: str
) -> AgreementVersion:
    if not wanted:
        raise BadText(_("There is no clause left. Write one, or end the agreement."), field="clauses")
    known = rests_on_now(before)
    if not _differs(before, wanted, known):
        raise Refused(_("Nothing has changed yet, so nobody has to be asked again."))
    agreement.head += 1
    writer = _writer(actor)
    version = AgreementVersion.objects.create(
        agreement=agreement,
        number=agreement.head,
        because=because,
        digest="",
        language=before.language,
        written_by=writer,
        at=clock.now(),
    )
    write_clauses(version, wanted, workshop=agreement.workshop, before=known, free=_free_key(agreement))
    return head_of(agreement)


def _ask_again(agreement: Agreement, until: datetime | None, review_on: date | None) -> None:
    """Another text holds only after those who were asked could answer it."""
    later = until if is_another(until, agreement.open_until) else None
    last = later or agreement.open_until
    if last is None or (later is None and last <= clock.now()):
        raise BadText(_("The time for answers is over. Choose until when people can answer the new text."), field="day")
    if later is not None:
        check_until(later)
        if agreement.accepts(clock.now()) and agreement.open_until is not None and later < agreement.open_until:
            raise BadText(_("People were told that they have until then. Choose a later day."), field="day")
    agreement.open_until = last
    agreement.state, agreement.in_force_at = AgreementState.OPEN, None
    if review_on is not None and review_on != agreement.review_on:
        check_review(agreement, review_on, last)
        agreement.review_on = review_on


def _differs(before: AgreementVersion, wanted: Sequence[Wording], known: dict[int, list[Evidence]]) -> bool:
    if _read(before) != [(one.key, one.heading, one.text) for one in wanted]:
        return True
    return any(
        one.rests or (one.keep is not None and one.key is not None and len(one.keep) != len(known[one.key]))
        for one in wanted
    )


def _is_sent_again(version: AgreementVersion, actor: Actor, wanted: Sequence[Wording]) -> bool:
    """Whether the same person has saved the same words a moment ago: a form that was sent twice."""
    same = [(heading, text) for _key, heading, text in _read(version)]
    return version.written_by == actor.participant and same == [(one.heading, one.text) for one in wanted]


def _read(version: AgreementVersion) -> list[tuple[int | None, str, str]]:
    return [(clause.key, clause.heading, clause.text) for clause in version.clauses.all()]


def _free_key(agreement: Agreement) -> int:
    top = Clause.objects.filter(version__agreement=agreement).aggregate(top=Max("key"))["top"]
    return int(top or 0) + 1


def _writer(actor: Actor) -> Participant:
    if actor.participant is None:
        raise NotFound
    return actor.participant
