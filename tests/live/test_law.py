"""The law: pieces of what happened since any cursor, put on the page of then, make the page of now. For everybody."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sessions_app import clock
from sessions_app.live.audience import Audience, Scope
from sessions_app.live.beside import beside
from sessions_app.live.groups import group_dialogue, group_pieces, seats_piece
from sessions_app.live.reading import happened_since, pieces_for
from sessions_app.live.screen import screen_context
from sessions_app.models import Contribution, Dialogue, Session, Workshop
from sessions_app.queries.groups import groups_in_room, groups_view
from sessions_app.queries.rooms import room_view
from sessions_app.queries.threads import thread_view
from sessions_app.verification import verify
from tests.live.grouping import words_in_groups
from tests.live.page import Page
from tests.live.story import ACTS, Story

NOW = datetime(2026, 10, 8, 12, 30, tzinfo=UTC)
ROUNDS = int(os.environ.get("LAW_ROUNDS", "12"))
ACT = st.tuples(st.sampled_from(["say", "say", "start", "next", "wait", *ACTS]), st.integers(0, 11))

pytestmark = pytest.mark.django_db


def audiences(story):
    """The room, the thread of its face-down step and one of its own, in the eyes of facilitators and the others."""
    workshop, session = story.world.workshop.pk, story.world.session.pk
    threads = [
        (Scope.THREAD, dialogue.pk) for dialogue in (story.dialogues[1], story.thread, story.sorted, story.chosen)
    ]
    return [
        Audience(workshop, scope, pk, is_facilitator, language)
        for scope, pk in [(Scope.ROOM, session), (Scope.SCREEN, session), *threads]
        for is_facilitator, language in ((True, "en"), (False, "sv"))
    ] + [Audience(workshop, Scope.GROUP, story.grouped.pk, False, "en", session_id=session)]


def draw_page(audience):
    """The regions of the audience's page, drawn as the page draws them."""
    if audience.scope == Scope.ROOM:
        session = Session.objects.select_related("workshop", "current_activity").get(pk=audience.scope_id)
        context = {"room": room_view(session, is_facilitator=audience.is_facilitator)}
        regions = {"room-now": "now", "room-side": "side", "room-controls": "controls", "room-wall": "wall"}
        if not audience.is_facilitator:
            del regions["room-controls"]
        folder = "rooms"
    elif audience.scope == Scope.SCREEN:
        session = Session.objects.select_related("workshop", "current_activity").get(pk=audience.scope_id)
        context, folder = screen_context(session), "screen"
        regions = {f"screen-{part}": part for part in ("main", "foot", "look")}
    else:
        found = Dialogue.objects.select_related("activity__workshop", "activity__session")
        context = {"thread": thread_view(found.get(pk=audience.scope_id), is_facilitator=audience.is_facilitator)}
        regions, folder = {"thread-state": "state", "thread-says": "says"}, "threads"
    with translation.override(audience.language):
        drawn = {name: render_to_string(f"{folder}/{template}.html", context) for name, template in regions.items()}
        for piece in more_pieces(audience):
            drawn[piece["id"]] = piece["html"]
    return "".join(f'<div id="{name}">{html}</div>' for name, html in drawn.items())


def more_pieces(audience):
    """What the page has beside: line, notices and seats of a room; time, people and notes of a group."""
    if audience.scope == Scope.ROOM:
        session = Session.objects.select_related("workshop", "current_activity").get(pk=audience.scope_id)
        step = session.current_activity
        return [*beside(session), seats_piece(audience, groups_in_room(step))]
    if audience.scope == Scope.GROUP:
        dialogue = group_dialogue(audience.scope_id)
        return group_pieces(groups_view(dialogue.activity).row_of(dialogue.group_id))
    return []


def head_of(story):
    return Workshop.objects.values_list("head_seq", flat=True).get(pk=story.world.workshop.pk)


def news(story, audience, after):
    return pieces_for(audience, happened_since(story.world.workshop.pk, after))


def hidden_words(story):
    lying = [dialogue for dialogue in story.dialogues if dialogue.activity.is_hidden]
    said = Contribution.objects.filter(dialogue__in=lying).exclude(body="")
    return [words for row in said.values_list("body", "gloss") for words in row if words]


@settings(max_examples=ROUNDS, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACT, min_size=3, max_size=14))
@example(acts=[("say", 4), ("withdraw", 0), ("say", 4), ("withdraw", 1)])
@example(acts=[("start", 0), ("say", 1), ("say", 4), ("withdraw", 0), ("rename", 4)])
@example(acts=[("start", 0), ("next", 0), ("say", 1), ("reveal", 0), ("undo", 0), ("say", 2)])
@example(acts=[("start", 0), ("next", 0), ("undo", 0), ("next", 0), ("close", 0), ("undo", 0)])
@example(
    acts=[("say", 5), ("bring", 0), *[("start", 0)], *[("next", 0)] * 4, ("say", 5), ("revise", 0), ("withdraw", 0)]
)
@example(acts=[("start", 0), *[("next", 0)] * 4, ("say in group", 0), ("reword in group", 0), ("reword in group", 0)])
@example(acts=[("start", 0), ("next", 0), ("wait", 2), ("say", 0), ("back", 0), ("wait", 11), ("undo", 0)])
@example(
    acts=[
        ("start", 0),
        ("come in", 0),
        ("ask", 1),
        ("ask", 2),
        ("turn", 0),
        ("signal", 9),
        ("rename", 2),
        ("message", 1),
    ]
)
@example(
    acts=[("start", 0), ("ask", 1), ("turn", 0), ("signal", 0), ("move", 1), ("close", 0), ("undo", 0), ("turn", 0)]
)
@example(
    acts=[
        *[("start", 0), ("next", 0), ("say", 1), ("say", 3), ("reveal", 0), ("add heading", 2), ("sort", 1)],
        *[("add heading", 3), ("sort", 2), ("sort", 0), ("say", 6), ("reword heading", 1), ("reword heading", 0)],
        *[("withdraw", 0), ("sort", 1)],
    ]
)
@example(acts=[("say", 4), ("say", 5), ("add heading", 0), ("add heading", 1), ("sort", 1), ("reword heading", 3)])
@example(
    acts=[
        *[("start", 0)],
        *[("next", 0)] * 4,
        *[("make groups", 1), ("say in group", 0), ("say in group", 1), ("seat", 1), ("note", 0), ("carry", 0)],
        *[("withdraw", 0), ("carry", 1), ("gather", 0), ("carry", 3), ("gather", 1), ("time and tell", 1)],
        *[("seat", 4), ("carry", 0), ("rename", 2), ("add group", 1), ("make groups", 2), ("undo", 0)],
    ]
)
@example(acts=[("start", 0), ("say", 1), ("change workshop", 1), ("change session", 0), ("change", 1)])
def test_pieces_from_any_cursor_make_the_page_of_now(acts):
    with transaction.atomic():
        stretch, now = [], NOW
        with clock.at(now):
            story = Story()
        for name, number in [*acts, ("wait", 1)]:
            if name != "wait":
                stretch.append((name, number))
                continue
            with clock.at(now):
                play(story, stretch)
            stretch, now = [], now + number * timedelta(seconds=3)
        assert list(verify(story.world.workshop.slug)) == []
        transaction.set_rollback(True)


def play(story, acts):
    """What happens at one moment. When time goes on, timers and windows move by themselves: then pages begin anew."""
    watchers = audiences(story)
    pages = [(head_of(story), {who: draw_page(who) for who in watchers})]
    open_pages = {who: Page(html) for who, html in pages[0][1].items()}
    for name, number in acts:
        if not story.act(name, number):
            continue
        after = pages[-1][0]
        drawn = {who: draw_page(who) for who in watchers}
        for who in watchers:
            pieces = news(story, who, after)
            open_pages[who].apply(pieces)
            assert str(open_pages[who]) == str(Page(drawn[who])), f"{who} after {name} {number}"
            nothing_shines_through(story, f"{pieces}{drawn[who]}")
            if who.scope != Scope.GROUP:
                assert [words for words in words_in_groups(story) if words in f"{pieces}{drawn[who]}"] == []
        pages.append((head_of(story), drawn))
    last = pages[-1][1]
    for after, drawn in pages[:-1]:
        for who in watchers:
            page = Page(drawn[who])
            page.apply(news(story, who, after))
            assert str(page) == str(Page(last[who])), f"{who} from {after}"


def nothing_shines_through(story, text):
    """Blind is blind: nothing that is drawn for many holds words that lie face down."""
    assert [words for words in hidden_words(story) if words in text] == []
