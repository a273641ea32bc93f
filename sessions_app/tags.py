"""Stages and mechanisms that an activity can be tagged with; a framework app fills them in when it starts."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Tag:
    """One stage or mechanism. `name` is the framework's word, `plain` the citizens'; `icon` names its drawing."""

    key: str
    name: str | Promise
    plain: str | Promise
    icon: str
    stage: str = ""


@dataclass(slots=True)
class TagSet:
    """An ordered set of tags by key."""

    tags: dict[str, Tag] = field(default_factory=dict)

    def register(self, tags: Iterable[Tag]) -> None:
        self.tags.update({tag.key: tag for tag in tags})

    def choices(self) -> list[tuple[str, str | Promise]]:
        return [(tag.key, tag.name) for tag in self.tags.values()]

    def chosen(self, keys: Iterable[str]) -> list[Tag]:
        """The tags of KEYS in the framework's own order; unknown keys are left out."""
        wanted = set(keys)
        return [tag for tag in self.tags.values() if tag.key in wanted]


STAGES = TagSet()
MECHANISMS = TagSet()
