"""How much every page asks of the database: so much and no more, whatever the workshop holds."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions_app import clock
from sessions_app.models import Contribution, Event, Participant
from sessions_app.operations import activities, contributions, dialogues, limits, running, sessions, workshops
from sessions_app.verbs import Verb
from tests.policy import matrix
from tests.policy.cast import make_cast, play, things
from tests.policy.sending import queries
from tests.views import agreement_budgets, mail_budgets, record_budgets, trace_budgets
from tests.world import add

# The most that each page may ask in the workshop of the matrix, by role: part, faci, rese (- where it is not theirs).
# The facilitator and the researcher are signed in, which costs two more than a device.
PAGES = """
address               part faci rese
front                 1    2    2
door                  3    4    4
poster                1    1    1
appearance            0    0    0
help                  0    0    0
guide                 0    0    0
accessibility         0    0    0
offline               0    0    0
worker                0    0    0
health_live           0    0    0
workshops             -    7    7
new_workshop          -    3    3
workshop              13   15   -
change_workshop       -    3    -
close_workshop        -    3    -
people                -    4    -
roles                 -    4    -
remove_person         -    4    -
me                    13   16   8
leave                 1    3    3
away                  23   25   -
before                6    8    -
needs                 1    3    3
share_workshop        -    3    -
record                -    22   22
record_pictures       -    14   14
new_meeting           -    3    -
new_thread            -    3    -
plan                  -    9    -
change_meeting        -    4    -
after                 -    13   -
share                 -    4    -
new_step              -    4    -
room                  15   15   -
console               -    28   -
console_news          -    25   -
scribe                -     11    -
said                  0     0     0
slip                  3     3     3
slips                 -     5     -
pack                  -     10    -
tablet                -     4     -
screen                -     12    -
screen_news           -     13    -
own                   5    7    -
room_earlier          6    8    -
room_news             12   15   -
replay                -    8    -
change_step           -    4    -
thread                12   15   -
thread_news           8    10   -
answer                3    5    -
ballots               -    8    -
objections            -    5    -
groups                -    9    -
group                 14   14   -
group_news            12   12   -
change_group          -    4    -
headings              3    5    -
carry                 5    6    -
meant                 7    9    -
methods               -    4    -
file_contribution     3    5    -
eaa:learn             5    8    -
eaa:learn_thread      4    7    -
eaa:change_learning   2    -    -
eaa:withdraw_learning 2    -    -
eaa:learning          7    10   10
eaa:grid              -    10   10
exports               -    9    9
change_contribution   3    -    -
withdraw_contribution 3    -    -
"""
PAGES += record_budgets.PAGES + agreement_budgets.PAGES + trace_budgets.PAGES + mail_budgets.PAGES
POST = 8  # with BEGIN and COMMIT
ROOM = 15
ROOM_BYTES = 200_000  # of the largest first page


def asked(browser, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert browser.get(address).status_code == 200, address
    return len(found)


def pages(cast, known) -> dict[tuple[str, str], int]:
    """Queries of every page that is open to each role, as somebody who has not been here for long sees it."""
    found = {}
    for role in ("part", "faci", "rese"):
        browser = cast.browser(role)
        for row in matrix.rows(matrix.OPEN):
            if row.how == "GET" and row.answers[role] == "ok":
                address = reverse(row.name, args=known.get(row.name, {"": ()})[""])
                browser.get(address)  # so that templates are compiled and what happens once has happened
                Participant.objects.update(last_here_seq=0)
                found[row.name, role] = asked(browser, address + queries(cast.world).get(row.name, ""))
    return found


def most() -> dict[tuple[str, str], int]:
    head, *lines = [line.split() for line in PAGES.strip().splitlines()]
    return {
        (name, role): int(number)
        for name, *numbers in lines
        for role, number in zip(head[1:], numbers, strict=True)
        if number != "-"
    }


@pytest.fixture
def cast(db):
    cast = make_cast()
    play(cast.world)
    return cast


def grow(cast, number: int) -> None:
    """NUMBER more of everything: people, threads of each kind, words with answers, meetings, steps, workshops."""
    world = cast.world
    for count in range(number):
        add(world, f"More {uuid.uuid4().hex[:6]}")
        identity = ("named", "group", "anonymous")[count % 3]
        thread = dialogues.open_thread(
            workshop=world.workshop,
            actor=world.ada,
            prompt="Why?",
            until=clock.now() + timedelta(days=3),
            identity=identity,
        )
        talk(world, thread)
        start = clock.now() + timedelta(days=1)
        times = {"starts_at": start, "ends_at": start + timedelta(hours=1)}
        meeting = sessions.plan_session(workshop=world.workshop, actor=world.ada, title="More", **times)
        dialogues.bring_to_meeting(dialogue=thread.dialogues.get(), session=meeting, actor=world.ada)
        running.start(session=meeting, actor=world.ada)
        running.close_session(session=meeting, actor=world.ada)
        activities.plan_activity(workshop=world.workshop, actor=world.ada, session=world.session, kind="cards")
        running.next_step(session=world.session, actor=world.ada)
        world.say("Chidi", "More", [step.pk for step in world.steps].index(world.session.current_activity_id))
        workshops.create_workshop(user=world.ada.participant.user, host_name="Ada", title="More", languages=["en"])


def talk(world, thread) -> None:
    dialogue = thread.dialogues.get()
    dialogue.activity, thread.workshop = thread, world.workshop
    for name in ("Ben", "Chidi", "Sam"):
        limits._buckets.clear()
        said = {"dialogue": dialogue, "via": "thread", "body": "More"}
        first = contributions.post_contribution(actor=world[name], client_id=uuid.uuid4(), **said).contribution
        contributions.post_contribution(actor=world["Chidi"], client_id=uuid.uuid4(), reply_to=first.pk, **said)


def test_every_page_asks_no_more_than_it_may(cast):
    found, allowed = pages(cast, things(cast, cast.world)), most()

    assert found.keys() == allowed.keys()
    assert {key: number for key, number in found.items() if number > allowed[key]} == {}


def test_no_page_asks_more_when_there_is_more(cast):
    """One more of everything, and three more."""
    known = things(cast, cast.world)
    grow(cast, 1)
    before = pages(cast, known)
    grow(cast, 3)
    after = pages(cast, known)

    assert {key: (before[key], after[key]) for key in after if after[key] > before[key]} == {}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("more", [{}, {"HTTP_ACCEPT": "application/json"}], ids=["page", "script"])
def test_one_post_asks_little(more):
    cast = make_cast()
    play(cast.world)
    browser, address = cast.browser("part"), reverse("post", args=[cast.world.dialogue(1).pk])
    for _ in range(2):  # the first one also reads what is kept for later
        sent = {"body": "Mine", "client_id": str(uuid.uuid4()), "view": "room"}
        with CaptureQueriesContext(connection) as found:
            assert browser.post(address, sent, **more).status_code in {200, 302}

    said = [query["sql"] for query in found]
    assert {"BEGIN", "COMMIT"} <= set(said)
    assert len(said) <= POST


@pytest.fixture
def fill(cast):
    """Puts contributions with the numbers from FIRST to LAST into the room, where everything lies face up."""
    running.reveal(session=cast.world.session, actor=cast.world.ada)
    dialogue, author = cast.world.dialogue(1), cast.people["part"]
    words = "Words that are about as long as what people write on one card in a meeting, or a little longer."
    same = {"dialogue": dialogue, "author": author, "via": "room", "place": "hall", "body": words, "language": "en"}

    def fill(first: int, last: int) -> None:
        Contribution.objects.bulk_create(
            Contribution(seq=seq, client_id=uuid.uuid4(), said_at=clock.now(), **same) for seq in range(first, last + 1)
        )

    return fill


def test_a_room_of_ten_thousand_is_as_light_as_one_of_ten(cast, fill):
    room = reverse("room", args=[cast.world.session.pk])
    thread = reverse("thread", args=[cast.world.dialogue(1).pk])
    earlier = reverse("room_earlier", args=[cast.world.session.pk]) + "?before=9000"
    browser, found = cast.browser("part"), {}
    for first, last in ((1001, 1010), (1011, 11_000)):
        fill(first, last)
        browser.get(room)
        browser.get(thread)
        found[last] = [asked(browser, address) for address in (room, thread, earlier)]

    assert found[1010] == found[11_000]
    assert max(found[11_000]) <= ROOM
    for address in (room, thread, earlier):
        page = browser.get(address).content.decode()
        assert len(page.encode()) < ROOM_BYTES, address
        assert len(re.findall(r'id="said-[0-9a-f]{8}-', page)) == 60


@pytest.mark.parametrize("role", ["part", "faci"])
def test_the_first_visit_to_a_room_asks_no_more_than_it_may(cast, role):
    """The visit that is written into the log, by somebody who was never here."""
    person = cast.people[role]
    Event.objects.filter(participant=person, verb=Verb.PARTICIPANT_ENTERED).delete()
    Participant.objects.filter(pk=person.pk).update(last_here_at=None, last_here_seq=0)
    browser = cast.browser(role)

    assert asked(browser, reverse("room", args=[cast.world.session.pk])) <= ROOM
    assert Event.objects.filter(participant=person, verb=Verb.PARTICIPANT_ENTERED).count() == 1


def test_older_words_of_a_thread_come_a_page_at_a_time(cast, fill):
    fill(1001, 1200)
    browser, address = cast.browser("part"), reverse("thread", args=[cast.world.dialogue(1).pk])
    seen, pages = set(), 0
    while address:
        page = browser.get(address).content.decode()
        shown = re.findall(r'id="(said-[0-9a-f-]{36})"', page)
        assert len(shown) <= 60
        assert not seen & set(shown)
        seen |= set(shown)
        pages += 1
        further = re.search(r'href="([^"]+before=\d+)"', page)
        address = further[1] if further else ""

    assert (len(seen) >= 200, pages) == (True, 4)
