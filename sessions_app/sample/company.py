"""Who and what is on the stage: the story's own ids, and the rows that the operations made of them."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from random import Random
from typing import Any

from sessions_app.models import Activity, Contribution, Dialogue, Group, Participant, Session, Workshop
from sessions_app.policy import Actor
from sessions_app.sample.dates import Calendar

Told = dict[str, Any]  # one entry of the story, as it stands in the file
CLIENT_IDS = uuid.UUID("0f3c1f6e-8f0b-5d57-9c1f-6f2f3b1c9a44")


class Rank(IntEnum):
    """What comes first among the things that happen at one moment."""

    WORKSHOP = 0
    PEOPLE = 1
    PLANS = 2
    CONTROLS = 3
    WORDS = 4
    AFTERWARDS = 5
    ENDINGS = 6


@dataclass(frozen=True, slots=True)
class Cue:
    """One thing to do when the story has come to TOLD."""

    told: datetime
    rank: Rank
    act: Callable[[], object]


@dataclass
class Company:
    """Everything that the players share. `chance` is the only source of what the story leaves open."""

    story: Told
    calendar: Calendar
    slug: str
    chance: Random
    workshop: Workshop = field(init=False)
    people: dict[str, int] = field(default_factory=dict)
    sessions: dict[str, int] = field(default_factory=dict)
    activities: dict[str, int] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)
    said: dict[str, uuid.UUID] = field(default_factory=dict)
    posters: dict[str, str] = field(default_factory=dict)  # whose hand held the pen of anonymous words
    _actors: dict[str, Actor] = field(default_factory=dict)

    @property
    def organiser(self) -> str:
        return self.story["workshop"]["organiser"]

    def actor(self, key: str) -> Actor:
        """KEY as they are now; `changed` says that they are not any more what they were."""
        if key not in self._actors:
            self._actors[key] = Actor(Participant.objects.select_related("workshop").get(pk=self.people[key]))
        return self._actors[key]

    def changed(self, key: str) -> None:
        self._actors.pop(key, None)

    def person(self, key: str) -> Participant:
        person = self.actor(key).participant
        assert person is not None  # noqa: S101 - everybody of the company is somebody
        return person

    def session(self, key: str) -> Session:
        return Session.objects.select_related("workshop").get(pk=self.sessions[key])

    def activity(self, key: str) -> Activity:
        return Activity.objects.select_related("workshop", "session").get(pk=self.activities[key])

    def dialogue(self, key: str, group: str = "") -> Dialogue:
        """Where words of the step KEY are said: in GROUP, if it works there, else where everybody is."""
        found = Dialogue.objects.select_related("activity__workshop", "activity__session")
        return found.get(activity=self.activities[key], group=self.groups.get(group))

    def group(self, key: str) -> Group:
        return Group.objects.select_related("activity__workshop", "dialogue").get(pk=self.groups[key])

    def contribution(self, key: str) -> Contribution:
        found = Contribution.objects.select_related("dialogue__activity__workshop", "author", "recorded_by")
        return found.get(pk=self.said[key])

    def client_id(self, key: str) -> uuid.UUID:
        return uuid.uuid5(CLIENT_IDS, f"{self.slug} {key}")


def moment(told: str) -> datetime:
    """A moment as the story writes it."""
    return datetime.fromisoformat(told)
