"""A short meeting through nginx, two web processes, a worker and a clock, with the files that a deployment has."""

import re

import httpx
import pytest
from django.conf import settings
from django.urls import reverse

from sessions_app.models import Tally
from tests.deploy.topology import Topology
from tests.live_processes.crowd import Crowd
from tests.live_processes.meeting import Meeting
from tests.slow.waiting import until

SOMEBODY_ELSE = "127.0.0.2"  # an address of this machine that nginx does not take for our own TLS end


@pytest.fixture
def topology(transactional_db, tmp_path):
    with Topology(tmp_path) as topology:
        yield topology


@pytest.fixture
def front(topology):
    return topology.front


@pytest.fixture
def meeting(topology, front):
    with Crowd() as crowd:
        yield Meeting(crowd, [front], begun=False)


def browser(front, **more):
    return httpx.Client(base_url=front.address, trust_env=False, timeout=20, **more)


def test_a_short_meeting(topology, front, meeting):
    """One test, since so many processes are slow to start; each part has its own lines."""
    what_nginx_lets_through(front)
    with browser(front, cookies=meeting.cookies_of("Ada")) as ada:
        page = ada.get(meeting.room)
        assert page.status_code == 200
        files_come_from_nginx(ada, page.text)
        press(ada, meeting.room, "start")
        press(ada, meeting.room, "next")
        press(ada, meeting.room, "next")
        people = [*meeting.come(6, hall=2), somebody_walks_in(front, meeting)]
        meeting.crowd.all(person.outbox.say(f"{person.name} was there.", meeting.post) for person in people[:6])
        meeting.all_are_whole(within=15)

        until(lambda: ada.get("/health/ready").status_code == 200, within=30)  # the worker's heart beats by the clock
        one_process_ends_and_nobody_notices(topology, meeting, people)
        press(ada, meeting.room, "close")

    meeting.nothing_is_lost_or_doubled()
    assert {answer.split()[1] for person in people for answer in person.answers} == {"200"}
    meeting.world.session.refresh_from_db()
    assert meeting.world.session.state == "closed"


def what_nginx_lets_through(front):
    with browser(front) as trusted:
        assert trusted.get("/health/proxy").status_code == 204
        assert trusted.get("/health/live").json() == {"live": True}
        assert trusted.post(reverse("go"), content=b"a" * 2_000_000).status_code == 413
        for number in range(3):
            guess(trusted, f"203.0.113.{number}")
    assert addresses_counted() == 3  # our own TLS end is believed

    outside = httpx.HTTPTransport(local_address=SOMEBODY_ELSE)
    with browser(front, transport=outside) as stranger:
        for number in range(3):
            guess(stranger, f"198.51.100.{number}")
    assert addresses_counted() == 4  # whoever claims to be others is still one


def press(ada, room, name):
    """Press one of the facilitator's buttons, as a browser without script does."""
    html = ada.get(room).text
    rev = re.search(r'name="rev" value="(\d+)"', html)[1]
    address = reverse("controls", args=[re.search(r"\d+", room)[0]])
    fields = {"press": name, "rev": rev, "csrfmiddlewaretoken": token_in(html)}
    assert ada.post(address, data=fields, headers={"Origin": str(ada.base_url).rstrip("/")}).status_code == 302


def somebody_walks_in(front, meeting):
    """A neighbour reads the code from a poster and presses once."""
    with browser(front) as phone:
        door = reverse("door", args=[meeting.world.session.code])
        fields = {"csrfmiddlewaretoken": token_in(phone.get(door).text)}
        answer = phone.post(door, data=fields)
        assert (answer.status_code, answer.headers["Location"]) == (302, meeting.room)
        seat = {settings.DEVICE_COOKIE: phone.cookies[settings.DEVICE_COOKIE]}
        person = meeting.enter("A neighbour", front, seat)
    meeting.crowd.until(lambda: person.hellos, within=10)
    return person


def files_come_from_nginx(ada, html):
    address = re.search(r'href="(/static/[^"]+\.css)"', html)[1]
    answer = ada.get(address)

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Server"] == "nginx"


def one_process_ends_and_nobody_notices(topology, meeting, people):
    first, second = topology.webs
    first.ask_to_end()
    until(lambda: first.process.poll() is not None, within=10)

    meeting.crowd.all(person.outbox.say(f"{person.name} is still there.", meeting.post) for person in people[:6])
    meeting.all_are_whole(within=15)
    assert first.process.returncode == 0
    assert second.process.poll() is None
    assert 1 <= sum(person.moves for person in people) < len(people)
    assert all(person.is_on_line and person.closes == [] for person in people)


def guess(client, claimed):
    fields = {"code": "WRONG", "csrfmiddlewaretoken": token_in(client.get("/").text)}
    answer = client.post(reverse("go"), data=fields, headers={"X-Forwarded-For": claimed})
    assert answer.status_code == 422


def addresses_counted():
    return Tally.objects.filter(key__startswith="code:address:").count()


def token_in(html):
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', html)[1]
