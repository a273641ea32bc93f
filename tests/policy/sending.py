"""What is sent to each address, and what follows its question mark: the forms of the cast's workshop."""

import uuid
from datetime import timedelta
from types import ModuleType

from sessions_app import clock
from sessions_app.models import (
    Response,
    Slip,
)
from tests.policy import agreement_rows, coding_rows, learning_rows, record_rows
from tests.policy.cast import DAY
from tests.policy.mails import FORMS, mail_queries
from tests.world import World

FRAMEWORK = (record_rows, agreement_rows, learning_rows, coding_rows)


def queries(world: World) -> dict[str, str]:
    epoch = world.workshop.epoch
    news = f"?after=3&epoch={epoch}"
    return {
        "room_earlier": "?before=1000",
        "room_news": news,
        "console_news": news,
        "screen_news": news,
        "thread_news": news,
        "group_news": news,
        "new_step": "?kind=cards",
        **record_rows.QUERIES,
        **mail_queries(world),
    }


def forms(world: World) -> dict[str, dict[str, object]]:
    """What is sent to each address, such that it would be done for somebody who may."""
    meeting = {"title": "Next", "day": DAY, "begins": "14:00", "ends": "15:00", "space": "same", "time": "same"}
    step = {"kind": "cards", "title": "Cards", "minutes": 10, "identity": "named"}
    about = {"title": "Calm", "contact_name": "Karin", "languages": ["en"], "time_zone": "Europe/Stockholm"}
    look = {"size": "100", "spacing": "normal", "theme": "auto", "language": "en"}
    soon = (clock.now() + timedelta(days=5)).date().isoformat()
    return {
        **{"go": {"code": world.session.code}, "appearance": look},
        "set_language": {"language": "sv"},
        "new_workshop": about | {"template": "thread_only", "question": "Why?", "day": soon, "clock": "20:00"},
        "change_workshop": about,
        "roles": {"roles": ["participant"]},
        "me": {"name": f"Somebody {uuid.uuid4().hex[:4]}", "usual_place": "hall"},
        "research": {"answer": "yes"},
        "needs": {"helps": ["break"], "access_needs": "Large print"},
        "after": {"summary": "We met, and agreed on one thing."},
        "place": {"place": "hall"},
        "leave": {"device": "1"},
        **dict.fromkeys(("new_meeting", "change_meeting"), meeting),
        "new_thread": {"prompt": "Why?", "identity": "named", "day": soon, "clock": "20:00"},
        **dict.fromkeys(("new_step", "change_step"), step),
        "controls": {"press": "extend", "rev": world.session.rev},
        **voices(world),
        **{"minutes": {"by": "more"}, "window": {"day": soon, "clock": "20:00"}},
        "bring": {"meeting": world.session.pk},
        "answer": {"choice": "2", "round": 1},
        "ballots": {"choice": "2", "round": 1, "ballot": f"A{uuid.uuid4().hex[:6]}"},
        "objections": {"objection": "1", "how": "Mended"},
        **methods(world),
        **hall(world),
        "post": {"body": "Words", "client_id": str(uuid.uuid4()), "name": "Gilbert"},
        "change_contribution": {"body": "Other words"},
        "headings": {"press": "add", "title": "Phone"},
        "file_contribution": {"heading": "none"},
        **in_groups(world),
        **{name: sent for rows in _framework(world) for name, sent in rows.forms(world).items()},
        **FORMS,
    }


def _framework(world: World) -> tuple[ModuleType, ...]:
    """What is sent to pages of records and agreements, once the group has made some."""
    return FRAMEWORK if world.workshop.eaa_agreements.exists() else ()


def in_groups(world: World) -> dict[str, dict[str, object]]:
    """What is sent from the pages of small groups."""
    return {
        "groups": {"press": "add"},
        "change_group": {"name": "The door", "call_link": "https://meet.example/door"},
        "note_taker": {"person": world["Ben"].participant.pk},
        "group_notes": {"note": "A lamp, and a chair."},
    }


def methods(world: World) -> dict[str, dict[str, object]]:
    """What is sent from the library of plans, and from ways of working that talk about cards of the step before."""
    asked = Response.objects.filter(dialogue__activity__workshop=world.workshop)
    heard = asked.filter(dialogue__activity__kind="say_it_back").first() or Response(pk=1, value={"about": "1"})
    carried = {"client_id": str(uuid.uuid4()), "cards": [heard.value["about"]], "body": "Words", "name": "Gilbert"}
    return {
        "meant": {"response": heard.pk, "meant": "yes", "words": "Words"},
        "carry": carried,
        "methods": {"client_id": str(uuid.uuid4()), "method": "round"},
    }


def voices(world: World) -> dict[str, dict[str, object]]:
    """What is sent from the queue, the signals and the console."""
    return {
        "send_message": {"body": "In five minutes we break."},
        "private_note": {"note": "Come back to Ben."},
        "hand_over": {"task": "online", "person": world["Hella"].participant.pk},
        "mirror": {"press": "show"},
        "scribe": {"lines": "Said aloud", "client_id": str(uuid.uuid4()), "step": world.dialogue(1).pk},
        "ask_turn": {"name": "Gilbert"},
        "turn": {"press": "withdraw"},
        "signal": {"kind": "cant_follow"},
        "answer_signals": {"kind": "cant_follow"},
    }


def hall(world: World) -> dict[str, dict[str, object]]:
    """What is sent for the hall."""
    return {
        "said": {"code": Slip.objects.filter(session=world.session).values_list("code", flat=True).first()},
        "slip": {"press": "yes"},
        "pack": {"cards": "2"},
        "set_screen": {"theme": "dark", "captions": "1"},
        "tell_of_room": {"note": "They talk about waiting."},
        "count_paper": {"notes": "12"},
    }
