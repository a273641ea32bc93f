"""Answers that people chose: how many, added up once they lie face up, and one's own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise

from sessions_app import clock
from sessions_app.anonymity import known_token
from sessions_app.kinds import Given, Kind, Sent, kind_of
from sessions_app.models import Dialogue, Identity, Participant, Place, Response
from sessions_app.queries.quotes import options_for, options_of


@dataclass(frozen=True, slots=True)
class Round:
    """One round of answers, added up by the kind."""

    number: int
    count: int
    result: Any


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that is answered by choosing, and the templates of its kind."""

    dialogue: Dialogue

    @property
    def kind(self) -> type[Kind]:
        return kind_of(self.dialogue.activity.kind)

    @property
    def answer_template(self) -> str:
        return f"kinds/{self.kind.key}/answer.html"

    @property
    def result_template(self) -> str:
        return f"kinds/{self.kind.key}/result.html"


@dataclass(frozen=True, slots=True)
class Board(Asked):
    """What a kind shows of its answers. `now` is None while they lie face down; `earlier` are the rounds before."""

    count: int
    now: Round | None
    earlier: tuple[Round, ...] = ()

    @property
    def result(self) -> Any:
        return self.now.result if self.now else None

    @property
    def places(self) -> list[tuple[str, str | Promise]]:
        """Places of people, for the key of a picture that shows them."""
        return [(place, label) for place, label in Place.choices if place]

    @property
    def is_over(self) -> bool:
        """Whether nobody is asked any more; while people are, the question lies in their own part of the page."""
        return not self.dialogue.activity.is_open(clock.now())

    @property
    def counted(self) -> str:
        return self.kind.counted(self.count)

    @property
    def before(self) -> Round | None:
        """The round before this one, to compare with."""
        return self.earlier[-1] if self.earlier else None


@dataclass(frozen=True, slots=True)
class OwnAnswer(Asked):
    """One person's answer in the round that is on; `choices` is what the kind's answer.html draws."""

    response: Response | None
    choices: Any
    in_words: str
    options: Mapping[str, Any]

    def as_sent(self, sent: Sent) -> "OwnAnswer":
        """The same with what was SENT in the fields, after it was refused."""
        typed = self.kind.as_sent(sent, self.options)
        return self if typed is None else replace(self, choices=self.kind.choices(self.options, typed))

    @property
    def reason(self) -> str:
        words = self.response.reason if self.response else None
        return "" if words is None or words.is_withdrawn else words.body


def board_of(dialogue: Dialogue) -> Board | None:
    """The board of DIALOGUE (its activity at hand), the same for everybody; None where nothing is chosen. One query."""
    activity = dialogue.activity
    kind = kind_of(activity.kind)
    if not kind.takes_answers:
        return None
    found = Response.objects.filter(dialogue=dialogue, withdrawn_at__isnull=True).select_related(
        "participant", "reason"
    )
    rounds: dict[int, list[Response]] = {activity.round: []}
    for response in found.order_by("seq"):
        rounds.setdefault(response.round, []).append(response)
    options = options_of(dialogue, [one.value for answers in rounds.values() for one in answers])
    summed = [
        Round(number, len(answers), kind.result([_given(one, activity.identity) for one in answers], options))
        for number, answers in sorted(rounds.items())
        if number < activity.round or not activity.is_hidden
    ]
    now = next((one for one in summed if one.number == activity.round), None)
    earlier = tuple(one for one in summed if one.number < activity.round)
    return Board(dialogue, len(rounds[activity.round]), now, earlier)


def beside_answers(dialogue: Dialogue) -> Q:
    """Contributions that are the reason of no answer, such as a reply to an objection: no result shows them.
    A reason that was taken back is a gap beside its answer, and none here."""
    reasons = Response.objects.filter(dialogue=dialogue, reason__isnull=False).values("reason")
    return ~Q(pk__in=reasons) & (Q(withdrawn_at=None) | Q(reply_to__isnull=False))


def own_answer(dialogue: Dialogue, person: Participant) -> OwnAnswer | None:
    """PERSON's answer in the round that is on, to be given or changed; None where nothing is chosen."""
    activity = dialogue.activity
    kind = kind_of(activity.kind)
    if not kind.takes_answers:
        return None
    mine = Response.objects.filter(dialogue=dialogue, round=activity.round, withdrawn_at__isnull=True)
    if activity.identity == Identity.ANONYMOUS:
        token = known_token(activity, person)
        response = mine.filter(anonymous_token=token).first() if token else None
    else:
        response = mine.select_related("reason").filter(participant=person).first()
    value = response.value if response else None
    options = options_for(dialogue, person)
    words = kind.in_words(value, options) if response else ""
    return OwnAnswer(dialogue, response, kind.choices(options, value), words, options)


def answered_by(dialogue: Dialogue) -> set[int]:
    """Who has answered in this round, by participant; nobody where names are not known. One query."""
    found = Response.objects.filter(dialogue=dialogue, round=dialogue.activity.round, withdrawn_at__isnull=True)
    return set(found.filter(participant__isnull=False).values_list("participant_id", flat=True))


def _given(response: Response, identity: str) -> Given:
    person = response.participant if identity == Identity.NAMED else None
    words = response.reason
    has_words = words is not None and not words.is_withdrawn
    return Given(
        value=response.value,
        who=person.first_name if person else "",
        initials=person.initials if person else "?",
        place=response.place if person else "",
        reason=words.body if words is not None and has_words else "",
        language=words.language if words is not None and has_words else "",
        card=str(words.pk) if words is not None and identity == Identity.NAMED else "",
    )
