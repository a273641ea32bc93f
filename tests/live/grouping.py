"""What can happen in small groups, for the story of anything that can happen."""

import uuid

from sessions_app.errors import Refused
from sessions_app.models import Activity, Contribution, Dialogue, Group
from sessions_app.operations import activities, carrying, contributions, group_work, groups

SEATED = ("Ben", "Chidi", "Gil")


def begin_groups(world) -> Dialogue:
    """A step in two small groups, before the meeting. Returns the dialogue of the first, which always stays."""
    step = activities.plan_activity(
        workshop=world.workshop, actor=world.ada, session=world.session, kind="small_groups"
    )
    return groups.make_groups(activity=step, actor=world.ada, rule="number", count=2)[0].dialogue


def step_of(story) -> Activity:
    return Activity.objects.select_related("workshop", "session").get(pk=story.grouped.activity_id)


def group_of(story, number) -> Group:
    found = Group.objects.select_related("dialogue", "activity__workshop", "activity__session")
    standing = list(found.filter(activity=story.grouped.activity_id))
    return standing[number % len(standing)]


def make(story, number):
    rule = ("number", "mixed", "choice", "place")[number % 4]
    groups.make_groups(
        activity=step_of(story), actor=story.world.ada, rule=rule, size=2 + number % 3, count=1 + number % 3
    )


def seat(story, number):
    person = story.world[SEATED[number % 3]].participant
    group = None if number % 5 == 0 else group_of(story, number)
    groups.move_person(activity=step_of(story), actor=story.world.ada, person=person, group=group)


def say_in_group(story, number):
    group = group_of(story, number)
    found = Dialogue.objects.select_related("activity__workshop", "activity__session", "group")
    given = {"via": "room", "client_id": uuid.uuid4(), "body": story.new_words(), "name": f"Guest {number}"}
    contributions.post_contribution(dialogue=found.get(group=group), actor=story.world["Sam"], **given)


def reword_in_group(story, number):
    sam = story.world["Sam"]
    said = Contribution.objects.filter(dialogue=group_of(story, number).dialogue, author=sam.participant)
    card = said.select_related("dialogue__activity__workshop", "dialogue__group").filter(withdrawn_at=None).first()
    if card is None:
        raise Refused
    contributions.revise_contribution(contribution=card, actor=sam, body=story.new_words())


def note(story, number):
    group, sam = group_of(story, number), story.world["Sam"]
    group_work.name_note_taker(group=group, actor=sam, person=sam.participant)
    group_work.keep_notes(group=group, actor=sam, text=story.new_words())


def time_and_tell(story, number):
    group = None if number % 2 else group_of(story, number)
    minutes = number if number % 3 else None
    group_work.set_timer(activity=step_of(story), actor=story.world.ada, minutes=minutes, group=group)
    group_work.tell_groups(activity=step_of(story), actor=story.world.ada, text=story.new_words(), group=group)


def gather(story, number):
    operation = groups.send_out if number % 2 else groups.bring_back
    operation(activity=step_of(story), actor=story.world.ada)


def carry(story, number):
    step = step_of(story)
    if number % 4 == 3:
        carrying.undo_carrying(activity=step, actor=story.world.ada)
    else:
        what = carrying.NOTES if number % 2 else carrying.CARDS
        carrying.carry_back(activity=step, actor=story.world.ada, what=what)


def add_or_remove(story, number):
    if number % 2:
        groups.add_group(activity=step_of(story), actor=story.world.ada)
    else:
        group = group_of(story, number + 1)
        if group.dialogue == story.grouped:
            raise Refused
        groups.remove_group(group=group, actor=story.world.ada)


def words_in_groups(story) -> list[str]:
    """What was written in groups and is on nobody else's table."""
    said = Contribution.objects.filter(dialogue__group__isnull=False, withdrawn_at=None)
    here = set(said.exclude(body="").values_list("body", flat=True))
    carried = Contribution.objects.filter(dialogue__group=None).values_list("body", flat=True)
    notes = {line for text in Group.objects.values_list("notes", flat=True) for line in text.split("\n") if line}
    return sorted((here | notes) - set(carried))


GROUPING = {
    "make groups": make,
    "seat": seat,
    "say in group": say_in_group,
    "reword in group": reword_in_group,
    "note": note,
    "time and tell": time_and_tell,
    "gather": gather,
    "carry": carry,
    "add group": add_or_remove,
}
