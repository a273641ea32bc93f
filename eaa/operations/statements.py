"""What a minority says together under a version: one writes it, others stand behind it, or leave again."""

import uuid

from django.utils.translation import gettext_lazy as _

from eaa.models import Agreement, Statement, StatementJoin
from eaa.operations.locking import answers, for_whom, is_head, locked, tell
from eaa.operations.terms import body
from eaa.queries.standing import stands_from, versions_of
from eaa.verbs import Verb
from sessions_app import clock
from sessions_app.errors import BadText, NotAllowed, NotFound
from sessions_app.models import Participant
from sessions_app.policy import Actor

TEXT = 2000


def make_statement(
    *,
    agreement: Agreement,
    actor: Actor,
    version: int,
    text: str,
    language: str = "",
    client_id: uuid.UUID | None = None,
) -> Statement:
    """Write what some see differently in VERSION. Its maker stands behind it from the beginning."""
    person, _recorder, right = for_whom(actor, None)
    with locked(agreement, actor, right):
        made = Statement.objects.filter(client_id=client_id, made_by=person).first() if client_id else None
        if made is not None:
            return made
        head = is_head(agreement, version)
        answers(agreement, actor, person)
        words = body(text, TEXT, "text")
        if not words:
            raise BadText(_("There is nothing in it yet. Write a word or two first."), field="text")
        now = clock.now()
        made = Statement.objects.create(
            version=head,
            text=words,
            language=(language or person.language)[:10],
            made_by=person,
            at=now,
            client_id=client_id,
        )
        tell(Verb.STATEMENT_MADE, agreement, actor, person)
    return made


def join_statement(*, agreement: Agreement, actor: Actor, statement: int) -> None:
    """Stand behind what others wrote."""
    person, _recorder, right = for_whom(actor, None)
    with locked(agreement, actor, right):
        answers(agreement, actor, person)
        row = _standing(agreement, statement)
        if row.made_by_id == person.pk:
            return
        _made, is_new = StatementJoin.objects.get_or_create(
            statement=row, participant=person, defaults={"at": clock.now()}
        )
        if is_new:
            tell(Verb.STATEMENT_JOINED, agreement, actor, person, version=row.version.number)


def leave_statement(*, agreement: Agreement, actor: Actor, statement: int) -> None:
    """Stand behind it no more. Whoever wrote it takes it back instead."""
    person, _recorder, right = for_whom(actor, None)
    with locked(agreement, actor, right):
        answers(agreement, actor, person)
        row = _standing(agreement, statement)
        if _left(row, person):
            tell(Verb.STATEMENT_LEFT, agreement, actor, person, version=row.version.number)


def withdraw_statement(*, agreement: Agreement, actor: Actor, statement: int) -> None:
    """Take one's own statement back, of whatever version; those who joined stand behind nothing then."""
    person, _recorder, right = for_whom(actor, None)
    with locked(agreement, actor, right):
        answers(agreement, actor, person)
        row = _found(agreement, statement, since=1)
        if row.made_by_id != person.pk:
            raise NotAllowed(_("Only the one who wrote this can change it."))
        row.text, row.withdrawn_at = "", clock.now()
        row.save(update_fields=["text", "withdrawn_at"])
        for join in row.joined.select_related("participant"):
            tell(Verb.STATEMENT_LEFT, agreement, actor, join.participant, version=row.version.number)
        row.joined.all().delete()
        tell(Verb.STATEMENT_WITHDRAWN, agreement, actor, person, version=row.version.number)


def _left(row: Statement, person: Participant) -> bool:
    return bool(StatementJoin.objects.filter(statement=row, participant=person).delete()[0])


def _standing(agreement: Agreement, pk: int) -> Statement:
    """One of a version that reads as the newest does."""
    return _found(agreement, pk, since=stands_from(versions_of(agreement), agreement.head))


def _found(agreement: Agreement, pk: int, *, since: int) -> Statement:
    found = Statement.objects.filter(pk=pk, version__agreement=agreement, version__number__gte=since)
    row = found.filter(withdrawn_at=None).select_related("version").first()
    if row is None:
        raise NotFound
    return row
