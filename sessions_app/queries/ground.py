"""What measures are counted from: who was there, and what was said when, where and to whom. Numbers, never words.

Only what was said under a name and lies face up is told of people: counting more would tell who wrote without one.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet

from sessions_app import clock
from sessions_app.measures.networks import Edge
from sessions_app.models import Contribution, Event, Identity, Participant, Response, Role, Time, Turn, Workshop
from sessions_app.policy import HOSTS
from sessions_app.queries.grid import said_in
from sessions_app.verbs import Verb

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Said:
    """A contribution as measures see it; what lies face down has no words yet.

    `live` is what was said while its step was on, in a meeting that people held at the same time.
    """

    id: uuid.UUID
    author: int | None
    is_told: bool  # whether it may be told of its author
    dialogue: int
    session: int | None
    live: bool
    place: str
    words: int
    at: datetime
    reply_to: uuid.UUID | None
    until: datetime  # how long it could be answered, or now


@dataclass(frozen=True, slots=True)
class Ground:
    """`came` is (person, meeting, place), once each; `spoke` is (person, meeting) for each turn; `hosts` lead, write
    down or help, and are counted apart from `people`: everybody who was there, also those who stayed silent."""

    said: tuple[Said, ...]
    came: tuple[tuple[int, int, str], ...]
    spoke: tuple[tuple[int, int], ...]
    people: frozenset[int]
    hosts: frozenset[int]

    @property
    def told(self) -> list[Said]:
        """What people who are not hosts said under their name."""
        return [one for one in self.said if one.is_told and one.author in self.people]

    @property
    def without_name(self) -> int:
        return sum(not one.is_told for one in self.said)

    @property
    def by_hosts(self) -> int:
        return sum(one.is_told and one.author in self.hosts for one in self.said)

    @property
    def voiced(self) -> frozenset[int]:
        """Those who wrote, or had the word."""
        return self.people & ({one.author for one in self.told} | {person for person, _session in self.spoke})

    @property
    def heard(self) -> frozenset[int]:
        """Those whose words were answered by somebody else."""
        by_id = {one.id: one for one in self.said}
        answers = ((one, by_id.get(one.reply_to)) for one in self.said if one.reply_to)
        answered = (old for one, old in answers if old and old.author != one.author)
        return frozenset(old.author for old in answered if old.is_told and old.author in self.people)

    def counts(self, *, words: bool = False) -> list[int]:
        """How many contributions, or words, each of the people has; silent people have none."""
        found: Counter[int] = Counter()
        for one in self.told:
            found[one.author or 0] += one.words if words else 1
        return [found[person] for person in sorted(self.people)]

    def runs(self) -> list[list[int]]:
        """Who wrote after whom, by dialogue, while its step was on."""
        dialogues: dict[int, list[int]] = defaultdict(list)
        for one in self.told:
            if one.live and one.author is not None:
                dialogues[one.dialogue].append(one.author)
        return list(dialogues.values())

    def replies(self) -> Counter[Edge]:
        """How often one of the people answered another."""
        by_id = {one.id: one for one in self.told}
        answers = ((one.author, by_id[one.reply_to].author) for one in self.told if one.reply_to in by_id)
        return Counter((i, j) for i, j in answers if i != j)

    def waits(self, *, live: bool) -> list[tuple[float, bool]]:
        """(seconds, whether it was answered) of what was said live, or between the meetings."""
        first: dict[uuid.UUID, Said] = {}
        by_id = {one.id: one for one in self.said}
        for one in self.said:
            asked = by_id.get(one.reply_to) if one.reply_to else None
            if asked is not None and (one.author is None or one.author != asked.author):
                first.setdefault(asked.id, one)
        found = []
        for one in self.said:
            if one.live == live:
                answer = first.get(one.id)
                end = answer.at if answer else one.until
                found.append((max((end - one.at).total_seconds(), 0.0), answer is not None))
        return found

    def of_people(self, people: frozenset[int], words: Container[uuid.UUID], until: datetime) -> "Ground":
        """The same of PEOPLE alone, and of WORDS of theirs, as if it were UNTIL: waits end then."""
        theirs = (one for one in self.said if one.id in words and one.author in people)
        said = tuple(replace(one, until=min(one.until, until)) for one in theirs)
        came = tuple(entry for entry in self.came if entry[0] in people)
        spoke = tuple(turn for turn in self.spoke if turn[0] in people)
        return Ground(said, came, spoke, self.people & people, self.hosts & people)

    def of_meeting(self, session: int) -> "Ground":
        """The same of one meeting: those who came to it, or wrote or spoke in it."""
        said = tuple(one for one in self.said if one.session == session)
        spoke = tuple(turn for turn in self.spoke if turn[1] == session)
        came = tuple(entry for entry in self.came if entry[1] == session)
        there = {one.author for one in said} | {person for person, _s in spoke} | {person for person, _s, _p in came}
        return replace(self, said=said, came=came, spoke=spoke, people=self.people & there, hosts=self.hosts & there)


def ground_of(workshop: Workshop) -> Ground:
    """Five queries, however much was said."""
    said = tuple(_said(said_in(workshop)))
    came = tuple(
        Event.objects.filter(workshop=workshop, verb=Verb.PARTICIPANT_ENTERED, session__isnull=False)
        .order_by("seq")
        .values_list("participant", "session", "data__place")
    )
    given = Turn.objects.filter(session__workshop=workshop, given_at__isnull=False, withdrawn_at=None)
    spoke = tuple(given.order_by("pk").values_list("participant", "session"))
    answered = Response.objects.filter(dialogue__activity__workshop=workshop, participant__isnull=False)
    there = {one.author for one in said} | {entry[0] for entry in came} | {turn[0] for turn in spoke}
    there |= set(answered.order_by().values_list("participant", flat=True).distinct())
    roles = dict(
        Participant.objects.filter(workshop=workshop, pk__in=[one for one in there if one]).values_list("pk", "roles")
    )
    hosts = {person for person, its in roles.items() if HOSTS & set(its)}
    watchers = {person for person, its in roles.items() if its == [Role.RESEARCHER]}
    return Ground(said, came, spoke, frozenset(roles.keys() - hosts - watchers), frozenset(hosts))


def _said(found: QuerySet[Contribution]) -> Iterable[Said]:
    """One query."""
    now = clock.now()
    step = "dialogue__activity__"
    columns = ("pk", "author", "dialogue", f"{step}session", "late", "place", "body", "said_at", "reply_to")
    step_columns = [f"{step}{name}" for name in ("ended_at", "session__time", "identity", "blind", "revealed_at")]
    rows = found.order_by("seq").values_list(*columns, *step_columns).iterator(chunk_size=CHUNK)
    for pk, author, dialogue, session, late, place, body, at, reply_to, ended, time, identity, blind, revealed in rows:
        is_face_up = revealed is not None or not blind
        yield Said(
            id=pk,
            author=author,
            is_told=is_face_up and author is not None and identity == Identity.NAMED,
            dialogue=dialogue,
            session=session,
            live=time not in {None, Time.DIFFERENT} and not late,
            place=place,
            words=len(body.split()) if is_face_up else 0,
            at=at,
            reply_to=reply_to,
            until=min(ended or now, now),
        )
