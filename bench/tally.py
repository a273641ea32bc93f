"""What was sent, what each member saw, and so: lost, doubled, out of order, and how late."""

import asyncio
import re
from collections import Counter
from dataclasses import dataclass, field

_MARK = re.compile(rb"b7r(\d+)s(\d+)n(\d+)t(\d+)z")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a bench message says of itself: the run, its sender, its number in the run, when it was sent (ns)."""

    run: int
    sender: int
    number: int
    sent_ns: int

    def __str__(self) -> str:
        return f"b7r{self.run}s{self.sender}n{self.number}t{self.sent_ns}z"


def marks_in(text: bytes) -> list[Mark]:
    """The marks in a text, each once, in the order they stand in."""
    return [Mark(*map(int, found)) for found in dict.fromkeys(_MARK.findall(text))]


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the sorted values lie; NaN when there is none."""
    return values[min(len(values) - 1, int(len(values) * share))] if values else float("nan")


@dataclass(slots=True)
class Counts:
    """One run in figures. Times in milliseconds, from the press of "send" to the message on a screen."""

    posts: int
    refused: int
    deliveries: int
    lost: int
    doubled: int
    out_of_order: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    max_ms: float

    @property
    def whole(self) -> bool:
        return not (self.refused or self.lost or self.doubled or self.out_of_order)


@dataclass(slots=True)
class Tally:
    """Keeps count for one run of one room of `members` people."""

    run: int
    members: int
    views: list[list[int]] = field(init=False)
    late_ns: list[int] = field(default_factory=list)
    doubled: int = 0
    refused: int = 0
    _seen: list[set[int]] = field(init=False)
    _senders: dict[int, int] = field(default_factory=dict)
    _waiting: dict[int, int] = field(default_factory=dict)
    _done: dict[int, asyncio.Event] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.views = [[] for _ in range(self.members)]
        self._seen = [set() for _ in range(self.members)]

    def sent(self, mark: Mark) -> asyncio.Event:
        """Note a message before it goes out. The event is set when every member has seen it."""
        self._senders[mark.number] = mark.sender
        self._waiting[mark.number] = self.members
        self._done[mark.number] = asyncio.Event()
        return self._done[mark.number]

    def turned_away(self, mark: Mark) -> None:
        """The server refused this message, so nobody has to see it."""
        self.refused += 1
        self._waiting.pop(mark.number, None)
        self._senders.pop(mark.number, None)
        self._done.pop(mark.number).set()

    def seen(self, member: int, mark: Mark, now_ns: int) -> None:
        if mark.run != self.run:
            return
        if mark.number in self._seen[member]:
            self.doubled += 1
            return
        self._seen[member].add(mark.number)
        self.views[member].append(mark.number)
        self.late_ns.append(now_ns - mark.sent_ns)
        left = self._waiting.get(mark.number)
        if left is not None:
            self._waiting[mark.number] = left - 1
            if left == 1:
                self._done[mark.number].set()

    async def settled(self, timeout: float) -> bool:
        """Wait until everybody has seen everything, at most `timeout` seconds; False when something is missing."""
        try:
            async with asyncio.timeout(timeout):
                for done in list(self._done.values()):
                    await done.wait()
        except TimeoutError:
            return False
        return True

    def out_of_order(self) -> int:
        """Deliveries that came after one that should have followed them.

        Two faults count: one sender's messages turned round, and members who saw the same messages in another order
        than most did (a chat may choose any order for posts in flight together, but one order for all).
        """
        alike = Counter(tuple(view) for view in self.views)
        most = max(alike, key=lambda view: (alike[view], len(view)), default=())
        reference = {number: place for place, number in enumerate(most)}
        faults = 0
        for view in self.views:
            highest_place, highest_number = -1, dict[int, int]()
            for number in view:
                sender = self._senders.get(number, -1)
                place = reference.get(number, highest_place)
                faults += place < highest_place or number < highest_number.get(sender, -1)
                highest_place = max(highest_place, place)
                highest_number[sender] = max(highest_number.get(sender, -1), number)
        return faults

    def counts(self) -> Counts:
        late = sorted(value / 1e6 for value in self.late_ns)
        expected = len(self._senders) * self.members
        return Counts(
            posts=len(self._senders),
            refused=self.refused,
            deliveries=len(late),
            lost=expected - sum(len(seen & self._senders.keys()) for seen in self._seen),
            doubled=self.doubled,
            out_of_order=self.out_of_order(),
            p50_ms=percentile(late, 0.5),
            p95_ms=percentile(late, 0.95),
            p99_ms=percentile(late, 0.99),
            max_ms=late[-1] if late else float("nan"),
        )
