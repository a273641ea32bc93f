"""Words in small groups, for tests."""

import uuid

from sessions_app.models import Contribution, Dialogue
from sessions_app.operations import contributions


def post(world, group, who: str, body: str = "In our group", **more) -> Contribution:
    dialogue = Dialogue.objects.select_related("activity__workshop", "activity__session", "group").get(group=group)
    given = {"via": "room", "client_id": uuid.uuid4(), **more}
    return contributions.post_contribution(dialogue=dialogue, actor=world[who], body=body, **given).contribution
