"""The part of everything that is about records: made, changed, returned, answered, settled, opened again."""

from datetime import timedelta

from eaa.models import Shown, Status
from eaa.operations.assets import keep_asset, show_asset
from eaa.operations.checks import return_record, settle_record, tell_check
from eaa.operations.evidence import Rests
from eaa.operations.outcomes import tell_outcomes
from eaa.operations.records import make_record, put_back_record, remove_record, revise_record
from eaa.queries.quoting import citable
from sessions_app import clock
from sessions_app.models import Participant
from sessions_app.policy import Actor
from tests.world import World


def records_and_checks(world: World) -> None:
    """Needs a card of Ben's that everybody may read."""
    ada, sam, ben = (Actor(fresh(world, name)) for name in (next(iter(world.people)), "Sam", "Ben"))
    card = citable(world.workshop).filter(author=ben.participant, anonymous_token="").first()
    about = {"workshop": world.workshop, "actor": ada}
    make_record(**about, mechanism="intention", text="calm Hello")
    notes = make_record(**about, mechanism="documentation", kind="notes", text="Hello", rests=[Rests(card.pk)])
    remove_record(record=notes, actor=ada)
    put_back_record(record=notes, actor=ada)
    remove_record(record=make_record(**about, mechanism="documentation", text="calm"), actor=ada)
    meant = make_record(
        **about, mechanism="interpretation", text="calm", rests=[Rests(card.pk)], from_record=notes, title="Hello"
    )
    revise_record(record=meant, actor=ada, head=1, text="calm Hello", because="Again")
    return_record(record=meant, actor=ada, head=2, until=clock.now() + timedelta(days=7))
    given = {"record": meant, "head": 2, "words": "Hello"}
    tell_check(actor=ben, answer="almost", **given)
    tell_check(actor=sam, person=ben.participant, answer="almost", **given)
    settle_record(record=meant, actor=ada, head=2, status=Status.UNDERSTOOD, text="calm Again")
    tell_check(record=meant, actor=ben, head=3, answer="is_not", words="Hello")
    settle_record(record=meant, actor=ada, head=3, status=Status.DIFFERENCE, difference="calm")
    settled = make_record(**about, mechanism="interpretation", text="calm", rests=[Rests(card.pk)])
    return_record(record=settled, actor=ada, head=1, until=clock.now() + timedelta(days=7))
    tell_check(record=settled, actor=ben, head=1, answer="that_is")
    settle_record(record=settled, actor=ada, head=1, status=Status.UNDERSTOOD)
    asset = keep_asset(workshop=world.workshop, actor=ben, kind="skill", text="Hello")
    for shown in (Shown.HIDDEN, Shown.SHOWN, Shown.WITHDRAWN):
        show_asset(record=asset, actor=ben, shown=shown)
    tell_outcomes(workshop=world.workshop, actor=ada, contributions=[card.pk], kind="used", words="Hello", place=notes)


def fresh(world: World, name: str) -> Participant:
    pk = world.people[name].participant.pk
    return Participant.objects.select_related("workshop").get(pk=pk)
