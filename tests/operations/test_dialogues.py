"""Between the meetings: threads, steps that are kept open, windows that end once, what is brought along."""

import uuid
from datetime import timedelta

import pytest

from sessions_app import clock
from sessions_app.errors import BadText, Closed, NotAllowed, NotFound, Refused
from sessions_app.models import Activity, Contribution, Dialogue, Event, Reading
from sessions_app.operations import activities, contributions, dialogues, running
from sessions_app.queries.rooms import brought_along
from sessions_app.queries.timeline import PAGE
from sessions_app.tasks import close_due_windows
from tests.text.nasty import FAMILY
from tests.together import kinds, together
from tests.world import make_world

DAY = timedelta(days=1)


def thread(world, prompt="What do you need?", days=3, **more):
    return dialogues.open_thread(
        workshop=world.workshop, actor=world.ada, prompt=prompt, until=clock.now() + days * DAY, **more
    )


def verbs(world, activity):
    return list(Event.objects.filter(activity=activity).order_by("seq").values_list("verb", flat=True))


def post(world, activity, who="Ben", words="Words"):
    dialogue = Dialogue.objects.select_related("activity__workshop", "activity__session").get(activity=activity)
    return contributions.post_contribution(
        dialogue=dialogue, actor=world[who], body=words, via="thread", client_id=uuid.uuid4()
    ).contribution


def test_thread_is_open_from_now_until_then(world):
    activity = thread(world)

    assert (activity.session, activity.title, activity.prompt) == (None, "What do you need?", "What do you need?")
    assert verbs(world, activity) == ["activity.planned", "activity.opened", "activity.kept_open"]
    assert post(world, activity).late is False
    with clock.at(clock.now() + 3 * DAY), pytest.raises(Closed):
        post(world, activity)


def test_title_of_a_thread_is_never_cut_inside_a_sign(world):
    activity = thread(world, f"{'a' * 118}{FAMILY * 3} and then some")

    assert activity.title == f"{'a' * 118}{FAMILY * 2}"
    assert activity.prompt == f"{'a' * 118}{FAMILY * 3} and then some"


@pytest.mark.parametrize("prompt", ["", "  ", "\u200b"])
def test_thread_needs_a_question(world, prompt):
    with pytest.raises(BadText):
        thread(world, prompt)

    assert Activity.objects.filter(session=None).count() == 0


@pytest.mark.parametrize("days", [0, -1, 367])
def test_impossible_last_moments_are_refused(world, days):
    world.go_live()

    with pytest.raises(BadText):
        thread(world, days=days)
    with pytest.raises(BadText):
        dialogues.keep_open(activity=world.steps[0], actor=world.ada, until=clock.now() + days * DAY)


@pytest.mark.parametrize(("who", "refusal"), [("Sam", NotAllowed), ("Ben", NotAllowed), ("Rana", NotFound)])
def test_only_facilitators_open_and_end_windows(world, who, refusal):
    world.go_live()
    until = clock.now() + DAY
    activity = thread(world)

    with pytest.raises(refusal):
        dialogues.open_thread(workshop=world.workshop, actor=world[who], prompt="Mine?", until=until)
    with pytest.raises(refusal):
        dialogues.keep_open(activity=world.steps[0], actor=world[who], until=until)
    with pytest.raises(refusal):
        dialogues.end_window(activity=activity, actor=world[who])
    with pytest.raises(refusal):
        dialogues.bring_to_meeting(dialogue=activity.dialogues.get(), session=world.session, actor=world[who])


def test_nobody_of_another_workshop_touches_windows(world):
    olga = make_world("Other", host="Olga").ada
    world.go_live()
    activity = thread(world)

    for operation in (
        lambda: dialogues.keep_open(activity=world.steps[0], actor=olga, until=clock.now() + DAY),
        lambda: dialogues.end_window(activity=activity, actor=olga),
        lambda: dialogues.bring_to_meeting(dialogue=activity.dialogues.get(), session=world.session, actor=olga),
        lambda: dialogues.open_thread(workshop=world.workshop, actor=olga, prompt="Mine?", until=clock.now() + DAY),
    ):
        with pytest.raises(NotFound):
            operation()


def test_step_kept_open_takes_words_after_the_meeting(world):
    world.go_live()
    dialogues.keep_open(activity=world.steps[0], actor=world.ada, until=clock.now() + 3 * DAY)
    running.close_session(session=world.session, actor=world.ada)

    with clock.at(clock.now() + 2 * DAY):
        assert post(world, world.steps[0]).late is True
    with clock.at(clock.now() + 3 * DAY), pytest.raises(Closed):
        post(world, world.steps[0])


def test_steps_of_a_meeting_in_ones_own_time_end_on_time(world):
    """Several are open side by side, and none is on in a room."""
    steps = [thread(world, f"Question {number}?", days=1, session=world.session) for number in range(2)]
    assert [post(world, step).late for step in steps] == [False, False]

    with clock.at(clock.now() + DAY):
        for step in steps:
            with pytest.raises(Closed):
                post(world, step)
        assert dialogues.end_due_windows() == 2


def test_step_that_was_never_on_is_not_kept_open(world):
    with pytest.raises(Refused, match="not been on"):
        dialogues.keep_open(activity=world.steps[0], actor=world.ada, until=clock.now() + DAY)


def test_break_is_not_kept_open(world):
    pause = activities.plan_activity(workshop=world.workshop, actor=world.ada, session=world.session, kind="kettle")
    world.go_live(4)

    with pytest.raises(Refused, match="break"):
        dialogues.keep_open(activity=pause, actor=world.ada, until=clock.now() + DAY)


def test_window_that_has_ended_can_be_opened_again(world):
    activity = thread(world)
    dialogues.end_window(activity=activity, actor=world.ada)
    with pytest.raises(Closed):
        post(world, activity)

    dialogues.keep_open(activity=activity, actor=world.ada, until=clock.now() + DAY)

    assert post(world, activity).body == "Words"


def test_window_ends_when_its_time_is_up_and_only_once(world):
    activity = thread(world, days=1)
    assert close_due_windows() == 0

    with clock.at(clock.now() + DAY):
        assert [close_due_windows(), close_due_windows()] == [1, 0]

    assert verbs(world, activity)[-1:] == ["activity.ended"]
    assert Event.objects.get(verb="activity.ended").actor is None


def test_end_of_a_window_turns_the_cards_over(world):
    activity = thread(world, blind=True)
    post(world, activity)

    dialogues.end_window(activity=activity, actor=world.ada)

    activity.refresh_from_db()
    assert activity.revealed_at == activity.ended_at
    assert verbs(world, activity)[-2:] == ["activity.ended", "activity.revealed"]


@pytest.mark.django_db(transaction=True)
def test_window_ends_once_in_two_workers(world):
    activities_due = [thread(world, f"Question {number}?", blind=True) for number in range(3)]
    later = clock.now() + 4 * DAY

    def work():
        with clock.at(later):
            return dialogues.end_due_windows()

    results = together(work, work, work)

    assert sum(results) == 3
    for activity in activities_due:
        assert verbs(world, activity)[-2:] == ["activity.ended", "activity.revealed"]
    assert Event.objects.filter(verb="activity.ended").count() == 3


def test_step_whose_window_ended_takes_words_when_it_is_on_again(world):
    """Going back to a step opens it for the room, whatever became of its window between the meetings."""
    world.go_live()
    dialogues.keep_open(activity=world.steps[0], actor=world.ada, until=clock.now() + timedelta(minutes=5))
    running.next_step(session=world.session, actor=world.ada)
    with clock.at(clock.now() + timedelta(minutes=6)):
        assert dialogues.end_due_windows() == 1
        with pytest.raises(Closed):
            post(world, world.steps[0])

        running.previous_step(session=world.session, actor=world.ada)

        assert post(world, world.steps[0]).late is False


def test_window_that_runs_out_during_the_meeting_leaves_the_step_on(world):
    world.go_live()
    dialogues.keep_open(activity=world.steps[0], actor=world.ada, until=clock.now() + timedelta(minutes=5))

    with clock.at(clock.now() + timedelta(minutes=6)):
        dialogues.end_due_windows()

        assert post(world, world.steps[0]).late is False


def test_thread_is_brought_to_a_meeting_once(world):
    source = thread(world, stages=["alignment"])

    steps = [
        dialogues.bring_to_meeting(dialogue=source.dialogues.get(), session=world.session, actor=world.ada)
        for _ in range(2)
    ]

    assert steps[0] == steps[1] == world.steps[4]
    assert (steps[0].comes_from, steps[0].prompt, steps[0].stages) == (source, source.prompt, ["alignment"])
    assert verbs(world, steps[0]) == ["activity.planned", "activity.brought_to_meeting"]
    assert Event.objects.filter(workshop=world.workshop).latest("seq").data == {"from": source.pk}


@pytest.mark.django_db(transaction=True)
def test_thread_is_brought_once_by_two_facilitators(world):
    source = thread(world)

    results = together(
        *[lambda: dialogues.bring_to_meeting(dialogue=source.dialogues.get(), session=world.session, actor=world.ada)]
        * 4
    )

    assert kinds(results) == ["Activity"] * 4
    assert len({step.pk for step in results}) == 1
    assert len(world.steps) == 5


def test_thread_that_was_taken_off_again_can_be_brought_again(world):
    dialogue = thread(world).dialogues.get()
    first = dialogues.bring_to_meeting(dialogue=dialogue, session=world.session, actor=world.ada)
    activities.remove_activity(activity=first, actor=world.ada)

    assert dialogues.bring_to_meeting(dialogue=dialogue, session=world.session, actor=world.ada) != first


def test_nothing_is_brought_to_a_meeting_that_is_over_or_elsewhere(world):
    dialogue, other = thread(world).dialogues.get(), make_world("Other", host="Olga")
    running.close_session(session=world.session, actor=world.ada)

    with pytest.raises(Refused, match="over"):
        dialogues.bring_to_meeting(dialogue=dialogue, session=world.session, actor=world.ada)
    with pytest.raises(Refused, match="over"):
        dialogues.bring_to_meeting(dialogue=dialogue, session=other.session, actor=other.ada)


def test_reading_remembers_the_furthest_and_tells_the_one_before(world):
    dialogue, ben = world.dialogue(), world["Ben"].participant

    told = [dialogues.read_through(person=ben, dialogue=dialogue, seq=seq) for seq in (5, 9, 7, 9)]

    assert told == [0, 5, 9, 9]
    assert Reading.objects.get(participant=ben).through_seq == 9


@pytest.mark.django_db(transaction=True)
def test_reading_in_many_tabs_is_one_row(world):
    dialogue, ben = world.dialogue(), world["Ben"].participant

    together(*[lambda seq=seq: dialogues.read_through(person=ben, dialogue=dialogue, seq=seq) for seq in range(1, 9)])

    assert Reading.objects.get(participant=ben).through_seq == 8
    assert Contribution.objects.count() == 0


def test_more_than_a_page_that_is_brought_along_says_how_much_more(world):
    activity = thread(world)
    for number in range(PAGE + 10):
        with clock.at(clock.now() + timedelta(seconds=10 * number)):
            post(world, activity, words=f"Answer {number}")
    source = Dialogue.objects.select_related("activity__workshop", "activity__session").get(activity=activity)
    brought = dialogues.bring_to_meeting(dialogue=source, session=world.session, actor=world.ada)

    shown = brought_along(brought)

    assert (len(shown["brought"]), shown["brought_more"], shown["brought_from"]) == (PAGE, 10, source.pk)
