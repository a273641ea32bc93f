"""Every address x role x way in x object, against the table in matrix.py; what is not in the table fails."""

import copy
import re
import uuid

import pytest
from django.contrib.messages import get_messages
from django.db import transaction
from django.urls import URLResolver, get_resolver, reverse

from eaa.urls import urlpatterns as framework
from sessions_app.models import Event
from sessions_app.operations import workshops
from sessions_app.urls import urlpatterns
from tests.policy import matrix
from tests.policy.cast import things
from tests.policy.sending import forms, queries

pytestmark = pytest.mark.django_db
WAYS = {
    "page": {},
    "fragment": {"HTTP_HX_REQUEST": "true"},
    "json": {"HTTP_ACCEPT": "application/json"},
}
KEYED = {"open_mail", "stop_mails", "confirm_address", "calendar", "choose_by_mail"}
KEYED |= {"eaa:check_by_mail", "eaa:position_by_mail", "invited"}
FLEETING = re.compile(
    rb'nonce="[^"]*"|csrfmiddlewaretoken" value="[^"]*"|X-CSRFToken": "[^"]*"|X-CSRFToken&quot;: &quot;[^&]*'
)


class Knocker:
    """One role's browser. Every knock is rolled back, so that the next finds the workshop as it was."""

    def __init__(self, cast, role, way):
        self.cast, self.role, self.way = cast, role, way
        self.browser = cast.browser(role)
        self.cookies = copy.deepcopy(self.browser.cookies)

    def knock(self, row, args, world=None):
        """The table's word for the answer, the answer, and whether anything was written to the log."""
        world = world or self.cast.world
        address = reverse(row.name, args=args)
        sent = forms(world).get(row.name, {}) if row.how == "POST" else {}
        self.browser.cookies = copy.deepcopy(self.cookies)
        with transaction.atomic():
            before = Event.objects.count()
            if row.how == "GET":
                answer = self.browser.get(address + queries(world).get(row.name, ""), **WAYS[self.way])
            else:
                answer = self.browser.post(address, sent, **WAYS[self.way])
            wrote = Event.objects.count() != before
            transaction.set_rollback(True)
        return word(answer), answer, wrote


def word(answer) -> str:
    if answer.status_code in {301, 302}:
        if answer.url.startswith(reverse("account_login")):
            return "in"
        told = [str(message) for message in get_messages(answer.wsgi_request) if message.level_tag == "error"]
        return "no" if told else "to"
    if answer.status_code == 204:
        return "to" if answer.has_header("HX-Redirect") else "ok"
    return {200: "ok", 403: "no", 404: "..", 409: "cl", 422: "cl"}.get(answer.status_code, str(answer.status_code))


def expected(row, role: str, way: str) -> set[str]:
    """Fragments and JSON show what a page would go on to."""
    answer = row.answers[role]
    return {"to", "ok"} if answer == "to" and way != "page" else {answer}


def check(cast, role, way, table):
    knocker, wrong = Knocker(cast, role, way), []
    args = things(cast, cast.world)
    for row in matrix.rows(table):
        got, answer, wrote = knocker.knock(row, args.get(row.name, {}).get(row.state, ()))
        if got not in expected(row, role, way) or (wrote and got not in {"to", "ok"}):
            wrong.append(f"{row.label}: {got} ({answer.status_code}), not {row.answers[role]}; wrote: {wrote}")
    return wrong


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("role", matrix.ROLES)
def test_everybody_gets_what_the_table_says(cast, role, way):
    assert check(cast, role, way, matrix.OPEN + matrix.HIDDEN.split("\n", 2)[2]) == []


@pytest.mark.parametrize("role", matrix.ROLES)
def test_a_closed_workshop_can_be_read_and_no_more(cast, role):
    workshops.close_workshop(workshop=cast.world.workshop, actor=cast.world.ada)

    assert check(cast, role, "page", matrix.CLOSED) == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("role", ["out", "lobby", "part", "rese", "faci", "staff"])
def test_foreign_missing_and_hidden_look_the_same(cast, role, way):
    """Status and body of what belongs to others, of what never was, and of what is there but hidden."""
    knocker, wrong = Knocker(cast, role, way), []
    own, foreign = things(cast, cast.world), things(cast, cast.other)
    ours = cast.other if role == "staff" else cast.world
    for row in matrix.rows(matrix.OPEN + matrix.HIDDEN.split("\n", 2)[2]):
        if (
            not (state_args := own.get(row.name))
            or row.name in {"door", "poster", "guide", "slip", *KEYED}
            or row.answers[role] == "in"
        ):
            continue
        theirs = (own if ours is cast.other else foreign)[row.name][row.state]
        bodies = {"missing": knocker.knock(row, missing(theirs)), "foreign": knocker.knock(row, theirs)}
        if row.answers[role] == "..":
            bodies["hidden"] = knocker.knock(row, state_args[row.state])
        answers = {name: (answer.status_code, still(answer)) for name, (_word, answer, _wrote) in bodies.items()}
        if {status for status, _ in answers.values()} != {404} or len(set(answers.values())) != 1:
            wrong.append(f"{row.label}: {[(name, status) for name, (status, _) in answers.items()]}")
    assert wrong == []


def missing(args: tuple) -> tuple:
    return tuple(
        uuid.uuid4() if isinstance(arg, uuid.UUID) else "not-there" if isinstance(arg, str) else 10**12 for arg in args
    )


def still(answer) -> bytes:
    """The body without what is new with every answer, and without the address that was asked for."""
    return FLEETING.sub(b"", answer.content).replace(answer.wsgi_request.path.encode(), b"")


def test_every_address_of_ours_is_in_the_table():
    names = {pattern.name for pattern in urlpatterns} | {"set_language"}
    names |= {f"eaa:{pattern.name}" for pattern in framework}

    assert names - {row.name for row in matrix.rows(matrix.OPEN)} == matrix.ELSEWHERE


def test_nothing_else_is_mounted():
    """A new include would open addresses that nobody has put into the table."""
    mounted = [str(part.pattern) for part in get_resolver().url_patterns if isinstance(part, URLResolver)]

    assert mounted == ["", "", "accounts/", "i18n/"]


def test_who_may_act_may_read():
    answers = {(row.how, row.name): row.answers for row in matrix.rows(matrix.OPEN)}
    blind = [
        f"{name} by {role}"
        for (_how, name), given in answers.items()
        for role, answer in given.items()
        if name in matrix.SHOWN_BY and answer in {"to", "ok"} and answers["GET", matrix.SHOWN_BY[name]][role] != "ok"
    ]
    done = {row.name for row in matrix.rows(matrix.OPEN) if row.how == "POST"}

    assert blind == []
    free = {"go", "door", "open_mail", "invited", "appearance", "set_language", "new_workshop", "me", "leave"}
    assert done - free == set(matrix.SHOWN_BY)
