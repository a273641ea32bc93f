"""The cards that a step talks about: those of the step before it, as everybody may see them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from sessions_app.anonymity import known_token
from sessions_app.kinds import kind_of
from sessions_app.models import Activity, Contribution, Dialogue, Identity, Participant
from sessions_app.queries.timeline import Said, timeline

MOST = 60
KEPT, MEANT = "_cards_before", "_words_meant"  # what was read is kept on the dialogue, which lasts for one page


@dataclass(frozen=True, slots=True)
class Card:
    """Words that can be said back."""

    said: Said

    @property
    def key(self) -> str:
        return str(self.said.contribution.pk)

    @property
    def words(self) -> str:
        return self.said.contribution.body

    @property
    def language(self) -> str:
        return self.said.contribution.language

    @property
    def who(self) -> str:
        return self.said.who

    @property
    def is_gone(self) -> bool:
        return self.said.contribution.is_withdrawn

    @property
    def activity(self) -> Activity:
        """The step that it was written in."""
        return self.said.contribution.dialogue.activity

    @property
    def has_known_author(self) -> bool:
        """Whether it is known whose words these are, by name or as those of somebody in the hall."""
        return self.said.contribution.keeper_id is not None and not self.said.contribution.anonymous_token


def options_of(dialogue: Dialogue, values: Iterable[Any] = ()) -> Mapping[str, Any]:
    """The options of DIALOGUE's activity; where a kind quotes, with the `cards` that it quotes, and (`meant`) the
    words that their authors wrote beside the answers with these VALUES. At most three queries."""
    activity = dialogue.activity
    if not kind_of(activity.kind).quotes:
        return activity.options
    ids = [value["words"] for value in values if value and value.get("words")]
    return {**activity.options, "cards": cards_of(dialogue), "meant": _meant(dialogue, set(ids))}


def cards_of(dialogue: Dialogue) -> list[Card]:
    """The newest cards of the step before DIALOGUE's, oldest first, as everybody may see them.

    Two queries, once for this DIALOGUE: the board, one's own answer and what is told about it all draw from them.
    """
    kept = dialogue.__dict__
    if KEPT not in kept:
        source = source_of(dialogue)
        kept[KEPT] = [Card(said) for said in timeline(source, limit=MOST)] if source else []
    return list(kept[KEPT])


def _meant(dialogue: Dialogue, ids: set[str]) -> dict[str, Contribution]:
    """What authors wrote beside answers, by id; read once for this DIALOGUE unless there is more of it."""
    kept: dict[str, Contribution | None] = dialogue.__dict__.setdefault(MEANT, {})
    if new := ids - kept.keys():
        found = Contribution.objects.filter(dialogue=dialogue, pk__in=new, withdrawn_at=None)
        kept |= dict.fromkeys(new) | {str(one.pk): one for one in found}
    return {key: one for key in ids if (one := kept[key]) is not None}


def options_for(dialogue: Dialogue, person: Participant | None) -> Mapping[str, Any]:
    """The same without PERSON's own cards: nobody says themselves back."""
    options = options_of(dialogue)
    if person is None or not options.get("cards"):
        return options
    own = owns(options["cards"], person)
    return {**options, "cards": [card for card in options["cards"] if card.key not in own]}


def owns(cards: Iterable[Card], person: Participant) -> set[str]:
    """The keys of those of CARDS, all of one dialogue, that are PERSON's words. One query where they are anonymous."""
    rows = list(cards)
    if rows and rows[0].activity.identity == Identity.ANONYMOUS:
        token = known_token(rows[0].activity, person)
        return {card.key for card in rows if token and card.said.contribution.anonymous_token == token}
    return {card.key for card in rows if card.said.contribution.keeper_id == person.pk}


def source_of(dialogue: Dialogue) -> Dialogue | None:
    """The dialogue whose cards DIALOGUE talks about: of the nearest step before it in which people wrote and whose
    cards lie face up; of the thread that it was made from. One query."""
    activity = dialogue.activity
    found = Dialogue.objects.plenary().select_related("activity").filter(activity__workshop=activity.workshop_id)
    if activity.comes_from_id is not None:
        found = found.filter(activity=activity.comes_from_id)
    elif activity.session_id is not None:
        found = found.filter(activity__session=activity.session_id, activity__position__lt=activity.position)
    else:
        return None
    wrote = Exists(Contribution.objects.filter(dialogue=OuterRef("pk"), withdrawn_at=None))
    found = found.filter(wrote, activity__opened_at__isnull=False, activity__removed_at=None)
    for one in found.order_by("-activity__position"):
        if kind_of(one.activity.kind).takes_words and not one.activity.is_hidden:
            one.activity.workshop, one.activity.session = activity.workshop, activity.session
            return one
    return None
