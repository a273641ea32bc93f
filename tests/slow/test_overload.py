"""Five hundred people press the link at the same moment: some wait or try again, nobody meets an error."""

import asyncio
from collections import Counter

import httpx

from tests.world import add


def test_five_hundred_page_loads_at_once(meeting, crowd, webs):
    people = meeting.come(4)
    names = [f"Visitor {number}" for number in range(50)]
    for name in names:
        add(meeting.world, name)
    cookies = [meeting.cookies_of(name) for name in names]

    answers = crowd.run(load_at_once(webs[0].address + meeting.room, cookies * 10), within=120)

    counted = Counter(answer.status_code for answer in answers)
    assert set(counted) <= {200, 503}, counted
    assert counted[200] >= 50, counted
    assert all("Retry-After" in answer.headers for answer in answers if answer.status_code == 503)
    assert [person.closes for person in people] == [[]] * 4
    crowd.run(people[0].outbox.say("Still here.", meeting.post))
    meeting.all_are_whole(within=15)


async def load_at_once(address, everybody):
    """Load ADDRESS with each of these cookies, all at the same time."""
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(timeout=100, limits=limits, trust_env=False, verify=False) as client:

        def load(cookies):
            (pair,) = cookies.items()
            return client.get(address, headers={"Cookie": "=".join(pair)})

        return await asyncio.gather(*map(load, everybody))
