"""While you were away: what one person missed, what still waits for their answer, what came of their words."""

import uuid
from dataclasses import dataclass

from django.db.models import Q

from sessions_app import clock
from sessions_app.anonymity import known_tokens
from sessions_app.headings import to_choose_from
from sessions_app.kinds import kind_of
from sessions_app.models import Activity, Contribution, Dialogue, Event, Identity, Message, Participant, Session, State
from sessions_app.queries.balance import Balance, balance_of
from sessions_app.queries.dialogues import answered_by, groups_of
from sessions_app.queries.halls import lines_of_room
from sessions_app.queries.promises import promise_of
from sessions_app.queries.timeline import Said, newest
from sessions_app.queries.workshops import WorkshopView, until_words, workshop_view
from sessions_app.verbs import Verb

CARDS = 6


@dataclass(frozen=True, slots=True)
class Open:
    """A question that waits for the person, with the last few things that were said about it."""

    dialogue: Dialogue
    has_answered: bool
    said: tuple[Said, ...]
    client_id: uuid.UUID

    @property
    def until_words(self) -> str:
        return until_words(self.dialogue)

    @property
    def takes_words(self) -> bool:
        """Whether it is answered by writing; what is chosen is chosen on its own page."""
        return kind_of(self.dialogue.activity.kind).takes_words

    @property
    def promise(self) -> str:
        return promise_of(self.dialogue.activity)

    @property
    def choices(self) -> list[tuple[int, str]]:
        """The headings that a writer chooses from."""
        return to_choose_from(self.dialogue.activity)

    @property
    def is_named(self) -> bool:
        return self.dialogue.activity.identity == Identity.NAMED


@dataclass(frozen=True, slots=True)
class AwayView:
    """Everything of the page, in the order in which it is read."""

    workshop: WorkshopView
    missed: tuple[Session, ...]
    questions: tuple[Open, ...]
    said: tuple[tuple[Dialogue, tuple[Said, ...]], ...]
    news_count: int
    answered: tuple[Contribution, ...]
    brought: tuple[Activity, ...]
    mirror_of: Session | None
    mirror: Balance | None
    room_lines: tuple[Message, ...] = ()  # what went on in the hall of the last meeting that the person missed

    @property
    def missed_last(self) -> Session:
        return self.missed[-1]

    @property
    def summed_up(self) -> Session | None:
        """The last meeting of which somebody has written down what happened."""
        return next((m.session for m in reversed(self.workshop.meetings) if m.session.summary), None)

    @property
    def next_meeting(self) -> Session | None:
        return self.workshop.next_meeting


def away_view(person: Participant) -> AwayView:
    """What happened in the person's workshop since they were last here."""
    overview = workshop_view(person.workshop, groups_of(person))
    dialogues = [*overview.threads, *(d for m in overview.meetings for d in m.dialogues)]
    since = person.last_here_seq
    face_up = [dialogue for dialogue in dialogues if not dialogue.activity.is_hidden]
    own = Q(author=person) | Q(anonymous_token__in=known_tokens((one.activity for one in face_up), person))
    fresh = Contribution.objects.filter(~own, dialogue__in=face_up, seq__gt=since, withdrawn_at__isnull=True)
    fresh_ids = set(fresh.values_list("dialogue_id", flat=True).distinct())
    answered = answered_by(person, dialogues)
    now = clock.now()
    latest = newest([dialogue for dialogue in dialogues if dialogue.pk in fresh_ids], after=since, limit=3)
    questions, said, left = [], [], CARDS
    for dialogue in dialogues:
        is_open = dialogue.activity.is_open(now) and dialogue.activity.open_until is not None
        words = latest.get(dialogue.pk, [])[-left:] if left else []
        left -= len(words)
        if is_open:
            questions.append(Open(dialogue, dialogue.pk in answered, tuple(words), uuid.uuid4()))
        elif words:
            said.append((dialogue, tuple(words)))
    shown = [m.session for m in overview.meetings if m.session.state == State.CLOSED and m.session.mirror_shown_at]
    mirror_of = shown[-1] if shown else None
    missed = _missed(person)
    return AwayView(
        workshop=overview,
        missed=tuple(missed),
        room_lines=tuple(lines_of_room(missed[-1:])) if missed else (),
        questions=tuple(questions),
        said=tuple(said),
        news_count=fresh.count(),
        answered=tuple(_answered(person, since)),
        brought=tuple(_brought(person)),
        mirror_of=mirror_of,
        mirror=balance_of(mirror_of, for_group=True) if mirror_of else None,
    )


def _missed(person: Participant) -> list[Session]:
    """Meetings that ended after the person had joined, and whose room they never entered."""
    sessions = Session.objects.filter(
        workshop=person.workshop_id, state=State.CLOSED, closed_at__gt=person.joined_at
    ).order_by("starts_at")
    entered = Event.objects.filter(workshop=person.workshop_id, verb=Verb.PARTICIPANT_ENTERED, participant=person)
    return list(sessions.exclude(pk__in=entered.values("session")))


def _answered(person: Participant, since: int) -> list[Contribution]:
    """Answers to the person's own words, where the answer lies face up."""
    replies = (
        Contribution.objects.filter(reply_to__author=person, withdrawn_at__isnull=True, seq__gt=since)
        .exclude(author=person)
        .select_related("author", "dialogue__activity", "reply_to")
        .order_by("seq")
    )
    mine = {None, *groups_of(person)}
    return [one for one in replies if not one.dialogue.activity.is_hidden and one.dialogue.group_id in mine]


def _brought(person: Participant) -> list[Activity]:
    """Steps of meetings that were made from a thread in which the person wrote."""
    return list(
        Activity.objects.planned()
        .filter(comes_from__dialogues__contributions__author=person, session__isnull=False)
        .select_related("session")
        .distinct()
    )
