"""Checking a log: silent about the truth, and each rule bites when something is changed behind the operations' back."""

import random
import uuid
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from sessions_app import clock
from sessions_app.errors import Refused
from sessions_app.models import Activity, Contribution, Event
from sessions_app.operations import activities, contributions, dialogues, participants, running, translations
from sessions_app.verification import verify
from tests.operations.tampered import CHANGED_EVENTS, CHANGED_TABLES
from tests.world import World, make_world


@pytest.fixture
def lived(world) -> World:
    """A world in which nearly everything has happened: words, changes, gaps, an undone press, a window that ended."""
    workshop, ada = world.workshop, world.ada
    anonymous = activities.plan_activity(
        workshop=workshop, actor=ada, session=world.session, kind="cards", identity="anonymous", prompt="Really?"
    )
    world.go_live()
    first = world.say("Ben", "A calmer waiting room.")
    contributions.revise_contribution(contribution=first, actor=world["Ben"], body="A calm waiting room.")
    translations.gloss_contribution(contribution=first, actor=world["Sam"], text="Ett lugnt väntrum.", language="sv")
    taken = world.say("Chidi", "I wish I had not said this.")
    contributions.revise_contribution(contribution=taken, actor=world["Chidi"], body="Nor this.")
    contributions.withdraw_contribution(contribution=taken, actor=world["Chidi"])
    running.next_step(session=world.session, actor=ada)
    running.undo(session=world.session, actor=ada)
    running.next_step(session=world.session, actor=ada)
    running.extend(session=world.session, actor=ada)
    running.reveal(session=world.session, actor=ada)
    for _ in range(3):
        running.next_step(session=world.session, actor=ada)
    world.say("Ben", "Only here I dare.", number=4)
    dialogues.keep_open(activity=world.steps[1], actor=ada, until=clock.now() + timedelta(days=1))
    with clock.at(clock.now() + timedelta(days=2)):
        dialogues.end_window(activity=world.steps[1])
    participants.remove(person=world["Hella"].participant, actor=ada)
    assert anonymous.pk == world.steps[4].pk
    return world


def found(world: World) -> list[str]:
    return [str(finding) for finding in verify(world.workshop.slug)]


def change(sql: str, *values) -> int:
    """Do what no operation does: write past the trigger that guards the log."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE sessions_app_event DISABLE TRIGGER event_is_final")
        cursor.execute(sql, values)
        changed = cursor.rowcount
        cursor.execute("ALTER TABLE sessions_app_event ENABLE TRIGGER event_is_final")
    return changed


@contextmanager
def taken_back():
    """Whatever is changed inside is as it was afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def event(world: World, verb: str) -> Event:
    return Event.objects.filter(workshop=world.workshop, verb=verb).earliest("seq")


def test_truth_has_no_findings(lived):
    assert found(lived) == []


@pytest.mark.parametrize("seed", range(3))
def test_whatever_facilitators_press_the_tables_agree(world, seed):
    chance = random.Random(seed)
    presses = ("start", "next_step", "next_step", "previous_step", "extend", "reveal", "undo", "close_session")
    done = 0
    for _ in range(80):
        try:
            getattr(running, chance.choice(presses[: 7 + (done > 25)]))(session=world.session, actor=world.ada)
            done += 1
            world.say("Ben", "Here.", number=chance.randrange(4))
        except Refused:
            continue

    assert done > 10
    assert found(world) == []


def test_a_changed_event_is_found(lived):
    for verb, sql, told in CHANGED_EVENTS:
        with taken_back():
            assert change(sql, event(lived, verb).pk) == 1, sql
            assert any(told in line for line in found(lived)), (sql, found(lived))


def test_a_lost_end_of_the_log_is_found(lived):
    change("DELETE FROM sessions_app_event WHERE id = %s", Event.objects.latest("pk").pk)

    assert any("the log ends at" in line for line in found(lived))


@pytest.mark.parametrize("reference", ["actor", "participant", "session", "activity", "dialogue", "contribution"])
def test_a_reference_into_another_workshop_is_found(lived, reference):
    other = make_world("Other", host="Eve")
    other.go_live()
    words = other.say("Ben", "Elsewhere.")
    elsewhere = {
        "actor": other.ada.participant.pk,
        "participant": other.ada.participant.pk,
        "session": other.session.pk,
        "activity": other.steps[0].pk,
        "dialogue": words.dialogue_id,
        "contribution": words.pk,
    }
    verb = {"participant": "participant.joined", "session": "session.planned", "activity": "activity.planned"}
    about = event(lived, verb.get(reference, "contribution.posted"))

    change(f"UPDATE sessions_app_event SET {reference}_id = %s WHERE id = %s", elsewhere[reference], about.pk)

    assert any(line.startswith("reference: ") and reference in line for line in found(lived)), found(lived)
    assert found(other) == []


def test_a_reference_to_nothing_is_found(lived):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'sessions_app_event'::regclass AND contype = 'f'"
        )
        names = [name for (name,) in cursor.fetchall()]
    for name in names:
        change(f'ALTER TABLE sessions_app_event DROP CONSTRAINT "{name}"')
    about = event(lived, "contribution.posted")

    change("UPDATE sessions_app_event SET contribution_id = %s WHERE id = %s", uuid.uuid4(), about.pk)
    change("UPDATE sessions_app_event SET actor_id = 987654 WHERE id = %s", about.pk)

    assert any("has a contribution that its dialogue does not have" in line for line in found(lived))
    assert any("as its actor" in line for line in found(lived))


def test_a_step_of_another_meeting_is_found(lived):
    change("UPDATE sessions_app_activity SET session_id = NULL WHERE id = %s", lived.steps[0].pk)

    assert any("has a step of another meeting" in line for line in found(lived))


def test_a_changed_table_is_found(lived):
    for table, sql, told in CHANGED_TABLES:
        with taken_back():
            assert change(f"UPDATE sessions_app_{table} {sql}") >= 1, sql
            assert any(told in line for line in found(lived)), (sql, found(lived))


def test_rows_that_no_event_knows_are_found(lived):
    workshop, step = lived.workshop, lived.steps[0]
    type(lived.session).objects.create(
        workshop=workshop, title="x", code="NOLOG1", starts_at=clock.now(), ends_at=clock.now() + timedelta(hours=1)
    )
    Activity.objects.create(workshop=workshop, kind="cards", title="x")
    type(lived.ada.participant).objects.create(workshop=workshop)
    Contribution.objects.create(
        dialogue=step.dialogues.get(), seq=10_000, via="room", place="hall", client_id=uuid.uuid4(), body="x",
        language="en", said_at=clock.now(), author=lived.ada.participant,
    )  # fmt: skip

    lines = found(lived)

    for told in ("session: ", "activity: ", "joined 0 times", "was posted 0 times"):
        assert any(told in line for line in lines), told


def test_a_name_behind_anonymous_words_is_found(lived):
    words = Contribution.objects.get(body="Only here I dare.")
    ben = lived["Ben"].participant.pk

    change("UPDATE sessions_app_event SET actor_id = %s WHERE contribution_id = %s", ben, words.pk)
    assert any(line.startswith("anonymity: ") for line in found(lived))

    change("UPDATE sessions_app_event SET actor_id = NULL WHERE contribution_id = %s", words.pk)
    change("UPDATE sessions_app_contribution SET author_id = %s WHERE id = %s", ben, words.pk)
    assert any("the table says whose it is" in line for line in found(lived))


def test_a_double_posting_is_found(lived):
    change(
        "UPDATE sessions_app_event SET verb = 'contribution.posted' WHERE id = %s",
        event(lived, "contribution.revised").pk,
    )

    assert any("was posted 2 times" in line for line in found(lived))
    assert any("was changed 0 times, and 1 earlier texts are kept" in line for line in found(lived))


def test_findings_tell_nobodys_words(lived):
    change(
        """UPDATE sessions_app_event SET data = '{"via": "my secret", "my secret": 1}' WHERE verb = %s""",
        "contribution.posted",
    )

    assert found(lived)
    assert not any("secret" in line for line in found(lived))


def test_command_says_so_and_ends_with_its_code(lived):
    out = StringIO()
    call_command("verify_log", lived.workshop.slug, stdout=out)
    assert "gapless, and the tables agree" in out.getvalue()

    change("UPDATE sessions_app_session SET state = 'closed'")
    with pytest.raises(CommandError, match="1 things are wrong") as trouble:
        call_command("verify_log", lived.workshop.slug, stdout=out)
    assert trouble.value.returncode == 1
    assert "has state closed, the log says live" in out.getvalue()

    with pytest.raises(CommandError, match="no workshop"):
        call_command("verify_log", "no-such-workshop")
