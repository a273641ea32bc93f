"""Real processes on the day on which the clocks change: a question opens and closes at its time on the wall."""

import sys
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from sessions_app import clock
from sessions_app.forms.meetings import ThreadForm
from sessions_app.models import Event, Workshop
from sessions_app.operations.dialogues import open_thread
from sessions_app.verbs import Verb
from tests.slow.test_mails import ALONE, mail_server, spawn  # noqa: F401
from tests.slow.waiting import until
from tests.world import make_world

# Celery in a process whose clock was moved, and goes on from there.
AT = """
import sys, time_machine
from datetime import datetime
time_machine.travel(datetime.fromisoformat(sys.argv.pop(1)), tick=True).start()
from celery.__main__ import main
main()
"""
LATE = timedelta(seconds=45)  # two polls and a slow machine
DAYS = [
    ("Europe/London", date(2026, 10, 25)),
    ("Europe/London", date(2027, 3, 28)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Asia/Kathmandu", date(2026, 10, 25)),
]


@pytest.mark.parametrize(("zone", "day"), DAYS)
def test_a_question_opens_and_closes_on_time(meeting, spawn, tmp_path, zone, day):  # noqa: F811
    here = ZoneInfo(zone)
    opens, closes = (datetime.combine(day, at, tzinfo=here) for at in (time(8, 0), time(8, 1)))
    thread = planned(zone, opens, closes)

    words = ["-A", "coproduction.celery"]
    at = (opens - timedelta(seconds=20)).isoformat()
    more = ["-l", "WARNING", "-s", str(tmp_path / "beat"), "--pidfile="]
    spawn(sys.executable, "-c", AT, at, *words, "beat", *more)
    spawn(sys.executable, "-c", AT, at, *words, "worker", "-c", "1", "-P", "threads", *ALONE)

    until(lambda: happened(thread, Verb.ACTIVITY_OPENED), within=120)
    until(lambda: happened(thread, Verb.ACTIVITY_ENDED), within=180)
    opened, ended = happened(thread, Verb.ACTIVITY_OPENED), happened(thread, Verb.ACTIVITY_ENDED)
    assert (len(opened), len(ended)) == (1, 1)
    assert opens <= opened[0] <= opens + LATE
    assert closes <= ended[0] <= closes + LATE
    assert opened[0].astimezone(here).hour == 8


def planned(zone, opens, closes):
    """A question whose times were typed on the day before the clocks change."""
    world = make_world()
    Workshop.objects.filter(pk=world.workshop.pk).update(time_zone=zone)
    typed = {"prompt": "Who comes?", "identity": "named", "opens_day": opens.date(), "opens_clock": opens.time()}
    form = ThreadForm(typed | {"day": closes.date(), "clock": closes.time()}, zone=ZoneInfo(zone))
    assert form.is_valid(), form.errors
    given = {name: form.cleaned_data[name] for name in ("prompt", "opens", "until")}
    with clock.at(opens - timedelta(hours=20)):
        return open_thread(workshop=world.workshop, actor=world.ada, **given)


def happened(thread, verb):
    return list(Event.objects.filter(activity=thread, verb=verb).values_list("at", flat=True))
