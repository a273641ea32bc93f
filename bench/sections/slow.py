"""D. Somebody's device stops reading in a busy room: what it costs the server, and whether others notice."""

import asyncio
import socket as sockets
from dataclasses import asdict, dataclass, replace

from bench import cpu
from bench.client import Load, Processes, Room, drive, run
from bench.dialects import Dialect, Plain
from bench.entrants import DAPHNE, TUTORIAL, Entrant, tutorial
from bench.live import Live
from bench.sections import Setting
from bench.tally import Counts
from bench.wire import Socket, connect

PEOPLE = 20
WORDS = " " + "åäö" * 1290  # 8 kB a post
# The system itself holds 3 MB for a device that stopped reading: what is sent to it has to be well above that.
# Ours is sent what its readers can confirm in time, so that only the deaf one falls behind.
OURS = Load(PEOPLE, 80.0, rate=9.0, warm_posts=0)
NAIVE = Load(PEOPLE, 16.0, rate=60.0, warm_posts=0)
MOST_GROWTH_MB = 2.0
MOST_SLOWER, BLUR_MS = 1.2, 25.0  # what is less than the blur is the machine's other work
MB = 1024 * 1024


@dataclass(slots=True)
class Deaf:
    """Growth of the server in MB while everybody reads, then while one more does not; how the others fared."""

    growth_all_read_mb: float
    growth_one_deaf_mb: float
    ended_with: int | None
    all_read: Counts
    one_deaf: Counts

    @property
    def growth_mb(self) -> float:
        return self.growth_one_deaf_mb - max(0.0, self.growth_all_read_mb)

    def __str__(self) -> str:
        end = "stayed open" if self.ended_with is None else f"was closed by the server ({self.ended_with})"
        return (
            f"memory grew by {self.growth_all_read_mb:.1f} MB with readers only, "
            f"by {self.growth_one_deaf_mb:.1f} MB with the deaf one, whose socket {end}; "
            f"the others' p95 was {self.all_read.p95_ms:.0f} ms, then {self.one_deaf.p95_ms:.0f} ms"
        )


def run_section(setting: Setting) -> None:
    """One process of ours and one of the tutorial: warmed up, then with readers only, then with one deaf socket."""
    report = setting.report
    report.title(f"D. A device that stops reading in a room of {PEOPLE}")
    ours = _measure(setting, setting.project.start(DAPHNE, setting.fleet, setting.stores, count=1), OURS)
    report.say(f"  {DAPHNE}: {ours}")
    naive = _measure(setting, tutorial(setting.fleet, setting.stores, count=1), NAIVE)
    report.say(f"  {TUTORIAL}: {naive}")
    report.sections["slow"] = {DAPHNE: asdict(ours), TUTORIAL: asdict(naive)}
    if setting.quick:
        return
    report.judge(
        f"one deaf socket costs at most {MOST_GROWTH_MB:.0f} MB",
        f"{ours.growth_mb:.1f} MB",
        ours.growth_mb <= MOST_GROWTH_MB,
    )
    before, after = ours.all_read.p95_ms, ours.one_deaf.p95_ms
    report.judge(
        f"95 of 100 cards come to the others at most {MOST_SLOWER:.1f} times as late as before",
        f"{before:.0f} ms, then {after:.0f} ms",
        after <= max(before * MOST_SLOWER, before + BLUR_MS),
        of_time=True,
    )
    report.judge("the others miss nothing", "whole" if ours.one_deaf.whole else "not whole", ours.one_deaf.whole)


def _measure(setting: Setting, entrant: Entrant, load: Load) -> Deaf:
    [process] = entrant.running
    if setting.quick:
        load = replace(load, seconds=2.0)
    if entrant.name == TUTORIAL:
        dialect: Dialect = Plain([process.address], "/ws/chat/deaf/", filler=WORDS)
    else:
        dialect = Live([process.address], setting.project.seed(setting.stores, PEOPLE + 1), filler=WORDS)
    try:
        return run(_deaf(dialect, load, entrant.pids.servers))
    finally:
        setting.fleet.stop(process)


async def _deaf(dialect: Dialect, load: Load, pids: tuple[int, ...]) -> Deaf:
    room = Room(dialect, PEOPLE)
    try:
        await room.enter()
        await drive(room, replace(load, seconds=load.seconds / 4), Processes())
        at_first = cpu.resident_bytes(pids)
        all_read = await drive(room, replace(load, seconds=load.seconds / 2), Processes())
        before = cpu.resident_bytes(pids)
        deaf = await _stops_reading(dialect)
        one_deaf = await drive(room, load, Processes())
        after = cpu.resident_bytes(pids)
        ended_with = await _listen_again(deaf)
    finally:
        await room.leave()
    return Deaf((before - at_first) / MB, (after - before) / MB, ended_with, all_read.counts, one_deaf.counts)


async def _stops_reading(dialect: Dialect) -> Socket:
    """One more person comes in, listens for a moment, and then reads nothing more; the device has small buffers."""

    def on_text(socket: Socket, payload: bytes) -> None:
        dialect.read(PEOPLE, socket, payload)

    address = dialect.address(PEOPLE)
    narrow = sockets.socket()
    narrow.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
    narrow.setblocking(False)
    await asyncio.get_running_loop().sock_connect(narrow, address)
    deaf = await connect(
        address,
        dialect.path(PEOPLE),
        dialect.headers(PEOPLE),
        on_text,
        narrow=narrow,
    )
    await dialect.entered(PEOPLE, deaf)
    assert deaf.transport is not None
    deaf.transport.pause_reading()
    return deaf


async def _listen_again(deaf: Socket) -> int | None:
    """Read what lies there. The close code when the server had ended it, None when it is still open."""
    assert deaf.transport is not None
    deaf.transport.resume_reading()
    try:
        async with asyncio.timeout(3):
            await deaf.ended.wait()
    except TimeoutError:
        deaf.close()
        return None
    return deaf.close_code
