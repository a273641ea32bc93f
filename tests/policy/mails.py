"""Who may go where about mails; the keys are Ben's (part): who holds one acts as him. More of matrix.py's tables."""

from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse

from sessions_app import clock
from sessions_app.mail_links import answer_key, calendar_path, confirm_path, invited_path, open_key, stop_key
from sessions_app.models import Activity, Letter, MailChoice, Notice, Parked, Participant, Session
from sessions_app.operations import letters
from tests.policy.agreement_rows import OPENED, of
from tests.policy.record_rows import interpretation
from tests.world import World

GIVEN = "new@example.org"

# how  address              out seat staff lobby gone  guest part help scri rese faci
OPEN = """\
GET  open_mail              ok  ok   ok    ok    ok    ok    to   ok   ok   ok   ok
POST open_mail              to  to   to    to    to    to    to   to   to   to   to
GET  stop_mails             ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
POST stop_mails             ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
GET  confirm_address        ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
POST confirm_address        ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
GET  calendar               ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
GET  choose_by_mail         ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
POST choose_by_mail         ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
GET  eaa:check_by_mail      ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
POST eaa:check_by_mail      ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
GET  eaa:position_by_mail   ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
POST eaa:position_by_mail   ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
POST mail_choices           ..  ..   ..    ..    ..    to    to   to   to   to   to
POST mail_address           ..  ..   ..    ..    ..    to    to   to   to   to   to
GET  outbox                 ..  ..   ..    ..    ..    no    no   no   no   no   ok
GET  mail_kinds             ..  ..   ..    ..    ..    no    no   no   no   no   ok
GET  new_letter             ..  ..   ..    ..    ..    no    no   no   no   no   ok
POST new_letter             ..  ..   ..    ..    ..    no    no   no   no   no   to
POST remove_letter          ..  ..   ..    ..    ..    no    no   no   no   no   to
GET  mail                   ..  ..   ..    ..    ..    no    no   no   no   no   ok
GET  coming_mail            ..  ..   ..    ..    ..    no    no   no   no   no   ok
GET  work                   ..  ..   ..    ..    ..    no    no   no   no   no   ok
POST settle_mail            ..  ..   ..    ..    ..    no    no   no   no   no   to
POST settle_task            ..  ..   ..    ..    ..    no    no   no   no   no   to
GET  add_people             ..  ..   ..    ..    ..    ..    ..   no   no   ..  ok
POST add_people             ..  ..   ..    ..    ..    ..    ..   no   no   ..  to
GET  invited                ok  ok   ok    ok    ok    ok    to   ok   ok   ok   ok
POST invited                to  to   to    to    to    to    to   to   to   to   to
"""

CLOSED = """\
GET  open_mail              ok  ok   ok    ok    ok    ok    to   ok   ok   ok   ok
POST open_mail              to  to   to    to    to    to    to   to   to   to   to
POST stop_mails             ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
GET  calendar               ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
POST mail_choices           ..  ..   ..    ..    ..    to    to   to   to   to   to
POST mail_address           ..  ..   ..    ..    ..    to    to   to   to   to   to
GET  outbox                 ..  ..   ..    ..    ..    no    no   no   no   no   ok
GET  mail                   ..  ..   ..    ..    ..    no    no   no   no   no   ok
GET  new_letter             ..  ..   ..    ..    ..    no    no   no   no   no   no
POST new_letter             ..  ..   ..    ..    ..    no    no   no   no   no   no
POST remove_letter          ..  ..   ..    ..    ..    no    no   no   no   no   no
GET  add_people             ..  ..   ..    ..    ..    ..    ..   no   no   ..  no
POST add_people             ..  ..   ..    ..    ..    ..    ..   no   no   ..  no
GET  invited                ok  ok   ok    ok    ok    ok    to   ok   ok   ok   ok
"""

SHOWN_BY = {
    "stop_mails": "stop_mails",
    "confirm_address": "confirm_address",
    "choose_by_mail": "choose_by_mail",
    "eaa:check_by_mail": "eaa:check_by_mail",
    "eaa:position_by_mail": "eaa:position_by_mail",
    "new_letter": "new_letter",
    "remove_letter": "outbox",
    "mail_choices": "me",
    "mail_address": "me",
    "add_people": "people",
    "settle_mail": "work",
    "settle_task": "work",
}


def mailing(world: World) -> None:
    """Ben has an address, has given another one, and will be told of the next meeting."""
    ben, now = world["Ben"].participant, clock.now()
    Participant.objects.filter(pk=ben.pk).update(email="ben@example.org")
    MailChoice.objects.create(participant=ben, asked_address=GIVEN)
    times = dict.fromkeys(("due_at", "try_at", "stale_at", "made_at"), now)
    letters.write_letter(
        workshop=world.workshop,
        actor=world.ada,
        title="The bus",
        body="It leaves at nine.",
        people=[ben],
        send_at=now + timedelta(days=2),
    )
    meeting = Session.objects.get(workshop=world.workshop, title="Next")
    made = {"reason": "session_soon", "subject": f"{meeting.pk}:0", **times}
    Notice.objects.create(workshop=world.workshop, participant=ben, **made)
    never = {
        "reason": "thread_waits",
        "subject": f"{world.steps[0].pk}",
        "state": "parked",
        **times,
        "stale_at": now + timedelta(days=9),
    }
    Notice.objects.create(workshop=world.workshop, participant=ben, **never)
    step = {"task": "close_window", "about": world.steps[0].pk, "tries": 3, "reason": "ValueError"}
    Parked.objects.create(workshop=world.workshop, last_at=now, parked_at=now, **step)


def mail_things(world: World) -> dict[str, dict[str, tuple]]:
    ben, slug = world["Ben"].participant, world.workshop.slug
    return {
        "open_mail": {"": (open_key(ben),)},
        "stop_mails": {"": (stop_key(ben, "questions"),)},
        "confirm_address": {"": (key_of(confirm_path(ben, GIVEN)),)},
        "calendar": {"": (slug, calendar_path(ben).rpartition("/")[2].removesuffix(".ics"))},
        "invited": {"": (invited_path(ben, GIVEN).rstrip("/").rpartition("/")[2],)},
        "choose_by_mail": {"": (answer_key(ben, "choice", f"{poll_of(world)}:1"),)},
        "eaa:check_by_mail": {"": (answer_key(ben, "check", f"{interpretation(world).pk}:1"),)},
        "eaa:position_by_mail": {"": (answer_key(ben, "position", f"{of(world, OPENED).pk}:1"),)},
        "mail_choices mail_address outbox coming_mail add_people work new_letter mail_kinds": {"": (slug,)},
        "remove_letter": {"": (slug, Letter.objects.get(workshop=world.workshop).pk)},
        "settle_mail": {"": (slug, Notice.objects.get(workshop=world.workshop, reason="thread_waits").pk)},
        "settle_task": {"": (slug, Parked.objects.get(workshop=world.workshop).pk)},
        "mail": {"": (slug, Notice.objects.get(workshop=world.workshop, participant=ben, reason="session_soon").pk)},
    }


def poll_of(world: World) -> int:
    return Activity.objects.filter(workshop=world.workshop, kind="poll").values_list("pk", flat=True)[0]


def key_of(path: str) -> str:
    return path.removeprefix(reverse("confirm_address", args=["x"]).removesuffix("x/")).removesuffix("/")


def mail_queries(world: World) -> dict[str, str]:
    notice = world.workshop.notices.first()
    if notice is None:
        return {}
    about = {"reason": "session_tomorrow", "about": notice.subject, "to": world["Ben"].participant.pk}
    return {"coming_mail": f"?{urlencode(about)}"}


FORMS: dict[str, dict[str, object]] = {
    "choose_by_mail": {"choice": "2", "round": 1},
    "eaa:check_by_mail": {"head": 2, "answer": "that_is"},
    "eaa:position_by_mail": {"version": 1, "choice": "agree"},
    "new_letter": {"to": "everybody", "title": "Coats", "body": "It is cold.", "press": "send"},
    "mail_choices": {"frequency": "daily", "offered": ["questions"], "wanted": ["questions"]},
    "mail_address": {"forget": "1"},
    "settle_mail": {"again": "1"},
    "settle_task": {"again": "1"},
    "add_people": {"people": "Nora Berg, nora@example.org", "add": "1"},
}
