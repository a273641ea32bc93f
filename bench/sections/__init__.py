"""The six questions of the bench, one module each; every module has `run(setting)`."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bench.entrants import Entrant
from bench.ours import Project
from bench.processes import Fleet
from bench.report import Report
from bench.stores import Stores

Start = Callable[[Fleet, Stores], Entrant]


@dataclass(slots=True)
class Setting:
    """What a section works with. Servers of `starts` are started when first asked for, and kept."""

    fleet: Fleet
    stores: Stores
    report: Report
    project: Project
    starts: dict[str, Start]
    quick: bool = False
    _running: dict[str, Entrant] = field(default_factory=dict)

    def entrant(self, name: str) -> Entrant | None:
        """The running server of this name, None when it does not take part on this machine."""
        if name not in self._running and name in self.starts:
            self._running[name] = self.starts[name](self.fleet, self.stores)
        return self._running.get(name)

    def entrants(self, *names: str) -> list[Entrant]:
        return [entrant for name in names if (entrant := self.entrant(name))]
