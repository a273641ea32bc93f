"""Whatever people do in whatever order: no answer outlives its clause, nothing holds too early, all counts agree."""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from eaa.documents import as_markdown, document_of
from eaa.models import Agreement, AgreementState, Signature
from eaa.operations import agreements, drafting, positions, signatures
from eaa.operations.clauses import Wording
from eaa.queries.agreements import agreement_view
from eaa.queries.scales import CHOICES, choice_of
from eaa.queries.standing import digest_of, token_of, versions_of
from sessions_app import clock
from sessions_app.errors import Refused
from sessions_app.verification import verify
from tests.eaa.agreed import SILENCE
from tests.eaa.reading import pdf_text
from tests.world import make_world

EVERYBODY = {"Ada", "Sam", "Hella", "Ben", "Chidi"}
WHO = st.sampled_from(sorted(EVERYBODY))
TEXTS = st.sampled_from(["They have seven days.", "They have ten days.", "They are rung."])
HOUR = timedelta(hours=1)


class Agreeing(RuleBasedStateMachine):
    """A model that remembers, for each person, what every clause said when they answered and when they signed."""

    @initialize(scale=st.sampled_from(["four", "eight", "consent"]))
    def open(self, scale):
        self.world = make_world()
        self.now = clock.now()
        self.answered, self.signed = {}, {}
        self.until = self.now + 24 * HOUR
        self.agreement = agreements.create_agreement(
            workshop=self.world.workshop, actor=self.world.ada, title="How", clauses=[Wording("One."), Wording("Two.")]
        )
        agreements.open_agreement(
            agreement=self.agreement,
            actor=self.world.ada,
            until=self.until,
            silence_means=SILENCE,
            scale=scale,
        )

    def text(self) -> dict[int, tuple[str, str]]:
        clauses = versions_of(self.agreement)[-1].clauses.all()
        return {one.key: (one.heading, one.text) for one in clauses}

    def does(self, act) -> bool:
        with clock.at(self.now):
            try:
                act()
            except Refused:
                return False
        return True

    @rule(hours=st.sampled_from([1, 12, 30]))
    def time_goes_by(self, hours):
        self.now += hours * HOUR
        with clock.at(self.now):
            agreements.bring_due_into_force()
        self.agreement.refresh_from_db()

    @rule(who=WHO, place=st.integers(0, 7))
    def answers(self, who, place):
        choices = CHOICES[self.agreement.scale]
        choice = choices[place % len(choices)]
        about = {"agreement": self.agreement, "actor": self.world[who], "version": self.agreement.head}
        if self.does(lambda: positions.take_position(**about, choice=choice.value, words="Because.")):
            self.answered[who] = (choice.value, self.text())
            if choice.lean == "no":
                self.signed.pop(who, None)

    @rule(who=WHO)
    def signs(self, who):
        about = {"agreement": self.agreement, "actor": self.world[who], "version": self.agreement.head}
        if self.does(lambda: signatures.sign(**about)):
            self.signed[who] = self.text()

    @rule(who=WHO, what=st.sampled_from([positions.withdraw_position, signatures.take_back_signature]))
    def takes_back(self, who, what):
        if self.does(lambda: what(agreement=self.agreement, actor=self.world[who])):
            (self.answered if what is positions.withdraw_position else self.signed).pop(who, None)

    @rule(texts=st.lists(TEXTS, min_size=1, max_size=3), turned=st.booleans())
    def revises(self, texts, turned):
        before = versions_of(self.agreement)[-1]
        old, keys = self.text(), [one.key for one in before.clauses.all()]
        wanted = [Wording(text, key=key) for text, key in zip(texts, [*keys, None, None, None], strict=False)]
        wanted = wanted[::-1] if turned else wanted
        given = {"agreement": self.agreement, "actor": self.world.ada, "seen": token_of(before), "clauses": wanted}
        until = max(self.until, self.now + 24 * HOUR)
        if self.does(lambda: drafting.revise_agreement(**given, until=until)):
            self.until = until
            if self.text() != old:
                self.answered, self.signed = {}, {}

    @rule(hours=st.sampled_from([6, 48]))
    def more_time_is_given(self, hours):
        until = max(self.until, self.now) + hours * HOUR
        given = {"agreement": self.agreement, "actor": self.world.ada, "until": until}
        if self.does(lambda: agreements.prolong_agreement(**given)):
            self.until = until

    @rule(begin=st.booleans())
    def is_looked_over(self, begin):
        act = agreements.begin_review if begin else agreements.keep_as_it_is
        self.does(lambda: act(agreement=self.agreement, actor=self.world.ada))

    @invariant()
    def nothing_outlives_its_clause(self):
        with clock.at(self.now):
            view = agreement_view(self.agreement)
        scale = self.agreement.scale
        stand = {one.position.participant.name: choice_of(scale, one.position).value for one in view.voices}
        assert stand == {who: choice for who, (choice, text) in self.answered.items() if text == self.text()}
        assert {one.signature.participant.name for one in view.signatures} == set(self.signed)

    @invariant()
    def counts_agree(self):
        with clock.at(self.now):
            view = agreement_view(self.agreement, self.world.ada)
        counts, quiet = view.counts, EVERYBODY - self.answered.keys() - self.signed.keys()
        assert (counts.asked, counts.signed) == (5, len(view.signatures))
        assert counts.signed + counts.agree + counts.neutral + counts.talk + counts.against + counts.silent == 5
        assert counts.silent == len(view.silent) == len(quiet)
        assert sum(number for _label, number in view.tally) == len(view.voices)
        assert counts.against == len(view.against)

    @invariant()
    def nothing_holds_before_its_window_closed(self):
        row = Agreement.objects.get(pk=self.agreement.pk)
        if row.state == AgreementState.IN_FORCE:
            assert self.now >= row.in_force_at >= row.open_until == self.until
            HELD.append(row.pk)

    @invariant()
    def digests_tie_names_to_words(self):
        for version in versions_of(self.agreement):
            assert version.digest == digest_of(version.clauses.all())
        for row in Signature.objects.filter(version__agreement=self.agreement).select_related("version"):
            assert row.digest == row.version.digest

    def teardown(self):
        if hasattr(self, "agreement"):
            self.documents_agree()
        assert [str(found) for found in verify(self.world.workshop.slug)] == []

    def documents_agree(self):
        with clock.at(self.now):
            told, page = document_of(self.agreement), agreement_view(self.agreement)
        assert {name: getattr(page.counts, name) for name in told["counts"]} == told["counts"]
        assert page.counts.sentence in as_markdown(told)
        assert page.counts.sentence in pdf_text(told)


HELD: list[int] = []


class TestAgreeing(TestCase):
    def runTest(self):
        run_state_machine_as_test(Agreeing, settings=settings(max_examples=30, stateful_step_count=20))
        assert HELD  # else nothing was shown
