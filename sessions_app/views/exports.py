"""The exports of a workshop, for its researchers: ask for one, see how far it is, fetch it."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Iterator
from typing import BinaryIO

from django.contrib import messages
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sessions_app.access import export_for, workshop_for
from sessions_app.operations.exports import ask_export, download
from sessions_app.policy import can
from sessions_app.queries.exports import exports_view
from sessions_app.views.records import require_second_step

BLOCK = 1 << 18


@require_http_methods(["GET", "POST"])
def exports(request: HttpRequest, slug: str) -> HttpResponse:
    """The list, also for facilitators, who see what went out; POST to make a new one, for researchers.

    While one is being made the page asks again by itself, with a script.
    """
    actor, workshop = workshop_for(request, slug, "workshop.record")
    require_second_step(request, actor)
    if request.method == "POST":
        ask_export(workshop=workshop, actor=actor)
        messages.success(request, _("The export is being made. You can go on meanwhile."))
        return redirect("exports", slug)
    is_part = bool(request.htmx)  # type: ignore[attr-defined]
    template = "exports/list.html" if is_part else "exports/exports.html"
    may = can(actor, "workshop.export", workshop)
    return render(request, template, {"actor": actor, "workshop": workshop, "view": exports_view(workshop), "may": may})


@require_POST
def fetch(request: HttpRequest, slug: str, key: uuid.UUID) -> StreamingHttpResponse:
    """The file, whole: a part of it (Range) is never given. A press, so that no link alone can give it away."""
    actor, export = export_for(request, slug, key)
    require_second_step(request, actor)
    file = download(export=export, actor=actor)
    blocks = _BlocksSoon(file) if isinstance(request, ASGIRequest) else _Blocks(file)
    answer = StreamingHttpResponse(blocks, content_type="application/zip")
    name = f"{export.workshop.slug}-{export.export_id}.zip"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Length"] = str(export.size)
    answer["Content-Encoding"] = "identity"  # it is packed already
    answer["Accept-Ranges"] = "none"
    return answer


class _Blocks:
    """An open file in blocks. Django closes it with the answer, also when nobody reads it to its end."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.close = file.close

    def __iter__(self) -> Iterator[bytes]:
        while block := self._file.read(BLOCK):
            yield block


class _BlocksSoon:
    """The same from a thread, so that a slow disk makes nobody else wait."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.close = file.close

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while block := await asyncio.to_thread(self._file.read, BLOCK):
            yield block
