"""A workshop that goes through every operation there is, so that its log holds every verb."""

import uuid
from datetime import timedelta

from django.http import QueryDict

from sessions_app import anonymity, clock
from sessions_app.models import Participant, Slip
from sessions_app.operations import (
    activities,
    ballots,
    cancelling,
    contributions,
    dialogues,
    exports,
    halls,
    headings,
    hosting,
    importing,
    letters,
    limits,
    messages,
    participants,
    responses,
    running,
    scribing,
    sessions,
    signals,
    slips,
    tablets,
    translations,
    turns,
    windows,
    workshops,
    wrapups,
)
from sessions_app.policy import Actor
from sessions_app.queries.slips import slip_by_code
from tests.eaa.story_agreements import agreements_and_promises
from tests.eaa.story_coding import code_words
from tests.eaa.story_learning import learn
from tests.eaa.story_records import records_and_checks
from tests.everything_together import small_groups, two_four_all
from tests.world import World

DAY = timedelta(days=1)


def go_through_everything(world: World) -> None:
    """Use every operation that writes, with a named, a face-down and an anonymous step, and close the workshop."""
    people(world)
    planning(world)
    called_off(world)
    meeting(world)
    between(world)
    limits._buckets.clear()  # the story is told faster than anybody types
    records_and_checks(world)
    limits._buckets.clear()
    learn(world)
    agreements_and_promises(world)
    code_words(world)
    researched(world)
    workshops.close_workshop(workshop=world.workshop, actor=world.ada)


def researched(world: World) -> None:
    export = exports.ask_export(workshop=world.workshop, actor=world["Rana"])
    exports.make_waiting()
    export.refresh_from_db()
    exports.download(export=export, actor=world["Rana"]).close()


def people(world: World) -> None:
    ben, ada = world["Ben"], world.ada
    waiting = participants.join(workshop=world.workshop, to_lobby=True).participant
    participants.admit(person=waiting, actor=ada)
    participants.rename(person=ben.participant, actor=ben, name="Benedikt")
    participants.move(person=ben.participant, actor=ben, place="hall")
    participants.change_me(person=ben.participant, actor=ben, language="sv", access_needs="Large print")
    for yes in (True, False):
        participants.answer_consent(person=ben.participant, actor=ben, purpose="research", yes=yes)
    participants.change_roles(person=waiting, actor=ada, roles=["helper"])
    participants.remove(person=waiting, actor=Actor(Participant.objects.select_related("workshop").get(pk=waiting.pk)))


def planning(world: World) -> None:
    ada = world.ada
    workshops.change_workshop(workshop=world.workshop, actor=ada, title="Calm visits")
    sessions.change_session(session=world.session, actor=ada, title="Who we are")
    step = activities.plan_activity(workshop=world.workshop, actor=ada, session=world.session, kind="kettle")
    activities.move_activity(activity=step, actor=ada, earlier=True)
    activities.remove_activity(activity=step, actor=ada)
    activities.put_back_activity(activity=step, actor=ada)
    thread = activities.plan_activity(workshop=world.workshop, actor=ada, kind="cards")
    activities.change_activity(activity=thread, actor=ada, title="Later")
    activities.move_activity(activity=thread, actor=ada, earlier=True)
    activities.remove_activity(activity=thread, actor=ada)
    activities.change_activity(activity=world.steps[2], actor=ada, identity="anonymous")


def called_off(world: World) -> None:
    """A meeting that does not take place, then does, and in the end is off the plan."""
    ada, soon = world.ada, clock.now() + DAY
    mistake = sessions.plan_session(
        workshop=world.workshop, actor=ada, title="Later", starts_at=soon, ends_at=soon + timedelta(hours=1)
    )
    cancelling.cancel_session(session=mistake, actor=ada)
    cancelling.put_on_again(session=mistake, actor=ada)
    cancelling.remove_session(session=mistake, actor=ada)
    cancelling.put_back_session(session=mistake, actor=ada)
    cancelling.cancel_session(session=mistake, actor=ada)
    cancelling.remove_session(session=mistake, actor=ada)


def meeting(world: World) -> None:
    session, ada = world.session, world.ada
    running.open_doors(session=session, actor=ada)
    sessions.enter_room(session=session, person=world["Ben"].participant)
    running.start(session=session, actor=ada)
    said = world.say("Ben", "A calm room")
    world.say("Sam", "Chidi said this", via="scribe", author=world["Chidi"].participant)
    world.say("Gil", "Hello", name="Gil")
    hall(world)
    contributions.revise_contribution(contribution=said, actor=world["Ben"], body="A calm and warm room")
    translations.gloss_contribution(contribution=said, actor=ada, text="Ett lugnt rum", language="sv")
    running.next_step(session=session, actor=ada)
    world.say("Ben", "Face down", 1)
    running.extend(session=session, actor=ada)
    running.pause(session=session, actor=ada)
    running.resume(session=session, actor=ada)
    running.reveal(session=session, actor=ada)
    running.undo(session=session, actor=ada)
    sessions.enter_room(session=session, person=world["Chidi"].participant)  # who has sent nothing: the host overrides
    running.reveal(session=session, actor=ada)
    running.next_step(session=session, actor=ada)
    secret = world.say("Ben", "Nobody knows that I said this", 2)
    contributions.revise_contribution(contribution=secret, actor=world["Ben"], body="Nobody knows who said this")
    translations.gloss_contribution(contribution=secret, actor=world["Sam"], text="Ingen vet", language="sv")
    contributions.withdraw_contribution(contribution=secret, actor=world["Ben"])
    running.previous_step(session=session, actor=ada)
    voices(world)
    dialogues.keep_open(activity=world.steps[1], actor=ada, until=clock.now() + DAY)
    running.close_session(session=session, actor=ada)
    wrapups.keep_summary(session=session, actor=ada, text="calm Hello")
    wrapups.keep_reflection(session=session, actor=ada, text="calm Gil")
    for shown in (True, False, True):
        hosting.show_mirror(session=session, actor=ada, shown=shown)


def hall(world: World) -> None:
    """Words that are typed and checked, read aloud, counted on paper; a line about the room; a screen."""
    session, sam, first = world.session, world["Sam"], world.dialogue(0)
    slips.make_blank_cards(session=session, actor=sam, count=2)
    blank = Slip.objects.filter(session=session).first()
    scribing.write_lines(
        session=session,
        actor=sam,
        text=f"{blank.shown_code} calm Hello\nHello\nAgain",
        form_id=uuid.uuid4(),
        dialogue_id=first.pk,
        author=world["Ben"].participant,
    )
    typed = [slip_by_code(code) for code in Slip.objects.exclude(contribution=None).values_list("code", flat=True)]
    slips.confirm(slip=typed[0])
    slips.correct(slip=typed[1], body="calm Again")
    slips.take_back(slip=typed[2])
    for is_read in (True, False):
        halls.read_aloud(contribution=typed[0].contribution, actor=sam, is_read=is_read)
    halls.count_paper(dialogue=first, actor=sam, count=3)
    halls.set_screen(session=session, actor=sam, is_dark=True, has_captions=True)
    messages.send_message(session=session, actor=sam, text="calm now?", about_room=True)
    person = tablets.sit_down(session=session, host=sam, name="Hello", language="en")
    tablets.write_on_tablet(dialogue=first, host=sam, person=person, body="calm Hello", client_id=uuid.uuid4())


def voices(world: World) -> None:
    """What is said aloud, what is signalled, and what hosts tell each other and the group."""
    session, ada, ben = world.session, world.ada, world["Ben"]
    turn = turns.ask_for_word(session=session, actor=ben, note="calm Again")
    turns.ask_for_word(session=session, actor=world["Chidi"])
    turns.withdraw_turn(turn=turns.ask_for_word(session=session, actor=world["Chidi"]), actor=world["Chidi"])
    turns.give_word(turn=turn, actor=ada)
    turns.put_back(turn=turn, actor=ada)
    turns.give_word(turn=turn, actor=ada)
    turns.more_time(turn=turn, actor=ben)
    turns.end_turn(turn=turn, actor=ben)
    signals.raise_signal(session=session, actor=ben, kind="break")
    signals.take_back_signal(session=session, actor=ben, kind="break")
    signals.raise_signal(session=session, actor=ben, kind="cant_follow")
    signals.answer_signals(session=session, actor=ada, kind="cant_follow")
    messages.send_message(session=session, actor=ada, text="calm now?", to=ben.participant)
    said = messages.send_message(session=session, actor=ada, text="calm now?")
    for message in (said, messages.send_message(session=session, actor=ada, text="Hello", to=ben.participant)):
        messages.withdraw_message(message=message, actor=ada)
    messages.keep_private_note(session=session, actor=ada, text="calm Gil")
    hosting.hand_over(session=session, actor=ada, task="online", to=world["Hella"].participant)


def between(world: World) -> None:
    start = clock.now() + 2 * DAY
    second = sessions.plan_session(
        workshop=world.workshop, actor=world.ada, title="Again", starts_at=start, ends_at=start + timedelta(hours=1)
    )
    thread = dialogues.open_thread(
        workshop=world.workshop, actor=world.ada, prompt="And now?", until=start - DAY, blind=True
    )
    for_later = {"prompt": "And then?", "opens": start - DAY, "until": start + DAY}
    planned = [dialogues.open_thread(workshop=world.workshop, actor=world.ada, **for_later) for _number in range(2)]
    letter = letters.write_letter(
        workshop=world.workshop, actor=world.ada, title="Coats", body="It is cold.", people=[world["Ben"].participant]
    )
    letters.take_back_letter(workshop=world.workshop, actor=world.ada, letter=letter.pk)
    windows.forget_window(activity=planned[0], actor=world.ada)
    brought = dialogues.bring_to_meeting(dialogue=thread.dialogues.get(), session=second, actor=world.ada)
    windows.plan_window(activity=brought, actor=world.ada, opens=start - DAY, until=start)
    poll(world)
    consent(world)
    small_groups(world)
    sorting(world)
    two_four_all(world)
    importing.add_people(workshop=world.workshop, actor=world.ada, text="Hello, h@example.org", invites=True)
    dialogues.read_through(person=world["Ben"].participant, dialogue=thread.dialogues.get(), seq=1)
    with clock.at(start):
        windows.open_due_windows()
        dialogues.end_due_windows()


def consent(world: World) -> None:
    """A consent round as a step: an objection, and how it was taken in."""
    soon = clock.now() + DAY
    short = sessions.plan_session(
        workshop=world.workshop, actor=world.ada, title="Agreed", starts_at=soon, ends_at=soon + timedelta(hours=1)
    )
    step = activities.plan_activity(
        workshop=world.workshop,
        actor=world.ada,
        session=short,
        kind="consent_round",
        options={"proposal": ["Calm"]},
    )
    running.start(session=short, actor=world.ada)
    running.next_phase(session=short, actor=world.ada)
    sent = QueryDict("objects=yes&reason=Hello")
    answer = responses.give_answer(
        dialogue=step.dialogues.get(), actor=world["Ben"], sent=sent, via="room", reason="Hello"
    )
    ballots.take_in(response=answer, actor=world.ada, how="calm Hello")
    running.close_session(session=short, actor=world.ada)


def sorting(world: World) -> None:
    """Words under a heading that was chosen; and cards that are sorted, under headings that come and go."""
    until, ben = clock.now() + DAY, world["Ben"]
    threads = [
        dialogues.open_thread(workshop=world.workshop, actor=world.ada, prompt="And?", until=until, kind=kind)
        for kind in ("what_i_bring", "clustering")
    ]
    chosen, sorted_ = (thread.dialogues.get() for thread in threads)
    said = [
        contributions.post_contribution(
            dialogue=dialogue, actor=ben, body="Hello", via="thread", client_id=uuid.uuid4(), heading=1
        ).contribution
        for dialogue in (chosen, sorted_, sorted_)
    ]
    calm = headings.add_heading(dialogue=sorted_, actor=ben, title="calm")
    for card, heading in ((said[1], calm), (said[2], calm), (said[2], None)):
        headings.file_under(contribution=card, actor=world["Chidi"], heading=heading)
    headings.rename_heading(dialogue=sorted_, actor=world["Sam"], heading=calm, title="Hello")
    headings.remove_heading(dialogue=sorted_, actor=world.ada, heading=calm)


def poll(world: World) -> None:
    """A poll as a thread, and as a step that is asked again."""
    asked = {"kind": "poll", "options": {"choices": ["Calm", "Hello"]}}
    until = clock.now() + DAY
    thread = dialogues.open_thread(workshop=world.workshop, actor=world.ada, prompt="Which?", until=until, **asked)
    dialogue, ben = thread.dialogues.get(), world["Ben"]
    responses.give_answer(dialogue=dialogue, actor=ben, sent=QueryDict("choice=1"), via="thread")
    responses.take_back_answer(dialogue=dialogue, actor=ben)
    soon = clock.now() + DAY
    short = sessions.plan_session(
        workshop=world.workshop, actor=world.ada, title="Short", starts_at=soon, ends_at=soon + timedelta(hours=1)
    )
    step = activities.plan_activity(
        workshop=world.workshop, actor=world.ada, session=short, identity="anonymous", **asked
    )
    running.start(session=short, actor=world.ada)
    responses.give_answer(dialogue=step.dialogues.get(), actor=ben, sent=QueryDict("choice=2"), via="room")
    responses.take_back_answer(dialogue=step.dialogues.get(), actor=ben)
    running.ask_again(session=short, actor=world.ada)
    responses.give_answer(dialogue=step.dialogues.get(), actor=ben, sent=QueryDict("choice=1"), via="room")
    running.close_session(session=short, actor=world.ada)
    with clock.at(clock.now() + timedelta(minutes=1)):
        anonymity.destroy_old_keys()
        dialogues.keep_open(activity=step, actor=world.ada, until=clock.now() + DAY)
