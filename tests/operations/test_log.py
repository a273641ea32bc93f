"""The log: append-only, gapless under any number of writers, and read whole by cursor."""

import threading

import pytest
from django.db import ProgrammingError, connection, transaction

from sessions_app import events, hints
from sessions_app.models import Event, Workshop
from sessions_app.operations import workshops
from sessions_app.verbs import Verb
from tests.together import kinds, together
from tests.world import make_world

WRITERS, EACH = 8, 25


def write(workshop_id):
    with transaction.atomic():
        return events.record(Verb.WORKSHOP_CHANGED, workshop_id=workshop_id, data={"fields": []})


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_refused(world):
    with pytest.raises(RuntimeError, match="inside the transaction"):
        events.record(Verb.WORKSHOP_CHANGED, workshop_id=world.workshop.pk)


def test_event_is_never_saved_again_nor_deleted(world):
    event = Event.objects.first()

    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()


@pytest.mark.parametrize("change", ["UPDATE sessions_app_event SET verb = 'x'", "DELETE FROM sessions_app_event"])
def test_database_refuses_to_change_the_log(world, change):
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)

    assert Event.objects.filter(verb="workshop.created").count() == 1


def test_querysets_meet_the_same_refusal(world):
    for change in (lambda: Event.objects.update(verb="x"), lambda: Event.objects.all().delete()):
        with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
            change()


def test_rolled_back_write_leaves_no_gap_and_no_announcement(world, monkeypatch, django_capture_on_commit_callbacks):
    told = []
    monkeypatch.setattr(hints, "publish", lambda channel, message: told.append((channel, message)))
    head = Workshop.objects.get(pk=world.workshop.pk).head_seq

    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            write(world.workshop.pk)
            transaction.set_rollback(True)
        event = write(world.workshop.pk)

    assert event.seq == head + 1
    assert told == [(f"workshop:{world.workshop.pk}", {"head": head + 1})]


def test_two_workshops_count_for_themselves(world):
    other = make_world("Other", host="Olga")

    before = other.workshop.events.count()
    write(world.workshop.pk)

    assert write(other.workshop.pk).seq == before + 1


@pytest.mark.django_db(transaction=True)
def test_eight_writers_leave_no_gap_and_a_reader_misses_nothing(world):
    """The reader only ever asks for what is above its cursor, while the writers are at it."""
    workshop_id, seen, is_over = world.workshop.pk, [], threading.Event()
    start = Workshop.objects.get(pk=workshop_id).head_seq

    def read():
        cursor = start
        while True:
            last_round = is_over.is_set()
            found = list(events.since(workshop_id, cursor, limit=7).values_list("seq", flat=True))
            seen.extend(found)
            cursor = found[-1] if found else cursor
            if last_round and not found:
                return

    def work(number):
        for _ in range(EACH):
            write(workshop_id)
        with lock:
            left.discard(number)
            if not left:
                is_over.set()

    left, lock = set(range(WRITERS)), threading.Lock()
    results = together(read, *[lambda number=number: work(number) for number in range(WRITERS)])

    assert kinds(results) == ["NoneType"] * (WRITERS + 1)
    assert seen == list(range(start + 1, start + WRITERS * EACH + 1))
    assert Workshop.objects.get(pk=workshop_id).head_seq == seen[-1]


@pytest.mark.django_db(transaction=True)
def test_writing_goes_on_while_redis_is_away(world, settings, monkeypatch):
    monkeypatch.setattr(hints, "_client", None)
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    workshops.change_workshop(workshop=world.workshop, actor=world.ada, title="Still here")

    assert Event.objects.filter(workshop=world.workshop).latest("seq").data == {"fields": ["title"]}
    assert hints.attempt(lambda client: client.ping(), "away") == "away"
    monkeypatch.setattr(hints, "_rest_until", 0.0)
