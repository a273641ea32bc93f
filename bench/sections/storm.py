"""C. A server process dies under 500 people: how soon all have everything again, and what that costs the database."""

import asyncio
import random
import time
from dataclasses import asdict, dataclass

from bench.client import Load, Room, run
from bench.entrants import DAPHNE, Entrant
from bench.live import Live
from bench.sections import Setting
from bench.wire import HandshakeError

PEOPLE, QUICK_PEOPLE = 500, 20
BEHIND = 50
WITHIN_S = 2.0  # everybody comes back at a random moment in this time
MOST_S, MOST_QUERIES = 6.0, 2.0
GIVE_UP_S = 30.0


@dataclass(slots=True)
class Storm:
    """What came of it. Times in seconds from the first reconnection."""

    people: int
    whole: int
    last_s: float
    p50_s: float
    turned_away: int
    resets: int
    lost: int
    doubled: int
    out_of_order: int
    queries_per_person: float
    busiest: list[tuple[object, ...]]


def run_section(setting: Setting) -> None:
    """Fill one of two processes with everybody, kill it, post behind their backs, let all come back to the other."""
    report, people = setting.report, QUICK_PEOPLE if setting.quick else PEOPLE
    report.title(
        f"C. Reconnect storm: {people} people on a process that dies, all back on another within {WITHIN_S:.0f} s"
    )
    entrant = setting.project.start(DAPHNE, setting.fleet, setting.stores, name="ours for the storm")
    try:
        storm = run(_storm(setting, entrant, people))
    finally:
        for process in entrant.running:
            setting.fleet.stop(process)
    report.sections["storm"] = asdict(storm)
    report.say(
        f"  each was {BEHIND} posts behind; {storm.whole} of {people} have all again, "
        f"the last after {storm.last_s:.1f} s, half after {storm.p50_s:.1f} s; {storm.turned_away} tries turned away, "
        f"{storm.resets} were sent to fetch a fresh page; {storm.queries_per_person:.2f} database queries per person"
    )
    if setting.quick:
        return
    ok = storm.whole == people and storm.last_s <= MOST_S
    found = f"{storm.whole} whole, {storm.last_s:.1f} s"
    report.judge(f"all {people} are whole within {MOST_S:.0f} s", found, ok, of_time=storm.whole == people)
    faults = (storm.lost, storm.doubled, storm.out_of_order)
    report.judge(
        "nothing lost, doubled or out of order",
        "{} lost, {} doubled, {} out of order".format(*faults),
        not any(faults),
    )
    report.judge(
        f"at most {MOST_QUERIES:.0f} queries per person",
        f"{storm.queries_per_person:.2f}",
        storm.queries_per_person <= MOST_QUERIES,
    )


async def _storm(setting: Setting, entrant: Entrant, people: int) -> Storm:
    first, second = entrant.running
    dialect = await entrant.talk(people)
    assert isinstance(dialect, Live)
    dialect.addresses = [first.address]
    room = Room(dialect, people)
    try:
        await room.enter()
        first.kill()
        dialect.addresses = [second.address]
        room.start_count()
        await _post_behind_their_backs(room)
        setting.stores.forget_statements()
        came_back, turned_away = await _come_back(room)
        await room.tally.settled(1.0)  # a message that comes twice has to have the time to
        queries = setting.stores.statements()
    finally:
        await room.leave()
    counts = room.tally.counts()
    whole = sorted(moment for moment in came_back if moment is not None)
    return Storm(
        people=people,
        whole=len(whole),
        last_s=whole[-1] if whole else float("nan"),
        p50_s=whole[len(whole) // 2] if whole else float("nan"),
        turned_away=turned_away,
        resets=sum(place.reset for place in dialect.places),
        lost=counts.lost,
        doubled=counts.doubled,
        out_of_order=counts.out_of_order,
        queries_per_person=queries / people,
        busiest=setting.stores.busiest_statements(),
    )


async def _post_behind_their_backs(room: Room) -> None:
    load = Load(room.members, 0)
    for number in range(BEHIND):
        await room.post(number % load.senders % room.members, number)


async def _come_back(room: Room) -> tuple[list[float | None], int]:
    """Reconnect everybody. Returns when each was whole (None: never), and how many tries were turned away."""
    chance = random.Random(7)
    begun, turned_away = time.monotonic(), 0

    async def one(member: int) -> float | None:
        nonlocal turned_away
        await asyncio.sleep(chance.uniform(0, WITHIN_S))
        pause = 0.25
        while time.monotonic() - begun < GIVE_UP_S:
            try:
                await room.admit(member)
                break
            except (HandshakeError, OSError):
                turned_away += 1
                await asyncio.sleep(chance.uniform(0, pause))
                pause = min(pause * 2, 4)
        while time.monotonic() - begun < GIVE_UP_S:
            if len(room.tally.views[member]) >= BEHIND:
                return time.monotonic() - begun
            await asyncio.sleep(0.02)
        return None

    return list(await asyncio.gather(*(one(member) for member in range(room.members)))), turned_away
