"""The researchers' page: asked for, made by a worker, fetched by those who may, as long as everybody still says yes."""

import errno
import uuid
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions_app import clock, tasks
from sessions_app.errors import NotAllowed, NotFound
from sessions_app.exports import building
from sessions_app.models import Event, Export, ExportDownload, ExportState, Parked, Participant
from sessions_app.operations import exports
from sessions_app.queries.exports import exports_view
from sessions_app.verification import verify
from tests.exports.asked import address, asked, fetched, made, page
from tests.exports.opened import Opened, says
from tests.world import make_world


def test_a_researcher_asks_and_fetches(spoken, browser_of, tmp_path):
    browser = browser_of("Rana")
    browser.post(page(spoken))
    assert "It is being made: 0 %." in browser.get(page(spoken)).content.decode()
    tasks.make_exports()
    export = Export.objects.get()

    assert export.export_id in browser.get(page(spoken)).content.decode()
    answer, file = fetched(browser, export, tmp_path)
    assert [row["text"] for row in Opened(file)["contributions"]] == ["goldcrest"]
    assert answer["Content-Length"] == str(file.stat().st_size) == str(export.size)
    assert answer["Cache-Control"] == "private, no-store"
    assert export.export_id in answer["Content-Disposition"]
    assert (export.state, export.asked_by) == (ExportState.READY, spoken["Rana"].participant)


def test_all_of_it_is_in_the_log_and_in_the_register(spoken, browser_of, tmp_path):
    export = made(spoken)
    fetched(browser_of("Rana"), export, tmp_path)

    told = Event.objects.filter(workshop=spoken.workshop, verb__startswith="export.").order_by("seq")
    rana = spoken["Rana"].participant.pk
    assert [(one.verb, one.actor_id, one.data) for one in told] == [
        (f"export.{verb}", rana, {"export": export.pk}) for verb in ("asked", "made", "downloaded")
    ]
    assert [one.participant_id for one in ExportDownload.objects.all()] == [rana]
    assert list(verify(spoken.workshop.slug)) == []


def test_a_second_press_gives_the_same_one(spoken, browser_of):
    assert asked(spoken) == asked(spoken)
    assert Event.objects.filter(verb="export.asked").count() == 1


def test_nobody_else_asks_or_fetches(spoken, browser_of):
    export = made(spoken)
    other = make_world("Another one", host="Eva")
    for name in ("Ada", "Sam", "Ben", "Gil"):
        assert browser_of(name).get(page(spoken)).status_code == (200 if name == "Ada" else 403)
        with pytest.raises(NotAllowed):
            exports.ask_export(workshop=spoken.workshop, actor=spoken[name])
        with pytest.raises(NotAllowed):
            exports.download(export=export, actor=spoken[name])
    with pytest.raises(NotFound):
        exports.download(export=export, actor=other["Rana"])
    browser = browser_of()
    for key in (None, other.cookies["Rana"]):
        if key:
            browser.cookies[settings.DEVICE_COOKIE] = key
        for headers in ({}, {"HTTP_RANGE": "bytes=0-9"}):
            assert browser.post(address(export), **headers).status_code == 404
            assert browser.get(page(spoken), **headers).status_code == 404
    assert not ExportDownload.objects.exists()


def test_a_facilitator_sees_what_went_out_and_cannot_fetch_it(spoken, browser_of):
    export = made(spoken)
    shown = browser_of("Ada").get(page(spoken)).content.decode()

    assert export.export_id in shown
    assert address(export) not in shown
    assert "Make an export now" not in shown


def test_an_address_opens_nothing_by_itself_and_a_range_gives_no_part(spoken, browser_of, tmp_path):
    export = made(spoken)
    browser = browser_of("Rana")

    assert browser.get(address(export)).status_code == 405
    answer, file = fetched(browser, export, tmp_path, HTTP_RANGE="bytes=0-9")
    assert (answer["Accept-Ranges"], answer.has_header("Content-Range")) == ("none", False)
    assert file.stat().st_size == export.size
    guessed = reverse("download_export", args=[spoken.workshop.slug, uuid.uuid4()])
    assert browser.post(guessed).status_code == 404


def test_who_is_no_researcher_any_more_gets_nothing(spoken, browser_of):
    export = made(spoken)
    browser = browser_of("Rana")
    Participant.objects.filter(pk=spoken["Rana"].participant.pk).update(roles=["participant"])

    answer = browser.post(address(export), HTTP_ACCEPT="application/json")
    assert (answer.status_code, answer.json()["error"]) == (403, "not_allowed")


def test_a_second_step_is_asked_for(spoken, browser_of, settings):
    export = made(spoken)
    settings.MFA_REQUIRED_FOR_RESEARCHERS = True

    for answer in (browser_of("Rana").get(page(spoken)), browser_of("Rana").post(address(export))):
        assert (answer.status_code, answer.url) == (302, reverse("mfa_index"))


def test_no_half_file_when_the_disk_is_full(spoken, browser_of, folder, monkeypatch):
    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(building, "write_zip", full)
    export = asked(spoken)
    assert tasks.make_exports() == 0
    export.refresh_from_db()

    assert (export.state, list(folder.iterdir())) == (ExportState.FAILED, [])
    assert "could not be made" in browser_of("Rana").get(page(spoken)).content.decode()
    assert browser_of("Rana").post(address(export)).status_code in {302, 404}
    assert asked(spoken) != export


class Killed(BaseException):
    """The worker is gone at this moment: nothing of it runs any more."""


def die(*args):
    raise Killed


def test_a_worker_that_dies_offers_nothing_and_the_next_one_goes_on(spoken, browser_of, folder, monkeypatch, tmp_path):
    export = asked(spoken)
    with monkeypatch.context() as patch:
        patch.setattr(building, "write_zip", die)
        patch.setattr(exports.shutil, "rmtree", lambda *args, **more: None)
        with pytest.raises(Killed):
            tasks.make_exports()
    export.refresh_from_db()
    left = folder / f".{export.key.hex}"
    left.mkdir(exist_ok=True)
    (left / "half.zip").write_bytes(b"half")
    assert export.state == ExportState.BUILDING
    assert browser_of("Rana").post(address(export), HTTP_ACCEPT="application/json").status_code == 404

    assert tasks.make_exports() == 1
    export.refresh_from_db()
    assert [one.name for one in folder.iterdir()] == [f"{export.key.hex}.zip"]
    fetched(browser_of("Rana"), export, tmp_path)


def test_an_export_that_kills_every_worker_is_given_up(spoken, monkeypatch):
    export = asked(spoken)
    monkeypatch.setattr(building, "write_zip", die)
    for _ in range(exports.TRIES):
        with pytest.raises(Killed):
            tasks.make_exports()
    tasks.make_exports()
    export.refresh_from_db()

    assert (export.state, export.attempts) == (ExportState.FAILED, exports.TRIES)


def test_one_that_fails_does_not_stop_the_others_and_is_given_up_after_three_tries(spoken, monkeypatch):
    bad, good, build = asked(spoken), asked(make_world("Another one", host="Eva")), exports.build

    def break_one(workshop, *args):
        return build(workshop, *args) if workshop == good.workshop else 1 / 0

    monkeypatch.setattr(exports, "build", break_one)
    assert [tasks.make_exports() for _ in range(exports.TRIES + 1)] == [1, 0, 0, 0]

    states = dict(Export.objects.values_list("pk", "state"))
    assert states == {bad.pk: ExportState.FAILED, good.pk: ExportState.READY}
    assert not Parked.objects.exists()


def test_it_says_how_many_people_are_in_it_and_how_often_it_was_fetched(spoken, browser_of, tmp_path):
    says(spoken, "Ada")
    export = made(spoken)
    browser = browser_of("Rana")
    for _press in range(2):
        fetched(browser, export, tmp_path)
    with CaptureQueriesContext(connection) as asked_for:
        (line,) = exports_view(spoken.workshop).lines

    assert (line.people, line.fetched) == (3, 2)
    assert [query["sql"] for query in asked_for if 'JOIN "sessions_app_export' in query["sql"]] == []


def test_the_part_that_a_script_asks_for_stops_asking_when_all_is_made(spoken, browser_of):
    browser = browser_of("Rana")
    asked(spoken)
    assert 'hx-trigger="every 3s"' in browser.get(page(spoken), HTTP_HX_REQUEST="true").content.decode()
    assert "django_htmx/htmx" in browser.get(page(spoken)).content.decode()  # else nobody reads that
    tasks.make_exports()

    part = browser.get(page(spoken), HTTP_HX_REQUEST="true").content.decode()
    assert part.lstrip().startswith('<div id="exports"')
    assert "hx-trigger" not in part


def test_moments_are_told_on_the_clock_of_the_workshop(spoken, browser_of):
    with clock.at(datetime(2026, 11, 20, 23, 30, tzinfo=UTC)):
        made(spoken)
        shown = browser_of("Rana").get(page(spoken)).content.decode()
    with clock.at(datetime(2027, 1, 2, 12, tzinfo=UTC)):
        next_year = browser_of("Rana").get(page(spoken)).content.decode()

    assert "Saturday 21 November, 00:30 ·" in shown
    assert "Kept until Saturday 28 November." in shown
    assert "Saturday 21 November 2026, 00:30 ·" in next_year
