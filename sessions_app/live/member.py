"""A member: one open socket, how far it has read, and whether it can keep up."""

import asyncio
import time
import types
from collections.abc import Awaitable, Callable, Coroutine, Generator
from functools import partial
from typing import Any

from sessions_app.live.audience import Audience
from sessions_app.policy import Actor

Send = Callable[[dict[str, Any]], Awaitable[None]]
UNSEEN_LIMIT = 256 * 1024  # bytes on their way to somebody who has not said that they arrived
SLOW_AFTER = 30.0  # seconds without progress before a slow reader is let go

# Codes of our own: daphne refuses to send those below 3000, but for 1000, and the socket would stay open for ever.
WRONG_PROTOCOL, SIGNED_OUT, REMOVED, SLOW, TOO_LARGE = 4400, 4401, 4403, 4408, 4413
RESTART, TRY_AGAIN = 4012, 4013


class Member:
    """One socket. Writing never waits: a server that pushes back makes the member lag, not the room."""

    __slots__ = ("actor", "audience", "is_closed", "lags_since", "seen", "send", "stuck", "table", "unseen")

    def __init__(self, actor: Actor, audience: Audience, send: Send) -> None:
        self.actor, self.audience, self.send = actor, audience, send
        self.seen = 0
        self.unseen = 0
        self.lags_since: float | None = None
        self.stuck: asyncio.Task[None] | None = None
        self.is_closed = False
        self.table = ""  # who is here, as they were last told

    def write(self, text: str) -> bool:
        """Hand TEXT to the server. False when the member lags and must catch up later instead."""
        if self.is_closed or self.lags_since is not None:
            return False
        if self.unseen > UNSEEN_LIMIT or (self.stuck is not None and not self.stuck.done()):
            self.lags_since = time.monotonic()
            return False
        self.unseen += len(text)
        self._start(self.send({"type": "websocket.send", "text": text}))
        return True

    def mention(self, text: str) -> bool:
        """Hand over a frame that is not news. No client says that it has seen it, so it counts for nothing."""
        counted = self.unseen
        is_written = self.write(text)
        self.unseen = counted
        return is_written

    def close(self, code: int) -> None:
        if not self.is_closed:
            self.is_closed = True
            self._start(self.send({"type": "websocket.close", "code": code}))

    def saw(self, through: int) -> None:
        """The client says how far it has applied the news."""
        if through > self.seen or self.unseen <= UNSEEN_LIMIT:
            self.unseen = 0
        self.seen = max(self.seen, through)

    @property
    def is_hopeless(self) -> bool:
        return self.lags_since is not None and time.monotonic() - self.lags_since > SLOW_AFTER

    def _start(self, sending: Awaitable[None]) -> None:
        """Run SENDING as far as it goes by itself; only what has to wait for the network gets a task.

        A task for every frame would cost more than the frame.
        """
        assert isinstance(sending, Coroutine)  # noqa: S101  -- ASGI's send is an async function
        try:
            waits_for = sending.send(None)
        except StopIteration:
            return
        except Exception:  # noqa: BLE001  -- the peer is gone; its receive loop ends by itself
            self.is_closed = True
            return
        self.stuck = asyncio.ensure_future(_finish(sending, waits_for))


async def _finish(sending: Coroutine[Any, Any, None], waits_for: Any) -> None:
    try:
        await _resume(sending, waits_for)
    except Exception:  # noqa: BLE001  -- as above: a peer that is gone is no news
        return


@types.coroutine
def _resume(sending: Coroutine[Any, Any, None], waits_for: Any) -> Generator[Any, Any, None]:
    while True:
        try:
            value = yield waits_for
        except BaseException as trouble:  # noqa: BLE001  -- cancellation belongs to the coroutine we drive
            step = partial(sending.throw, trouble)
        else:
            step = partial(sending.send, value)
        try:
            waits_for = step()
        except StopIteration:
            return
