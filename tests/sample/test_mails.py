"""The past of the sample sends nothing: a demo shows the mails of today in its outbox, and no heap of old ones."""

from collections import Counter

import pytest

from eaa.queries.awaited import open_agreements
from sessions_app import clock
from sessions_app.models import Notice
from sessions_app.operations import notices
from sessions_app.outbox import outbox_of
from sessions_app.sample import Stage, load_sample

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("stage", list(Stage))
def test_a_fresh_sample_sends_no_heap(stage):
    workshop = load_sample(stage=stage)
    notices.make_due()
    made = Notice.objects.filter(workshop=workshop)
    each = Counter(made.values_list("participant", flat=True))

    assert not made.filter(stale_at__lte=clock.now()).exists()
    assert max(each.values(), default=0) <= 3
    assert bool(each) or stage in {Stage.PLANNED, Stage.CLOSED}
    shown = outbox_of(workshop)
    assert bool(shown.coming) == (stage != Stage.CLOSED)
    assert {one.person.name for one in shown.unreached} >= {"Elsa Holm"}


def test_between_meetings_the_story_asks_for_answers_and_positions(between):
    """Whoever was silent on the open agreement, and on the thread."""
    coming = {one.reason: one for one in outbox_of(between).coming}
    asked = {one.person.name for part in coming["position_waits"].parts for one in part.people}

    assert coming.keys() >= {"thread_waits", "position_waits", "window_closes", "agreement_closes"}
    assert coming["position_waits"].topic == "How we decide"
    assert asked
    (heard,) = open_agreements(between)
    assert asked <= set(between.participants.filter(pk__in=heard.silent).values_list("name", flat=True))


def test_in_a_demo_the_mails_can_be_read_on_their_page(between, browser, mailoutbox, django_user_model):
    """No catcher of mails is needed: the outbox leads to each mail as it went out."""
    with clock.at(clock.now().replace(hour=11, minute=0)):
        notices.make_due()
        Notice.objects.update(try_at=clock.now())
        while ids := notices.claim():
            for pk in ids:
                notices.deliver(pk)
    host = browser
    host.force_login(django_user_model.objects.get(email="karin@example.org"))
    page = host.get(f"/w/{between.slug}/mails/").content.decode()
    sent = Notice.objects.filter(workshop=between, state="sent").select_related("participant")

    assert mailoutbox
    assert len(mailoutbox) == sent.count()
    for row in sent[:3]:
        assert f"/w/{between.slug}/mails/{row.pk}/" in page
        assert "As text" in host.get(f"/w/{between.slug}/mails/{row.pk}/").content.decode()
