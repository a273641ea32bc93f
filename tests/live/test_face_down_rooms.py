"""Blind is blind on the wire: no frame of a real socket holds what lies face down, whatever the way of working."""

from datetime import timedelta

import pytest

from sessions_app import clock
from sessions_app.kinds import all_kinds
from sessions_app.models import Dialogue, Workshop
from sessions_app.operations import activities, dialogues, limits, running
from tests.kinds.filling import hand_in_paper, lay_out_cards, options_for, say, write_down
from tests.live.lines import until
from tests.world import add

ASKED = {key: kind for key, kind in all_kinds().items() if kind.invites()}
MARK = "zebrafinch"


@pytest.fixture
def lay(world, browser_of):
    """`lay(key)`: the meeting's only step and a thread are of that kind; four answers lie face down in both."""
    for step in world.steps:
        activities.remove_activity(activity=step, actor=world.ada)
    add(world, "Nora")

    def _lay(key) -> list[Dialogue]:
        given = {"workshop": world.workshop, "actor": world.ada, "kind": key, "options": options_for(ASKED[key])}
        if ASKED[key].quotes:
            lay_out_cards(world)
        step = activities.plan_activity(session=world.session, prompt="What?", blind=True, **given)
        until = clock.now() + timedelta(days=1)
        thread = dialogues.open_thread(prompt="And you?", until=until, blind=True, **given)
        if ASKED[key].quotes:
            running.next_step(session=world.session, actor=world.ada)
        else:
            world.go_live()
        found = Dialogue.objects.select_related("activity__workshop", "activity__session")
        # A thread has no step before it whose words could be said back.
        return [found.get(activity=activity) for activity in ((step,) if ASKED[key].quotes else (step, thread))]

    return _lay


def contribute(world, key, dialogue, browser_of) -> None:
    limits._buckets.clear()
    page = browser_of("Ben").get(f"/dialogues/{dialogue.pk}/answer/") if ASKED[key].takes_answers else None
    form = page.content.decode() if page else ""
    for turn, who in enumerate(("Ben", "Chidi")):
        say(world, dialogue, who, f"{MARK} {who}", turn=turn, form=form)
    write_down(world, dialogue, "Hella", f"{MARK} Hella", turn=2, form=form)
    hand_in_paper(world, dialogue, f"{MARK} paper", turn=3, form=form)


def whole(line) -> None:
    """LINE has heard all that happened until now."""
    pk = int(line.workshop)
    head = Workshop.objects.values_list("head_seq", flat=True).get(pk=pk)
    until(lambda: any(f'"through":{head}' in text or f'"head":{head}' in text for text in line.all))


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("key", sorted(ASKED))
def test_no_frame_holds_what_lies_face_down(world, enter, process, lay, cookies_of, browser_of, key):
    both = lay(key)
    lines = [enter("Nora"), *(enter("Nora", dialogue=dialogue.pk) for dialogue in both)]
    for name in (None, "Rana"):
        line = process.line(f"/live/room/{world.session.pk}/", cookies_of(name) if name else "")
        until(line.opened.is_set)
        assert line.code == 403
    for line in lines:
        line.workshop = world.workshop.pk

    for dialogue in both:
        contribute(world, key, dialogue, browser_of)
    for line in lines:
        whole(line)
    told = "\n".join(text for line in lines for text in line.all)
    again = enter("Nora", after=0)  # and all of it once more, for who was away
    told += "\n".join(again.all)

    assert MARK not in told
    assert "4 answers" in told or "4 cards" in told
    assert [name for name in ("Ben", "Chidi", "Hella") if f"{name}<" in told or f">{name}" in told] == []
    running.reveal(session=world.session, actor=world.ada)
    for dialogue in both[1:]:
        dialogues.end_window(activity=dialogue.activity, actor=world.ada)
    if ASKED[key].takes_words or ASKED[key].takes_reasons or "word" in key:
        for line in lines:
            until(lambda line=line: MARK in "".join(line.all))
    else:
        until(lambda: any('"id":"room-board"' in text for text in lines[0].all[-3:]))
