"""What can happen to cards that are sorted, for the story of anything that can happen."""

from sessions_app.errors import Refused
from sessions_app.operations import headings

KINDS = {"cards", "clustering"}


def heads(story, number):
    sorted_ones = [found for found in story.dialogues if found.activity.kind in KINDS]
    return sorted_ones[number % len(sorted_ones)]


def sort(story, number):
    said = [row for row in story.all_said() if row.dialogue.activity.kind in KINDS]
    if not said:
        raise Refused
    card = said[number % len(said)]
    heading = (None, 0, 1)[number % 3]
    headings.file_under(contribution=card, actor=story.actor(number), heading=heading)


def sort_beside(story, number):
    said = [row for row in story.all_said() if row.dialogue.activity.kind in KINDS]
    if len(said) < 2:
        raise Refused
    card, other = said[number % len(said)], said[(number + 1) % len(said)]
    headings.file_beside(contribution=card, actor=story.actor(number), other=other)


def add_heading(story, number):
    title = f"Heading {number % 5}"
    headings.add_heading(dialogue=heads(story, number), actor=story.actor(number), title=title)


def reword_heading(story, number):
    dialogue, heading = heads(story, number), number % 2
    if number % 3:
        headings.rename_heading(dialogue=dialogue, actor=story.world.ada, heading=heading, title=f"Other {number}")
    else:
        headings.remove_heading(dialogue=dialogue, actor=story.world["Sam"], heading=heading)


SORTING = {"sort": sort, "sort beside": sort_beside, "add heading": add_heading, "reword heading": reword_heading}
