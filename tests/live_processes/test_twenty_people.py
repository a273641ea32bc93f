"""Twenty people at two web processes: everybody holds the same words in the same order, and so does the log."""

from tests.live_processes.meeting import Meeting

EACH = 3


def test_twenty_people_hold_the_same_words_in_the_same_order(webs, crowd):
    meeting = Meeting(crowd, webs)
    people = meeting.come(20, hall=8)

    crowd.all(say_all(person, meeting.post, EACH) for person in people)

    meeting.all_are_whole(within=15)
    meeting.nothing_is_lost_or_doubled()
    assert len(meeting.log()) == 20 * EACH
    assert [person.gaps for person in people] == [0] * 20
    assert all(is_gapless(person.chain, person.page_head) for person in people)


async def say_all(person, action: str, count: int) -> None:
    """COUNT things one after the other; every third goes as the plain form of a browser without script."""
    for number in range(count):
        await person.outbox.say(f"{person.name}: {number + 1}", action, with_script=number % 3 < 2)


def is_gapless(chain: list[tuple[int, int]], head: int) -> bool:
    """Whether the news begins at the page's head or before, and each frame follows the one before it."""
    for after, through in chain:
        if not after <= head < through:
            return False
        head = through
    return bool(chain)
