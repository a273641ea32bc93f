"""Somebody who looks at everything they can get hold of: every address, by every way in, and every link on a page."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import product

from django.apps import apps
from django.db.models import Model
from django.test import Client
from django.urls import get_resolver

from eaa.models import Code, LearningNote
from sessions_app.live.audience import Audience, Scope
from sessions_app.live.reading import happened_since, pieces_for
from sessions_app.models import (
    Activity,
    Contribution,
    Dialogue,
    Letter,
    Notice,
    Participant,
    SavedPlan,
    Session,
    Workshop,
)
from sessions_app.views.help import GUIDES
from tests.policy import matrix

FRAGMENT = {"HTTP_HX_REQUEST": "true"}
LINK = re.compile(r'(?:href|src|action|hx-get|data-own|data-news)="(/[^"]*)"')
FLEETING = re.compile(
    r'nonce="[^"]*"|nonce-[\w+/=-]+|csrfmiddlewaretoken" value="[^"]*"|X-CSRFToken[^}]*|data-csrf="[^"]*"'
    r'|Expires: [^\n]+|data-now="[^"]*"|csrf=\w+|"now":\d+|expires=[^;]+|(?:form_id|client_id|visit)" value="[^"]*"'
)
# What stands in an address, by the word before it. Other words are taken for the name of a model.
MODELS: dict[str, type[Model]] = {
    "meetings": Session,
    "steps": Activity,
    "threads": Dialogue,
    "dialogues": Dialogue,
    "people": Participant,
    "templates": SavedPlan,
    "contributions": Contribution,
    "mails": Notice,
    "letters": Letter,
    "learning": LearningNote,
    "codes": Code,
}
ELSEWHERE = ("/static/", "/accounts/", "/help/")  # pages that know nothing of any workshop
WHOLE = "?at=1000000"  # a replay up to its end
PLACE = re.compile(r"(\w+)/%\((\w+)\)s")


@dataclass
class Seen:
    """All that somebody got: what answered, by address and way in."""

    pages: dict[str, str] = field(default_factory=dict)

    def holding(self, word: str) -> list[str]:
        """Where WORD stands, whatever its letters are written like."""
        return [where for where, text in self.pages.items() if word.casefold() in unescape(text).casefold()]

    def differing(self, other: "Seen") -> list[str]:
        """What answered otherwise than in OTHER, with the first words that differ."""
        found = []
        for where in sorted(self.pages.keys() | other.pages.keys()):
            mine, theirs = (told.pages.get(where, "") for told in (self, other))
            if mine != theirs:
                at = next((n for n, (a, b) in enumerate(zip(mine, theirs, strict=False)) if a != b), 0)
                found.append(f"{where}: …{mine[max(0, at - 60) : at + 60]!r} / {theirs[max(0, at - 60) : at + 60]!r}")
        return found


def everything(browser: Client, workshop: Workshop) -> Seen:
    """Every page, part and answer for a script that BROWSER can get of WORKSHOP, and wherever their links lead."""
    seen, waiting, known = Seen(), list(addresses(workshop)), set()
    while waiting:
        address = waiting.pop()
        if address in known or address.startswith(ELSEWHERE):
            continue
        known.add(address)
        answer = browser.get(address)
        text = told(answer)
        seen.pages[address] = text
        if answer.status_code == 200:
            seen.pages[f"part of {address}"] = told(browser.get(address, **FRAGMENT))
        links = (unescape(link).split("#")[0] for link in LINK.findall(text))
        waiting += [link for link in links if "next=" not in link]  # which only says where to go back to
    return seen


def told(answer) -> str:
    """Status, headers and body, without what is new with every answer."""
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    cookies = answer.cookies.output()
    return FLEETING.sub("", f"{answer.status_code}\n{head}\n{cookies}\n{answer.content.decode()}")


def frames(workshop: Workshop, *, groups: Iterable[Dialogue] = (), is_host: bool = False, language: str = "en") -> Seen:
    """What the live line tells a participant who was never here: of every room, screen and thread, and of GROUPS.

    A host who is neither facilitator nor scribe has consoles, too.
    """
    seen = Seen()
    happened = happened_since(workshop.pk, 0)
    meetings = list(Session.objects.filter(workshop=workshop).values_list("pk", flat=True))
    scopes = [Scope.ROOM, Scope.SCREEN, *([Scope.CONSOLE] if is_host else [])]
    dialogues = Dialogue.objects.plenary().filter(activity__workshop=workshop, activity__opened_at__isnull=False)
    audiences = [Audience(workshop.pk, scope, pk, False, language) for scope in scopes for pk in meetings]
    audiences += [Audience(workshop.pk, Scope.THREAD, one.pk, False, language) for one in dialogues]
    audiences += [
        Audience(workshop.pk, Scope.GROUP, one.pk, False, language, session_id=one.activity.session_id or 0)
        for one in groups
    ]
    for audience in audiences:
        text = str(pieces_for(audience, happened))
        seen.pages[f"line of {audience.scope} {audience.scope_id}"] = FLEETING.sub("", text)
    return seen


def addresses(workshop: Workshop) -> Iterator[str]:
    """Every address that answers GET, with everything that WORKSHOP has put in its place."""
    for name in dict.fromkeys(row.name for row in matrix.rows(matrix.OPEN) if row.how == "GET"):
        ((pattern, _names),) = _patterns(name)
        for values in product(*(_fitting(pattern, place, workshop) for place in PLACE.finditer(pattern))):
            address = "/" + PLACE.sub("{}/{}", pattern).format(*(word for pair in values for word in pair))
            yield address + _query(name, workshop)


def _patterns(name: str) -> list:
    space, _colon, own = name.rpartition(":")
    resolver = get_resolver().namespace_dict[space][1] if space else get_resolver()
    return resolver.reverse_dict.getlist(own)[0][0]


def _query(name: str, workshop: Workshop) -> str:
    if name.endswith("_news"):
        return f"?after=0&epoch={workshop.epoch}"
    return {"room_earlier": "?before=1000000", "replay": WHOLE}.get(name, "")


def _fitting(pattern: str, place: re.Match[str], workshop: Workshop) -> Iterable[tuple[str, str]]:
    word, name = place[1], place[2]
    if name == "slug":
        return [(word, workshop.slug)]
    if name == "code":
        return [(word, code) for code in workshop.sessions.values_list("code", flat=True)]
    if word == "help":
        return [(word, role) for role in GUIDES]
    if name == "kind":
        return [(word, "json"), (word, "md")]
    if name == "key":
        return []  # it is in a mail of somebody else
    model = MODELS.get(word) or _model_named(word)
    assert model is not None, f"{pattern}: teach tests/policy/onlooking.py what stands behind {word}/"
    return [(word, str(pk)) for pk in _of(model, workshop)]


def _model_named(word: str) -> type[Model] | None:
    ours = [*apps.get_app_config("eaa").get_models(), *apps.get_app_config("sessions_app").get_models()]
    models = {model.__name__.lower(): model for model in ours}
    return models.get(word.removesuffix("s"))


def _of(model: type[Model], workshop: Workshop) -> list[object]:
    """Keys of what WORKSHOP has; one contribution of each dialogue speaks for all of them."""
    names = {found.name for found in model._meta.get_fields()}
    if model is Contribution:
        return list(
            Contribution.objects.filter(dialogue__activity__workshop=workshop)
            .order_by("dialogue", "seq")
            .distinct("dialogue")
            .values_list("pk", flat=True)
        )
    ways = ("workshop", "session__workshop", "activity__workshop", "dialogue__activity__workshop")
    way = next((way for way in ways if way.split("__")[0] in names), None)
    rows = model._default_manager.filter(**{way: workshop}) if way else model._default_manager.all()
    return list(rows.values_list("pk", flat=True))
