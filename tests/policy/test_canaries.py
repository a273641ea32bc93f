"""Marked words in every place that not everybody may look into; then every page of every role is read."""

import pytest
from django.db import transaction
from django.urls import reverse

from eaa.models import Agreement, LearningNote, RecordVersion
from sessions_app.models import Activity, Contribution, Group, Participant, Workshop
from sessions_app.operations import contributions, participants
from tests.policy import matrix
from tests.policy.cast import group_of, things
from tests.policy.sending import queries

pytestmark = pytest.mark.django_db
FRAGMENTS = {"room_earlier", "lobby"}  # pages that are something else when asked for as a part
# The words on a slip are for whoever holds it; nobody here holds one: tests/operations/test_slips.py.
# A key in a mail lets whoever holds it act as one person: tests/mails/test_answers_by_mail.py.
BY_KEY = {"choose_by_mail", "eaa:check_by_mail", "eaa:position_by_mail", "invited"}
NOT_LOOKED_AT = {"front", "appearance", "health_live", "new_workshop", "slip", *BY_KEY}
FACE_DOWN, ELSEWHERE, TAKEN_BACK, TO_COME = "zebrafinch", "goldcrest", "nightjar", "wheatear"
GROUPED, NOTED = "redstart", "fieldfare"
DRAFTED, KEPT, LEARNT = "wryneck", "ortolan", "waxwing"
NEEDS, ADDRESS, WAITING, GONE, PURPOSE = "lapwing", "dunnock", "siskin", "whinchat", "dotterel"
# Who may read what; everybody else must not.
MAY = {
    FACE_DOWN: {"part"},  # whoever wrote it
    ELSEWHERE: {"staff", "seat"},
    TAKEN_BACK: set(),
    GROUPED: {"part", "scri", "faci"},
    LEARNT: {"part", "faci"},  # whoever told it; the researcher has no yes of theirs
    NOTED: {"part", "scri", "faci"},
    DRAFTED: {"scri", "faci"},  # a draft of an agreement
    KEPT: {"part"},  # something that its owner brings and has hidden
    TO_COME: {"faci"},
    NEEDS: {"faci", "help", "scri", "part"},
    ADDRESS: {"part"},
    WAITING: {"faci", "help", "scri", "lobby"},
    GONE: set(),
    PURPOSE: {"guest", "part", "help", "scri", "rese", "faci"},
}


@pytest.fixture
def marked(cast):
    world = cast.world
    with transaction.atomic():
        Contribution.objects.filter(dialogue=world.dialogue(1)).update(body=FACE_DOWN)
        Contribution.objects.filter(dialogue=cast.other.dialogue(0)).update(body=ELSEWHERE)
        Contribution.objects.filter(dialogue__group=group_of(world)).update(body=GROUPED)
        Group.objects.filter(pk=group_of(world).pk).update(notes=NOTED)
        Agreement.objects.filter(workshop=world.workshop, title="Calmer still").update(title=DRAFTED)
        RecordVersion.objects.filter(record__workshop=world.workshop, record__shown="hidden").update(text=KEPT)
        LearningNote.objects.filter(session__workshop=world.workshop).update(text=LEARNT)
        said = world.say("Chidi", TAKEN_BACK, 0, via="thread")
        contributions.revise_contribution(contribution=said, actor=world["Chidi"], body=f"{TAKEN_BACK} again")
        contributions.withdraw_contribution(contribution=said, actor=world["Chidi"])
        Activity.objects.filter(pk__in=[step.pk for step in world.steps[2:]]).update(prompt=TO_COME)
        ben = world["Ben"]
        participants.answer_consent(person=ben.participant, actor=ben, purpose="research", yes=False)
        mine = Participant.objects.filter(pk=cast.people["part"].pk)
        mine.update(access_needs=NEEDS, email=f"{ADDRESS}@example.org")
        Participant.objects.filter(pk=cast.people["lobby"].pk).update(name=WAITING, name_key=WAITING)
        Participant.objects.filter(pk=cast.people["gone"].pk).update(name=GONE, name_key=GONE)
        Workshop.objects.filter(pk=world.workshop.pk).update(purpose=PURPOSE)
        yield cast
        transaction.set_rollback(True)


def everything(cast, role: str) -> str:
    """All that ROLE can read anywhere, by every way in, in their own workshop and by guessing in it."""
    browser, seen = cast.browser(role), []
    for world in (cast.world, cast.other):
        known = things(cast, world)
        for row in matrix.rows(matrix.OPEN) + matrix.rows(matrix.HIDDEN):
            if row.how == "GET" and row.name not in NOT_LOOKED_AT:
                for args in known.get(row.name, {"": ()}).values():
                    address = reverse(row.name, args=args) + queries(world).get(row.name, "").replace(
                        "after=3", "after=0"
                    )
                    ways = ({}, {"HTTP_HX_REQUEST": "true"}) if row.name in FRAGMENTS else ({},)
                    seen += [browser.get(address, **way).content.decode() for way in ways]
    return " ".join(seen)


@pytest.mark.parametrize("role", matrix.ROLES)
def test_nobody_reads_what_is_not_for_them(marked, role):
    text = everything(marked, role)

    assert [mark for mark, roles in MAY.items() if mark in text and role not in roles] == []


def test_the_marks_are_somewhere(marked):
    """Else the test above would prove nothing."""
    shown = "".join(everything(marked, role) for role in ("part", "faci", "staff"))

    expected = {FACE_DOWN, ELSEWHERE, TO_COME, WAITING, NEEDS, GROUPED, NOTED, DRAFTED, KEPT, LEARNT}
    assert {mark for mark in MAY if mark in shown} >= expected
