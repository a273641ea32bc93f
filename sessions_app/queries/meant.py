"""Sentences in which somebody said back the words of others, for those who can tell whether that was it."""

from dataclasses import dataclass

from sessions_app.kinds import kind_of
from sessions_app.kinds.say_it_back import MARKS
from sessions_app.models import Contribution, Dialogue, Response
from sessions_app.models.activity import LOOSENESS
from sessions_app.policy import Actor, can
from sessions_app.queries.quotes import Card, options_of, owns


@dataclass(frozen=True, slots=True)
class SaidBack:
    """One sentence about a card, and what its author has told so far. `words` are what they wrote beside it."""

    response: Response
    card: Card
    is_own: bool
    words: str
    takes_words: bool

    @property
    def value(self) -> dict[str, str]:
        return dict(self.response.value or {})

    @property
    def meant(self) -> str:
        return self.value.get("meant", "")

    @property
    def marks(self) -> list[tuple[str, object, bool]]:
        return [(mark, words, mark == self.meant) for mark, words in MARKS.items()]

    @property
    def sentence(self) -> Contribution | None:
        said = self.response.reason
        return None if said is None or said.is_withdrawn else said


def said_back(dialogue: Dialogue, actor: Actor, *, for_others: bool = False) -> list[SaidBack]:
    """What ACTOR can tell about in this round: sentences about their own words first; FOR_OTHERS, if they may type for
    others, also those about words whose author is known. Nothing while answers lie face down. Four queries."""
    activity = dialogue.activity
    if not kind_of(activity.kind).quotes or activity.is_hidden or actor.participant is None:
        return []
    found = Response.objects.filter(dialogue=dialogue, round=activity.round, withdrawn_at__isnull=True)
    rows = list(found.select_related("reason").order_by("seq"))
    options = options_of(dialogue, [row.value for row in rows])
    cards = {card.key: card for card in options["cards"] if not card.is_gone}
    types_for_others = for_others and can(actor, "dialogue.record_for", dialogue)
    own = owns(cards.values(), actor.participant)
    told = []
    for row in rows:
        value = row.value or {}
        row.dialogue, card = dialogue, cards.get(value.get("about", ""))
        if card is None or row.reason is None or row.reason.is_withdrawn:
            continue
        if card.key in own or (types_for_others and card.has_known_author):
            written = options["meant"].get(value.get("words", ""))
            told.append(SaidBack(row, card, card.key in own, written.body if written else "", may_write(row, card)))
    return sorted(told, key=lambda one: not one.is_own)


def may_write(response: Response, card: Card) -> bool:
    """Whether words beside a mark keep the promise under which the card was written: its step is not the stricter."""
    here = response.dialogue.activity
    return LOOSENESS[here.identity] <= LOOSENESS[card.said.contribution.dialogue.activity.identity]
