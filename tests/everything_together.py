"""The part of everything that people do in pairs and in small groups."""

import uuid
from datetime import timedelta

from django.http import QueryDict

from sessions_app import clock
from sessions_app.models import Dialogue
from sessions_app.operations import (
    activities,
    carrying,
    carrying_on,
    circles,
    contributions,
    group_work,
    groups,
    meaning,
    responses,
    rounds,
    running,
    sessions,
)
from tests.world import World

DAY = timedelta(days=1)


def two_four_all(world: World) -> None:
    """A round, pairs that carry a card on, and a sentence that says it back."""
    soon = clock.now() + DAY
    short = sessions.plan_session(
        workshop=world.workshop, actor=world.ada, title="In pairs", starts_at=soon, ends_at=soon + timedelta(hours=1)
    )
    kinds = ("check_in_round", "together", "say_it_back")
    first, pairs, back = (
        activities.plan_activity(workshop=world.workshop, actor=world.ada, session=short, kind=kind) for kind in kinds
    )
    running.start(session=short, actor=world.ada)
    here = {world[name].participant.pk for name in ("Ben", "Chidi")}
    rounds.begin_round(session=short, actor=world.ada, here=here)
    said = contributions.post_contribution(
        dialogue=first.dialogues.get(), actor=world["Ben"], body="calm Hello", via="room", client_id=uuid.uuid4()
    ).contribution
    rounds.has_answered(activity=first, person=said.author_id, actor=world["Ben"], here=here)
    running.next_step(session=short, actor=world.ada)
    circles.name_circles(session=short, actor=world.ada, here=here)
    given = {"cards": [str(said.pk)], "client_id": uuid.uuid4(), "via": "room"}
    card = carrying_on.carry_on(dialogue=pairs.dialogues.get(), actor=world["Ben"], **given).contribution
    running.next_step(session=short, actor=world.ada)
    heard = responses.give_answer(
        dialogue=back.dialogues.get(),
        actor=world["Chidi"],
        sent=QueryDict(f"about={card.pk}&reason=Hello"),
        via="room",
        reason="Hello",
    )
    told = {"response": heard.pk, "meant": "almost", "words": "calm"}
    meaning.tell_meaning(dialogue=back.dialogues.get(), actor=world["Ben"], **told)
    running.close_session(session=short, actor=world.ada)


def small_groups(world: World) -> None:
    """Two groups: people move, take notes, are told something, come back; what they said is carried back and forth."""
    ada, ben = world.ada, world["Ben"]
    soon = clock.now() + DAY
    meeting = sessions.plan_session(
        workshop=world.workshop, actor=ada, title="Talk", starts_at=soon, ends_at=soon + timedelta(hours=1)
    )
    step = activities.plan_activity(workshop=world.workshop, actor=ada, session=meeting, kind="small_groups")
    running.start(session=meeting, actor=ada)
    made = groups.make_groups(activity=step, actor=ada, rule="number", count=2)
    group = made[0]
    groups.remove_group(group=groups.add_group(activity=step, actor=ada), actor=ada)
    for place in (None, group):
        groups.move_person(activity=step, actor=ada, person=ben.participant, group=place)
    group_work.change_group(group=group, actor=ada, name="calm", call_link="https://meet.example/Hello")
    group_work.set_timer(activity=step, actor=ada, minutes=3)
    group_work.set_timer(activity=step, actor=ada, minutes=None, group=group)
    group_work.tell_groups(activity=step, actor=ada, text="calm Hello")
    group_work.tell_groups(activity=step, actor=ada, text="calm Hello", group=group)
    dialogue = Dialogue.objects.select_related("activity__workshop", "activity__session").get(group=group)
    said = {"dialogue": dialogue, "actor": ben, "via": "room"}
    source = contributions.post_contribution(body="Hello", client_id=uuid.uuid4(), **said).contribution
    group_work.name_note_taker(group=group, actor=ben, person=ben.participant)
    group_work.keep_notes(group=group, actor=ben, text="calm Hello")
    for what in ("cards", "notes"):
        carrying.carry_back(activity=step, actor=ada, what=what)
    carrying.undo_carrying(activity=step, actor=ada)
    carrying.carry_back(activity=step, actor=ada)
    contributions.withdraw_contribution(contribution=source, actor=ben)
    group_work.name_note_taker(group=group, actor=ada, person=None)
    groups.bring_back(activity=step, actor=ada)
    groups.send_out(activity=step, actor=ada)
    running.close_session(session=meeting, actor=ada)
