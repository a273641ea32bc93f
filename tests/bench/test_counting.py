"""The bench's client counts right: it says nothing of a faultless server, and sees each kind of fault."""

import asyncio

import pytest

from bench.anchors.raw import Faults, serve
from bench.client import Load, Processes, Room, drive, run
from bench.dialects import Plain
from bench.processes import free_port
from bench.tally import Counts, Mark, Tally, marks_in

POSTS, MEMBERS = 40, 5


def count(faults: Faults | None, *, senders: int = 1) -> Counts:
    """Post to a room on the raw anchor, served from this same loop, and return what the client counted."""

    async def work() -> Counts:
        port = free_port()
        server = asyncio.create_task(serve(port, faults))
        room = Room(Plain([("127.0.0.1", port)], "/"), MEMBERS)
        load = Load(MEMBERS, POSTS / 200, rate=200, senders=senders, warm_posts=0, give_up_s=1)
        try:
            while not await listens(port):
                await asyncio.sleep(0)
            await room.enter()
            return (await drive(room, load, Processes())).counts
        finally:
            await room.leave()
            server.cancel()

    return run(work())


async def listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


@pytest.mark.parametrize("senders", [1, 3])
@pytest.mark.parametrize(
    ("faults", "lost", "doubled", "out_of_order"),
    [
        (None, 0, 0, 0),
        (Faults(drop=10), 4, 0, 0),
        (Faults(double=8), 0, 5, 0),
        (Faults(swap=7), 0, 0, 5),
        (Faults(drop=20, swap=7), 2, 0, 5),
    ],
    ids=["no fault", "drop", "double", "swap", "drop and swap"],
)
def test_each_fault_is_counted(faults, lost, doubled, out_of_order, senders):
    faults = Faults(faults.drop, faults.double, faults.swap) if faults else None
    counts = count(faults, senders=senders)
    assert (counts.lost, counts.doubled, counts.out_of_order) == (lost, doubled, out_of_order)
    assert counts.posts == POSTS
    assert counts.deliveries == POSTS * MEMBERS - lost
    assert counts.whole is (faults is None)


def test_order_turned_round_for_everybody_is_seen_by_sender():
    tally = Tally(run=1, members=2)
    first, second = Mark(1, 7, 0, 5), Mark(1, 7, 1, 6)
    for mark in (first, second):
        tally.sent(mark)
    for member in (0, 1):
        for mark in (second, first):
            tally.seen(member, mark, 9)
    assert tally.counts().out_of_order == 2


def test_two_senders_may_change_places_if_everybody_sees_the_same():
    tally = Tally(run=1, members=2)
    first, second = Mark(1, 7, 0, 5), Mark(1, 8, 1, 6)
    for mark in (first, second):
        tally.sent(mark)
    for member in (0, 1):
        for mark in (second, first):
            tally.seen(member, mark, 9)
    assert tally.counts().whole


def test_a_refused_post_is_no_loss_but_is_told():
    tally = Tally(run=1, members=2)
    mark = Mark(1, 0, 0, 5)
    done = tally.sent(mark)
    tally.turned_away(mark)
    counts = tally.counts()
    assert done.is_set()
    assert (counts.refused, counts.lost, counts.whole) == (1, 0, False)


def test_messages_of_an_earlier_run_do_not_count():
    tally = Tally(run=2, members=1)
    tally.seen(0, Mark(1, 0, 0, 5), 9)
    assert tally.counts().deliveries == 0


def test_a_mark_that_stands_twice_in_one_card_counts_once():
    mark = Mark(1, 2, 3, 4)
    assert marks_in(f"<article aria-label='{mark}'><p>{mark}</p></article>".encode()) == [mark]
