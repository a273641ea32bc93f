"""What people do in a step of any way of working, also in one that is not written yet.

Whoever chooses fills in the form that the kind draws, as a person would: so no list of kinds is kept here.
"""

import uuid
from collections.abc import Iterator
from html.parser import HTMLParser

from django.http import QueryDict

from sessions_app.errors import BadText
from sessions_app.headings import to_choose_from
from sessions_app.kinds import Kind, kind_of
from sessions_app.models import Contribution, Dialogue
from sessions_app.operations import activities, ballots, contributions, responses
from tests.world import World

WRITTEN = {"text", "search", ""}


def options_for(kind: type[Kind]) -> dict[str, list[str]]:
    """What a facilitator has to set for KIND: a few lines where there have to be some."""
    needs = [option for option in kind.options if getattr(option, "least", 0) and not option.usual]
    return {option.name: [f"Line {n}" for n in range(1, max(option.least, 3) + 1)] for option in needs}


class Form(HTMLParser):
    """The fields of the form in which somebody answers: name -> the values that can be chosen, in their order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.chosen: dict[str, list[str]] = {}
        self.ticked: dict[str, list[str]] = {}
        self.numbers: list[str] = []
        self.words: list[str] = []
        self._select, self._is_inside = "", False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self._is_inside = "data-answer" in given
        elif not self._is_inside or name == "reason":
            return
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and given.get("value"):
            self.chosen.setdefault(self._select, []).append(given["value"])
        elif tag == "textarea" and name:
            self.words.append(name)
        elif tag == "input" and name:
            self._input(name, given)

    def _input(self, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "")
        if kind == "radio":
            self.chosen.setdefault(name, []).append(given["value"])
        elif kind == "checkbox":
            self.ticked.setdefault(name, []).append(given.get("value", "on"))
        elif kind == "number":
            self.numbers.append(name)
        elif kind in WRITTEN:
            self.words.append(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "form":
            self._is_inside = False

    def ways(self, turn: int, words: str) -> Iterator[str]:
        """Forms filled in, each in another way; TURN tells one person's choice from the next one's."""
        for step in (1, 0):
            sent = QueryDict(mutable=True)
            for place, (name, values) in enumerate([*self.chosen.items(), *self.ticked.items()]):
                sent[name] = values[(turn + place * step) % len(values)]
            for place, name in enumerate(self.numbers):
                sent[name] = "1" if place == turn % len(self.numbers) else "0"
            for name in self.words[:1]:
                sent[name] = words
            yield sent.urlencode()


def lay_out_cards(world: World) -> Dialogue:
    """Two cards of Ada's lie face up in a step that is on: what a kind that quotes needs before it."""
    step = activities.plan_activity(
        workshop=world.workshop, actor=world.ada, session=world.session, kind="open_dialogue", prompt="Before that?"
    )
    while step.position > 1:
        step = activities.move_activity(activity=step, actor=world.ada, earlier=True)
    world.go_live()
    for words in ("I sat there for two hours.", "Nobody rang back."):
        world.say("Ada", words)
    return step.dialogues.get()


def say(world: World, dialogue: Dialogue, who: str, words: str, *, turn: int = 0, form: str = "") -> None:
    """WHO contributes WORDS, or chooses in the FORM that was drawn and gives WORDS as the reason."""
    _contribute(dialogue, words, turn, form, actor=world[who], via="room")


def write_down(world: World, dialogue: Dialogue, whom: str, words: str, *, turn: int = 0, form: str = "") -> None:
    """Sam takes down what WHOM says in the hall."""
    _contribute(dialogue, words, turn, form, actor=world["Sam"], via="scribe", person=world[whom].participant)


def hand_in_paper(world: World, dialogue: Dialogue, words: str, *, turn: int = 0, form: str = "") -> None:
    """Sam types a paper: a ballot with a number, or a card that nobody signed."""
    _contribute(dialogue, words, turn, form, actor=world["Sam"], via="paper", ballot="B7")


def _contribute(dialogue: Dialogue, words: str, turn: int, form: str, *, actor, via, person=None, ballot="") -> None:
    kind = kind_of(dialogue.activity.kind)
    if kind.takes_words:
        _write(dialogue, words, turn, actor=actor, via=via, author=person, unnamed=bool(ballot))
    if kind.takes_answers:
        reason = words if kind.takes_reasons else ""
        for sent in Form(form).ways(turn, words):
            given = {"dialogue": dialogue, "actor": actor, "reason": reason, "sent": QueryDict(f"{sent}&reason=x")}
            try:
                if person or ballot:
                    ballots.type_answer(person=person, ballot=ballot, **given)
                else:
                    responses.give_answer(via=via, **given)
            except BadText:
                continue
            return
        raise AssertionError(f"Nobody can fill in the form of {kind.key}. Teach tests/kinds/filling.py its fields.")


def _write(dialogue: Dialogue, words: str, turn: int, **more) -> Contribution:
    places = [place for place, _title in to_choose_from(dialogue.activity)] or [None]
    given = {"dialogue": dialogue, "body": words, "client_id": uuid.uuid4(), "heading": places[turn % len(places)]}
    return contributions.post_contribution(**given, **more).contribution
