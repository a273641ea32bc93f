"""A backup is put back: pages that remember a later log fetch a fresh one, and no cursor of old counts any more."""

from django.core.management import call_command
from django.urls import reverse

from sessions_app.models import Workshop
from tests.world import make_world


def test_every_workshop_gets_an_epoch_of_its_own(world, capsys):
    other = make_world("Another workshop")
    before = {workshop.epoch for workshop in Workshop.objects.all()}

    call_command("new_epoch")

    after = [Workshop.objects.get(pk=made.workshop.pk).epoch for made in (world, other)]
    assert len({*before, *after}) == 4
    assert capsys.readouterr().out.startswith("2 workshops have a new epoch")
    call_command("verify_log", world.workshop.slug)


def test_open_pages_are_told_to_fetch_a_fresh_one(world, quick, enter):
    line = enter("Ben")

    call_command("new_epoch")

    assert line.next("resync")["why"] == "another_epoch"


def test_an_old_cursor_is_refused_by_every_road(world, enter, browser_of):
    old = Workshop.objects.get(pk=world.workshop.pk)
    news, ben = reverse("room_news", args=[world.session.pk]), browser_of("Ben")
    assert ben.get(news, {"after": old.head_seq, "epoch": str(old.epoch)}).json()["t"] == "news"

    call_command("new_epoch")

    assert ben.get(news, {"after": old.head_seq, "epoch": str(old.epoch)}).json()["t"] == "resync"
    line = enter("Ben")
    line.since(old.head_seq, old.epoch)
    assert line.next("resync")["t"] == "resync"
    fresh = Workshop.objects.get(pk=world.workshop.pk)
    assert ben.get(news, {"after": fresh.head_seq, "epoch": str(fresh.epoch)}).json()["t"] == "news"
