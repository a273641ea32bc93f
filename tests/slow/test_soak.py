"""Two hundred people come and go: the server gives back what it took."""

from pathlib import Path

import redis
from django.conf import settings

from bench.cpu import resident_bytes

MB = 1024 * 1024
TOGETHER = 20


def test_memory_and_files_are_given_back_after_two_hundred_visits(meeting, crowd, webs):
    pid = webs[0].process.pid
    stays = meeting.come(2)
    for _ in range(3):
        visit(meeting, crowd, webs[0])
    memory, files = resident_bytes([pid]), open_files(pid)

    for _ in range(10):
        visit(meeting, crowd, webs[0])

    crowd.until(lambda: open_files(pid) <= files + 2, within=20, otherwise=lambda: (open_files(pid), files))
    assert (resident_bytes([pid]) - memory) / MB <= 8
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        assert client.zcard(f"here:{meeting.world.session.pk}") == len(stays)


def visit(meeting, crowd, web):
    """Some people come into the room, hear what there is, and go."""
    people = [meeting.enter("Ben", web) for _ in range(TOGETHER)]
    meeting.world.say("Chidi", "Hello!", 2)
    meeting.all_are_at_the_head(within=20)
    crowd.goes(people)
    meeting.people = [person for person in meeting.people if person not in people]


def open_files(pid):
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))
