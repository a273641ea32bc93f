"""The load client: a room full of sockets, a closed loop of posts or a steady rate of them, and what came of it."""

import asyncio
import gc
import itertools
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

import uvloop

from bench import cpu
from bench.dialects import Dialect, Refused
from bench.tally import Counts, Mark, Tally
from bench.wire import Socket, connect

T = TypeVar("T")
_runs = itertools.count(time.time_ns() // 1_000_000_000)
ENTER_TOGETHER = 25  # sockets that open at the same time


@dataclass(frozen=True, slots=True)
class Load:
    """How much to post: `window` posts under way at any time, or `rate` posts a second; for `seconds`."""

    members: int
    seconds: float
    window: int = 4
    rate: float = 0.0
    senders: int = 50
    warm_posts: int = 8
    give_up_s: float = 20.0  # a message that is not on every screen by then is lost


@dataclass(frozen=True, slots=True)
class Processes:
    """Process ids whose processor time is read: the chat servers, and the stores behind them."""

    servers: tuple[int, ...] = ()
    stores: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """One run. Processor time in microseconds per message delivered to one member; NaN where it cannot be read."""

    counts: Counts
    seconds: float
    server_us: float
    store_us: float


class Room:
    """`members` open sockets that share one tally."""

    def __init__(self, dialect: Dialect, members: int) -> None:
        self.dialect, self.members = dialect, members
        self.sockets: list[Socket | None] = [None] * members
        self.ended: dict[int, int] = {}
        self.tally = Tally(next(_runs), members)

    async def enter(self) -> None:
        """Open every socket, a few at a time. Raises what the first one that fails raises."""
        gate = asyncio.Semaphore(ENTER_TOGETHER)

        async def one(member: int) -> None:
            async with gate:
                await self.admit(member)

        await asyncio.gather(*(one(member) for member in range(self.members)))

    async def admit(self, member: int) -> None:
        """Open (again) the socket of one member."""
        dialect = self.dialect
        self.ended.pop(member, None)
        self.sockets[member] = socket = await connect(
            dialect.address(member),
            dialect.path(member),
            dialect.headers(member),
            lambda socket, payload: self._arrived(member, socket, payload),
            lambda code: self.ended.__setitem__(member, code),
        )
        await dialect.entered(member, socket)

    async def leave(self) -> None:
        for socket in self.sockets:
            if socket:
                socket.close()
        await self.dialect.leave()

    def start_count(self) -> None:
        """Forget what was counted so far; messages still under way from before are not counted."""
        self.tally = Tally(next(_runs), self.members)

    async def post(self, sender: int, number: int, sent_ns: int | None = None) -> asyncio.Event:
        """Send one message. The event is set once everybody has it."""
        mark = Mark(self.tally.run, sender, number, sent_ns or time.monotonic_ns())
        done = self.tally.sent(mark)
        try:
            await self.dialect.post(sender, mark)
        except Refused:
            self.tally.turned_away(mark)
        return done

    def _arrived(self, member: int, socket: Socket, payload: bytes) -> None:
        now = time.monotonic_ns()
        for mark in self.dialect.read(member, socket, payload):
            self.tally.seen(member, mark, now)


async def _closed_loop(room: Room, load: Load, keep_on: Callable[[int], bool]) -> None:
    """Keep `load.window` posts under way for as long as `keep_on(number)` says yes."""
    numbers = itertools.count()

    async def worker() -> None:
        for number in numbers:
            if not keep_on(number):
                return
            done = await room.post(number % min(load.senders, room.members), number)
            try:
                async with asyncio.timeout(load.give_up_s):
                    await done.wait()
            except TimeoutError:
                return

    await asyncio.gather(*(worker() for _ in range(load.window)))


async def _steady(room: Room, load: Load) -> None:
    """Post at fixed moments, however slow the answers are; a late start counts as lateness of the message."""
    loop, posts = asyncio.get_running_loop(), []
    start, start_ns = loop.time(), time.monotonic_ns()
    for number in range(int(load.rate * load.seconds)):
        await asyncio.sleep(start + number / load.rate - loop.time())
        due_ns = start_ns + int(number / load.rate * 1e9)
        posts.append(asyncio.create_task(room.post(number % min(load.senders, room.members), number, due_ns)))
    await asyncio.gather(*posts)


async def drive(room: Room, load: Load, processes: Processes) -> Measure:
    """Warm the room up, then load it and count. The room must have been entered."""
    await _closed_loop(room, load, lambda number: number < load.warm_posts)
    room.start_count()
    gc.collect()
    gc.disable()
    try:
        before = cpu.used_us(processes.servers), cpu.used_us(processes.stores)
        begun = time.monotonic()
        if load.rate:
            await _steady(room, load)
        else:
            await _closed_loop(room, load, lambda _: time.monotonic() - begun < load.seconds)
        await room.tally.settled(load.give_up_s)
        seconds = time.monotonic() - begun
        after = cpu.used_us(processes.servers), cpu.used_us(processes.stores)
    finally:
        gc.enable()
    counts = room.tally.counts()
    each = [
        (end - start) / counts.deliveries if counts.deliveries and end else float("nan")
        for start, end in zip(before, after, strict=True)
    ]
    return Measure(counts, seconds, *each)


async def measure(talk: Callable[[int], Awaitable[Dialect]], load: Load, processes: Processes) -> Measure:
    """Enter a new room of `load.members` people, drive it, leave it."""
    room = Room(await talk(load.members), load.members)
    try:
        await room.enter()
        return await drive(room, load, processes)
    finally:
        await room.leave()


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end on uvloop, so that the client costs little beside the servers it measures."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)
