"""The library of plans: every method is whole, fits a run sheet, and comes off again."""

import uuid

import pytest

from sessions_app.errors import BadText, NotAllowed, NotFound
from sessions_app.kinds import all_kinds
from sessions_app.methods import METHODS
from sessions_app.models import SavedPlan
from sessions_app.operations import running
from sessions_app.operations.methods import steps_of_form, take_off_method, use_method
from sessions_app.policy import OUTSIDER
from sessions_app.tags import MECHANISMS, STAGES


@pytest.mark.parametrize("key", sorted(METHODS))
def test_every_method_says_what_it_is_for_and_how(key):
    method = METHODS[key]

    assert all((method.name, method.good_for, method.people, method.hall, method.online, method.afterwards))
    assert 2 <= method.minutes <= 45
    assert {step.kind for step in method.steps} <= set(all_kinds())
    assert set(method.stages) <= set(STAGES.tags)
    assert set(method.mechanisms) <= set(MECHANISMS.tags)


@pytest.mark.django_db
@pytest.mark.parametrize("key", sorted(METHODS))
def test_every_method_is_used_once_for_each_press_and_comes_off_again(world, key):
    before, client_id = len(world.steps), uuid.uuid4()
    given = {"session": world.session, "actor": world.ada, "client_id": client_id}

    for _ in range(2):
        steps = use_method(key=key, **given)

    assert len(world.steps) == before + len(METHODS[key].steps)
    assert steps == steps_of_form(world.session, client_id) == world.steps[before:]
    assert take_off_method(**given) == len(steps)
    assert len(world.steps) == before


@pytest.mark.django_db
def test_what_was_on_already_stays(world):
    client_id = uuid.uuid4()
    given = {"session": world.session, "actor": world.ada, "client_id": client_id}
    steps = use_method(key="one_two_four_all", **given)
    world.go_live(step=4)

    assert take_off_method(**given) == len(steps) - 1
    assert world.steps[-1] == steps[0]
    running.close_session(session=world.session, actor=world.ada)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["Ben", "Sam", "Hella", "Rana"])
def test_only_facilitators_plan(world, who):
    given = {"session": world.session, "client_id": uuid.uuid4()}
    with pytest.raises((NotAllowed, NotFound)):
        use_method(actor=world[who], key="round", **given)
    with pytest.raises((NotAllowed, NotFound)):
        take_off_method(actor=world[who], **given)
    with pytest.raises(NotFound):
        use_method(actor=OUTSIDER, key="round", **given)
    with pytest.raises(BadText):
        use_method(actor=world.ada, key="magic", **given)


@pytest.mark.django_db
def test_the_page_puts_a_plan_into_the_run_sheet_and_takes_it_off(world, browser_of):
    ada, before = browser_of("Ada"), len(world.steps)
    address = f"/meetings/{world.session.pk}/methods/"
    page = ada.get(address).content.decode()
    assert all(str(method.name) in page for method in METHODS.values())

    sheet = ada.post(address, {"method": "one_two_four_all", "client_id": str(uuid.uuid4())}, follow=True)

    assert (len(world.steps), "4 steps are in the run sheet." in sheet.content.decode()) == (before + 4, True)
    ada.post(address, {"undo": "1", "client_id": sheet.context["used"]["client_id"]})
    assert len(world.steps) == before
    for who in ("Ben", "Sam", None):
        assert browser_of(who).get(address).status_code in {302, 403, 404}


@pytest.mark.django_db
def test_keeping_a_template_twice_from_one_page_keeps_one(world, browser_of):
    ada, address = browser_of("Ada"), f"/meetings/{world.session.pk}/template/"
    client_id = ada.get(f"/meetings/{world.session.pk}/").context["client_id"]

    for _ in range(2):
        ada.post(address, {"client_id": client_id})
    assert SavedPlan.objects.count() == 1
    ada.post(address, {"client_id": str(uuid.uuid4())})

    assert SavedPlan.objects.count() == 2
