"""Pages over ASGI: a request is answered from its first line to its last in one of a few threads that stay.

Django's own handler starts a thread for every request and hops between it and the event loop for each signal and each
middleware that is not asynchronous; for a post that is a third of the processor time.
"""

import asyncio
import contextlib
import re
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import Context
from typing import Any

from django.conf import settings
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.db import close_old_connections
from django.http.response import HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import set_script_prefix
from django.utils import translation

from sessions_app.middleware import busy

FILES_MIDDLEWARE = "servestatic.middleware.ServeStaticMiddleware"
AT_ONCE = 16
LONGEST_WAIT = 2.0  # seconds in the queue for a thread; the outbox gives up after ten, so people are told before
MOST = settings.DATA_UPLOAD_MAX_MEMORY_SIZE  # bytes of one request
CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\"';,\s]*)", re.IGNORECASE)
CHARSETS = {"utf-8", "utf8", "us-ascii"}
Receive = Callable[[], Awaitable[dict[str, Any]]]
PULSE = "/health/live"  # asks whether this process lives, so it never stands in the queue


class Intake:
    """What comes from the server, until more has come, or is told to come, than people can send here: then the end."""

    def __init__(self, headers: Iterable[tuple[bytes, bytes]], receive: Receive) -> None:
        lengths = [int(value) for name, value in headers if name == b"content-length" and value.isdigit()]
        self.receive, self.count = receive, 0
        self.is_too_much = max(lengths, default=0) > MOST

    async def __call__(self) -> dict[str, Any]:
        if not self.is_too_much:
            message = await self.receive()
            self.count += len(message.get("body", b""))
            self.is_too_much = self.count > MOST
        return {"type": "http.request", "body": b"", "more_body": False} if self.is_too_much else message


class Pages(ASGIHandler):
    """Everything but files. What waits too long for a thread is told to come back: 503 with Retry-After."""

    def __init__(self) -> None:
        super().__init__()
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="page")
        self._pulse = ThreadPoolExecutor(1, thread_name_prefix="pulse")

    def load_middleware(self, is_async: bool = False) -> None:
        everything = settings.MIDDLEWARE
        settings.MIDDLEWARE = [name for name in everything if name != FILES_MIDDLEWARE]
        try:
            super().load_middleware(is_async=False)
        finally:
            settings.MIDDLEWARE = everything

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if not is_readable(scope["headers"]):
            return await self.send_response(HttpResponse(render_to_string("400.html"), status=400), send)
        intake = Intake(scope["headers"], receive)
        try:
            body = await self.read_body(intake)
        except RequestAborted:
            return
        if intake.is_too_much:  # the middleware says so in words; it looks at the length that is told
            told = [header for header in scope["headers"] if header[0] != b"content-length"]
            scope = {**scope, "headers": [*told, (b"content-length", str(MOST + 1).encode())]}
        threads = self._pulse if scope["path"] == PULSE else self._threads
        # A context of its own: what one request sets, such as its language, is never seen by the next one.
        job = threads.submit(Context().run, self._answer, scope, body)
        response = await self._wait_for(job) or self._busy(scope, body)
        try:
            await self.send_response(response, send)
        finally:
            if response.streaming:
                response.close()

    async def _wait_for(self, job: Future[HttpResponseBase]) -> HttpResponseBase | None:
        """What JOB answers; None when no thread became free for it in time. A job that has begun is waited for."""
        answer = asyncio.wrap_future(job)
        await asyncio.wait([answer], timeout=LONGEST_WAIT)
        if not answer.done() and job.cancel():
            return None
        return await answer

    def _answer(self, scope: Any, body: Any) -> HttpResponseBase:
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        with contextlib.closing(body):
            request, refused = self.create_request(scope, body)
            response: HttpResponseBase
            if request is None:
                assert refused is not None  # noqa: S101  -- create_request gives one of the two
                response = refused
            else:
                response = self.get_response(request)
        if response.streaming:
            close_old_connections()
        else:
            response.close()  # here, because the thread that used a connection has to give it back
        return response

    def _busy(self, scope: Any, body: Any) -> HttpResponseBase:
        with contextlib.closing(body):
            request, refused = self.create_request(scope, body)
            if request is None:
                assert refused is not None  # noqa: S101  -- as above
                return refused
            with translation.override(translation.get_language_from_request(request)):
                return busy(request)


def is_readable(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether Django can read a body of the kind that HEADERS tell: some names of codecs make its parsers fail.

    Browsers send UTF-8 and say so or nothing.
    """
    kinds = [value.decode("latin-1") for name, value in headers if name == b"content-type"]
    return all(
        "*" not in kind and all(found[1].lower() in CHARSETS for found in CHARSET.finditer(kind)) for kind in kinds
    )
