"""Makes a workshop for the bench through the project's own operations, and prints it as JSON; a process of its own."""

import argparse
import json
import os
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduction.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from sessions_app.models import Role, Workshop  # noqa: E402
from sessions_app.operations.activities import plan_activity  # noqa: E402
from sessions_app.operations.devices import seat  # noqa: E402
from sessions_app.operations.participants import add_person  # noqa: E402
from sessions_app.operations.running import start  # noqa: E402
from sessions_app.operations.sessions import plan_session  # noqa: E402
from sessions_app.operations.workshops import create_workshop  # noqa: E402
from sessions_app.policy import Actor  # noqa: E402


def make(people: int) -> dict[str, object]:
    """A meeting that is on, with one open question and this many people in it, each with a device of their own."""
    workshop = create_workshop(user=None, host_name="Kerstin", title="Bench")
    host = Actor(workshop.participants.get(roles__contains=[Role.FACILITATOR]))
    now = timezone.now()
    session = plan_session(
        workshop=workshop, actor=host, title="Bench", starts_at=now, ends_at=now + timedelta(hours=8)
    )
    activity = plan_activity(
        workshop=workshop, actor=host, session=session, kind="open_dialogue", title="Bench", minutes=600
    )
    start(session=session, actor=host)
    return {
        "session_id": session.pk,
        "room_path": reverse("room", args=[session.pk]),
        "dialogue_id": activity.dialogues.get().pk,
        "device_cookie": settings.DEVICE_COOKIE,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "people": [_person(workshop, number) for number in range(people)],
    }


def _person(workshop: Workshop, number: int) -> str:
    person = add_person(workshop=workshop, roles=[Role.PARTICIPANT], name=f"Person {number}", usual_place="remote")
    return seat("", person)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("people", type=int)
    print(json.dumps(make(parser.parse_args().people)))
