"""Every socket address x role, against the table in matrix.py."""

import asyncio

import pytest
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.urls import reverse

from coproduction.asgi import application
from sessions_app.identity import hall_key
from sessions_app.live.hub import Hub
from sessions_app.operations import participants, workshops
from sessions_app.routing import websocket_urlpatterns
from tests.policy import matrix
from tests.policy.cast import group_of, make_cast, play

ORIGIN = (b"origin", settings.PUBLIC_URL.encode())


@pytest.fixture
def cast(transactional_db):
    cast = make_cast()
    play(cast.world)
    play(cast.other)
    return cast


def header(browser) -> tuple[bytes, bytes]:
    return b"cookie", "; ".join(f"{name}={cookie.value}" for name, cookie in browser.cookies.items()).encode()


async def opens(path: str, cookie: tuple[bytes, bytes]) -> str:
    line = WebsocketCommunicator(application, path, headers=[ORIGIN, cookie])
    is_open, _code = await line.connect(timeout=10)
    await line.disconnect()
    return "ok" if is_open else ".."


def knock(knocks: dict) -> dict:
    """What each of KNOCKS, name -> (path, cookie), is answered."""

    async def all_of_them():
        try:
            return {name: await opens(*given) for name, given in knocks.items()}
        finally:
            Hub._of_loop.pop(asyncio.get_running_loop(), None)

    return asyncio.run(all_of_them())


def test_every_socket_is_in_the_table():
    addresses = [str(pattern.pattern) for pattern in websocket_urlpatterns]

    assert addresses == [f"live/{row.name}/<int:pk>/" for row in matrix.rows(matrix.SOCKETS)]


def test_sockets_open_for_those_in_the_table(cast):
    rows = matrix.rows(matrix.SOCKETS)
    cookies = {role: header(cast.browser(role)) for role in matrix.ROLES}
    ids, elsewhere = (
        {
            **dict.fromkeys(("room", "console", "screen"), world.session.pk),
            "thread": world.dialogue(0).pk,
            "group": group_of(world).dialogue.pk,
        }
        for world in (cast.world, cast.other)
    )
    knocks = {
        (row.name, role): (f"/live/{row.name}/{ids[row.name]}/", cookies[role]) for row in rows for role in cookies
    }
    for row in rows:
        knocks[row.name, "foreign"] = (f"/live/{row.name}/{elsewhere[row.name]}/", cookies["faci"])
        for pk in (0, 10**12, 2**63, 2**70):
            knocks[row.name, pk] = (f"/live/{row.name}/{pk}/", cookies["faci"])
    to_come = f"/live/thread/{cast.world.dialogue(2).pk}/"
    # A group's words are at its own address alone, and everybody's are at no group's.
    knocks["thread", "of a group"] = (f"/live/thread/{ids['group']}/", cookies["faci"])
    knocks["group", "of everybody"] = (f"/live/group/{ids['thread']}/", cookies["faci"])
    knocks |= {("thread", f"to come, {role}"): (to_come, cookies[role]) for role in ("part", "faci")}

    answers = knock(knocks)

    told = {(row.name, role): answer for row in rows for role, answer in row.answers.items()}
    told |= dict.fromkeys(knocks.keys() - told.keys(), "..") | {("thread", "to come, faci"): "ok"}
    assert answers == told


def test_no_socket_opens_when_the_workshop_is_over(cast):
    workshops.close_workshop(workshop=cast.world.workshop, actor=cast.world.ada)
    path = f"/live/room/{cast.world.session.pk}/"

    answers = knock({role: (path, header(cast.browser(role))) for role in ("part", "faci")})

    assert answers == {"part": "..", "faci": ".."}
    assert cast.browser("faci").get(reverse("room", args=[cast.world.session.pk])).status_code == 200


def test_a_screen_opens_by_the_key_of_a_host_and_of_nobody_else(cast):
    """Without any cookie; not for another meeting, not with the key of a tablet, not once the host is none any more."""
    nobody, meeting = (b"cookie", b""), cast.world.session

    def path(pk=meeting.pk, purpose="screen", role="scri"):
        return f"/live/screen/{pk}/?key={hall_key(purpose, meeting, cast.people[role])}"

    answers = knock(
        {
            "scribe": (path(), nobody),
            "another meeting": (path(pk=cast.other.session.pk), nobody),
            "of a tablet": (path(purpose="tablet"), nobody),
            "of a participant": (path(role="part"), nobody),
            "made up": (f"/live/screen/{meeting.pk}/?key=x:y:z", nobody),
        }
    )
    assert answers == dict.fromkeys(answers, "..") | {"scribe": "ok"}
    participants.change_roles(person=cast.people["scri"], actor=cast.world.ada, roles=["participant"])
    assert knock({"scribe": (path(), nobody)}) == {"scribe": ".."}
