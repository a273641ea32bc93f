"""Whatever people do in whatever order: no understanding without answers of those whose words it quotes."""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from eaa.models import Check, CheckAnswer, Record, Status
from eaa.operations.checks import return_record, settle_record, tell_check
from eaa.operations.records import revise_record
from sessions_app import clock
from sessions_app.errors import Refused
from sessions_app.models import Contribution
from sessions_app.operations import contributions, participants
from sessions_app.verification import verify
from tests.eaa.making import interpret
from tests.world import make_world

PEOPLE = ("Ben", "Chidi", "Hella")
DAY = timedelta(days=1)


class Understanding(RuleBasedStateMachine):
    """One interpretation of three people's words. What is refused is refused; what is done has to be right."""

    def __init__(self):
        super().__init__()
        self.world = make_world()
        self.now = clock.now()
        self.record, self.said = interpret(self.world, *PEOPLE)
        self.settled = 0

    def act(self, operation, **given) -> bool:
        with clock.at(self.now):
            try:
                operation(**given)
            except Refused:
                return False
        self.record = Record.objects.select_related("workshop").get(pk=self.record.pk)
        return True

    @rule(days=st.integers(1, 4))
    def time_passes(self, days):
        self.now += days * DAY

    @rule(days=st.integers(-1, 4))
    def it_is_returned(self, days):
        self.act(
            return_record,
            record=self.record,
            actor=self.world.ada,
            head=self.record.head,
            until=self.now + days * DAY,
        )

    @rule(who=st.sampled_from((*PEOPLE, "Sam")), answer=st.sampled_from(CheckAnswer.values), old=st.booleans())
    def somebody_answers(self, who, answer, old):
        given = {"head": self.record.head - old, "answer": answer, "words": "So"}
        self.act(tell_check, record=self.record, actor=self.world.people[who], **given)

    @rule(who=st.sampled_from(PEOPLE), answer=st.sampled_from(CheckAnswer.values))
    def the_scribe_answers(self, who, answer):
        person = self.world[who].participant
        given = {"head": self.record.head, "answer": answer, "person": person}
        self.act(tell_check, record=self.record, actor=self.world["Sam"], **given)

    @rule(word=st.sampled_from(("calm", "coffee", "bread")))
    def the_text_is_changed(self, word):
        self.act(revise_record, record=self.record, actor=self.world.ada, head=self.record.head, text=word)

    @precondition(lambda self: self.said)
    @rule(data=st.data())
    def words_are_taken_back(self, data):
        who = data.draw(st.sampled_from(sorted(self.said)))
        self.act(contributions.withdraw_contribution, contribution=self.said.pop(who), actor=self.world.people[who])

    @rule(who=st.sampled_from(PEOPLE))
    def somebody_leaves(self, who):
        self.act(participants.remove, person=self.world[who].participant, actor=self.world.ada)

    @rule(new_text=st.sampled_from(("", "Taken in.")))
    def the_facilitator_settles(self, new_text):
        record, number = self.record, self.record.head
        quoted = Contribution.objects.filter(eaa_evidence__version__record=record, eaa_evidence__version__number=number)
        people = set(quoted.filter(withdrawn_at=None).values_list("author_id", flat=True))
        here = {self.world[who].participant.pk for who in PEOPLE if not self.left(who)}
        answers = {
            check.participant_id: check.answer
            for check in Check.objects.filter(version__record=record, version__number=number)
        }
        given = {"head": number, "status": Status.UNDERSTOOD, "text": new_text}
        was = record.status
        if self.act(settle_record, record=record, actor=self.world.ada, **given):
            self.settled += 1
            assert was in {Status.RETURNED, Status.DIFFERENCE}
            assert people & here & set(answers), "nobody who is quoted has answered"
            assert CheckAnswer.IS_NOT not in {answers.get(person) for person in people}
            over = record.answers_until <= self.now
            assert over or people & here <= set(answers), "somebody is still asked"

    def left(self, who: str) -> bool:
        person = self.world[who].participant
        person.refresh_from_db(fields=["removed_at"])
        return person.removed_at is not None

    @invariant()
    def an_understanding_was_returned(self):
        if self.record.status == Status.UNDERSTOOD:
            assert self.record.returned_at is not None
            assert self.record.settled_at is not None
            assert Check.objects.filter(version__record=self.record).exists()

    def teardown(self):
        assert [str(found) for found in verify(self.world.workshop.slug)] == []
        REACHED.append(self.settled)


REACHED: list[int] = []


class TestUnderstanding(TestCase):
    def runTest(self):
        run_state_machine_as_test(Understanding, settings=settings(max_examples=30, stateful_step_count=25))
        assert sum(REACHED) > 0  # else nothing was shown
