"""What the tests of the researchers' page do: ask for an export, let the worker make it, fetch it."""

from django.urls import reverse

from sessions_app import tasks
from sessions_app.models import Export
from sessions_app.operations import exports


def asked(world) -> Export:
    return exports.ask_export(workshop=world.workshop, actor=world["Rana"])


def made(world) -> Export:
    export = asked(world)
    assert tasks.make_exports() == 1
    export.refresh_from_db()
    return export


def page(world) -> str:
    return reverse("exports", args=[world.workshop.slug])


def address(export: Export) -> str:
    return reverse("download_export", args=[export.workshop.slug, export.key])


def fetched(browser, export: Export, tmp_path, **headers):
    answer = browser.post(address(export), **headers)
    assert answer.status_code == 200
    file = tmp_path / "fetched.zip"
    file.write_bytes(b"".join(answer.streaming_content))
    return answer, file
