"""One line: who may open it, what it is told, and what happens to mistakes."""

import json
from datetime import timedelta

import pytest
from django.conf import settings

from sessions_app import clock
from sessions_app.live import socket
from sessions_app.live.socket import FRAME_LIMIT
from sessions_app.models import Workshop
from sessions_app.operations import dialogues, participants, running, workshops
from tests.live.conftest import wait_until_whole
from tests.live.lines import ORIGIN
from tests.world import make_world


def head(world):
    return Workshop.objects.get(pk=world.workshop.pk).head_seq


@pytest.fixture
def room(world):
    return f"/live/room/{world.session.pk}/"


def refused(line):
    line.opened.wait(10)
    return line.code == 403


def test_people_of_the_workshop_are_greeted(world, process, cookies_of, room):
    world.go_live()
    for name in ("Ada", "Sam", "Hella", "Ben", "Gil"):
        hello = process.line(room, cookies_of(name)).next("hello")

        workshop = Workshop.objects.get(pk=world.workshop.pk)
        assert (hello["v"], hello["head"], hello["epoch"]) == (1, workshop.head_seq, str(workshop.epoch))


def test_strangers_are_refused_before_the_line_opens(world, process, cookies_of, room):
    other = make_world("Other", host="Olga")
    workshops.change_workshop(workshop=world.workshop, actor=world.ada, lobby=True)
    waiting = participants.join(workshop=world.workshop).token

    for cookies in (
        "",
        f"{settings.DEVICE_COOKIE}=made-up",
        f"{settings.SESSION_COOKIE_NAME}=made-up",
        f"{settings.DEVICE_COOKIE}={waiting}",
        f"{settings.DEVICE_COOKIE}={other.cookies['Ben']}",
        cookies_of("Rana"),
        "=;;=\x00;",
    ):
        assert refused(process.line(room, cookies)), cookies


def test_removed_people_and_closed_workshops_are_refused(world, process, cookies_of, room):
    participants.remove(person=world["Ben"].participant, actor=world.ada)
    assert refused(process.line(room, cookies_of("Ben")))

    workshops.close_workshop(workshop=world.workshop, actor=world.ada)

    for name in ("Ada", "Chidi"):
        assert refused(process.line(room, cookies_of(name)))


@pytest.mark.parametrize("pk", ["0", "999999999", str(2**63), str(2**80)])
def test_rooms_and_threads_that_are_not_there_are_refused(world, process, cookies_of, pk):
    for kind in ("room", "thread"):
        assert refused(process.line(f"/live/{kind}/{pk}/", cookies_of("Ada")))


@pytest.mark.parametrize(
    "origin", [None, b"null", b"https://127.0.0.1", b"http://127.0.0.1:9", b"http://127.0.0.1.evil.example", b""]
)
def test_other_sites_open_no_line(world, process, cookies_of, room, origin):
    header = (b"origin", origin) if origin is not None else None

    assert refused(process.line(room, cookies_of("Ben"), header))
    process.line(room, cookies_of("Ben"), ORIGIN).next("hello")


def test_since_brings_what_was_missed_as_one_frame(world, enter):
    before = head(world)
    world.go_live()
    world.say("Chidi", "While Ben was away")

    line = enter("Ben", after=before)

    (frame,) = [json.loads(text) for text in line.all if '"t":"news"' in text]
    assert (frame["after"], frame["through"]) == (before, head(world))
    assert "While Ben was away" in str(frame["pieces"])


def test_since_the_present_brings_nothing(world, enter):
    line = enter("Ben")

    assert [json.loads(text)["t"] for text in line.all] == ["hello", "err"]


def test_news_come_by_themselves_and_chain(world, enter):
    world.go_live()
    line, cursor = enter("Ben"), head(world)

    for number in range(5):
        said = world.say("Chidi", f"Thought {number}")
        frame = line.next("news")

        assert (frame["after"], frame["through"]) == (cursor, said.seq)
        assert [piece["id"] for piece in frame["pieces"]] == [f"said-{said.pk}", "room-count"]
        cursor = frame["through"]


def test_quick_news_pile_up_in_whole_frames(world, enter):
    """However they are bundled: each frame begins where the one before ended, and nothing is missing."""
    world.go_live()
    line, cursor = enter("Ben"), head(world)

    said = [world.say("Chidi", f"Thought {number}") for number in range(15)]

    seen = []
    while cursor < said[-1].seq:
        frame = line.next("news")
        assert frame["after"] == cursor
        cursor = frame["through"]
        seen += [piece["id"] for piece in frame["pieces"] if piece["id"].startswith("said-")]
    assert seen == [f"said-{row.pk}" for row in said]


def test_each_audience_hears_its_own(world, enter):
    world.go_live()
    dialogue = world.dialogue().pk
    lines = {name: enter(name) for name in ("Ada", "Ben", "Gil")}
    thread, elsewhere = enter("Chidi", dialogue=dialogue), enter("Chidi", dialogue=world.dialogue(0).pk)
    running.next_step(session=world.session, actor=world.ada)

    ids = {name: [piece["id"] for piece in line.next("news")["pieces"]] for name, line in lines.items()}

    assert ids["Ada"] == ["room-now", "room-side", "room-controls", "room-wall", "room-groups"]
    assert ids["Ben"] == ids["Gil"] == ["room-now", "room-side", "room-wall", "room-groups"]
    for line in (thread, elsewhere):
        assert [piece["id"] for piece in line.next("news")["pieces"]] == ["thread-state", "thread-says", "thread-count"]
    assert lines["Ben"].all[-1] is lines["Gil"].all[-1]  # drawn once for all who may see the same


def test_everybody_is_told_in_their_own_language(world, enter):
    person = world["Chidi"].participant
    participants.change_me(person=person, actor=world["Chidi"], language="sv", access_needs="")
    english, swedish = enter("Ben"), enter("Chidi")

    world.go_live()

    assert "Step 1 of 4" in str(english.next("news")["pieces"])
    assert "Step 1 of 4" not in str(swedish.next("news")["pieces"])


def test_another_epoch_needs_a_fresh_page(world, process, cookies_of, room):
    line = process.line(room, cookies_of("Ben"))
    line.next("hello")

    line.since(head(world), "another")

    assert line.next("resync", "news")["t"] == "resync"


def test_a_cursor_of_the_future_needs_a_fresh_page(world, process, cookies_of, room):
    line = process.line(room, cookies_of("Ben"))
    line.since(head(world) + 1, line.next("hello")["epoch"])

    assert line.next("resync", "news")["t"] == "resync"


def test_too_far_behind_needs_a_fresh_page(world, process, cookies_of, room):
    before = head(world)
    for number in range(101):
        for title in ("One", "Two"):
            workshops.change_workshop(workshop=world.workshop, actor=world.ada, title=f"{title} {number}")

    line = process.line(room, cookies_of("Ben"))
    line.since(before, line.next("hello")["epoch"])

    assert line.next("resync", "news")["t"] == "resync"


def test_line_that_was_told_to_fetch_a_fresh_page_stays_open_and_is_told_no_news(world, process, cookies_of, room):
    line = process.line(room, cookies_of("Ben"))
    line.next("hello")
    line.since(0, "another")
    line.next("resync")

    world.go_live()
    wait_until_whole(line)

    assert line.code is None
    assert not any('"t":"news"' in text for text in line.all)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "x",
        "[]",
        "1",
        '{"t":"post","body":"hi"}',
        b"\x00\xff",
        '{"t": []}',
        '{"t":"seen","through":1,"x":[[]]}',
        "\ud800",
    ],
)
def test_mistakes_are_told_and_forgiven(world, enter, said):
    line = enter("Ben")

    line.tell(said)

    assert line.next("err") == {"t": "err", "code": "bad_message"}
    world.go_live()
    line.next("news")


def test_ten_mistakes_end_the_line_and_nobody_elses(world, enter):
    line, other = enter("Ben"), enter("Chidi")  # entering takes one mistake already

    for _ in range(9):
        line.tell("nonsense")

    assert line.next("closed")["code"] == 4400
    world.go_live()
    other.next("news")


def test_mistakes_are_forgiven_after_a_while(world, enter, monkeypatch):
    monkeypatch.setattr(socket, "MISTAKES_WITHIN", 0.0)
    line = enter("Ben")

    for _ in range(2 * socket.MISTAKES):
        line.tell("nonsense")
        assert line.next("err", "closed")["t"] == "err"


@pytest.mark.parametrize("said", ["x" * (FRAME_LIMIT + 1), "ä" * (FRAME_LIMIT // 2 + 1), b"x" * (FRAME_LIMIT + 1)])
def test_frames_that_are_too_large_end_the_line(world, enter, said):
    line = enter("Ben")

    line.tell(said)

    assert line.next("closed")["code"] == 4413


def test_hub_draws_an_ended_window(world, enter):
    world.go_live()
    activity = world.steps[0]
    dialogues.keep_open(activity=activity, actor=world.ada, until=clock.now() + timedelta(days=1))
    running.next_step(session=world.session, actor=world.ada)
    line = enter("Ben", dialogue=activity.dialogues.get().pk)

    with clock.at(clock.now() + timedelta(days=1)):
        dialogues.end_due_windows()

    assert 'data-accepts="no"' in line.next("news")["pieces"][0]["html"]
