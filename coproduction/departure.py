"""How a web process ends without anybody noticing: it says that it is not ready, takes nobody new, moves its sockets
and answers what it was asked. daphne has no such thing: it cuts all lines ten milliseconds after SIGTERM.
"""

import asyncio
import logging
import select
from collections.abc import Callable
from typing import Any, Protocol

logger = logging.getLogger(__name__)
NOTICE = 3.0  # seconds of /health/ready saying no while all else goes on; longer than nginx avoids one that failed
SPREAD = 10.0  # seconds over which sockets move
LATE_BYTES = 0.3  # seconds for what was let in last to be read, and for what was answered last to be written
LONGEST = 10.0  # seconds for requests under way, and for sockets after their moment


class Server(Protocol):
    """What we need of daphne or uvicorn."""

    def doors(self) -> list[int]:
        """The file numbers that connections come in by."""

    def close_doors(self) -> None:
        """Take no new connections; those that are open stay."""

    def end(self) -> None:
        """Let the process end, whatever is under way."""


class Doorway:
    """The application as the server sees it: counts requests under way, and tells them when we are leaving."""

    def __init__(self, application: Callable[..., Any]) -> None:
        self.application = application
        self.under_way = 0
        self.is_leaving = False

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        self.under_way += 1
        try:
            await self.application({**scope, "is_leaving": self.is_leaving}, receive, send)
        finally:
            self.under_way -= 1


class Departure:
    """From the first signal to the end. `send_away(seconds)` moves the sockets and returns when they have gone."""

    def __init__(
        self, doorway: Doorway, server: Server, send_away: Callable[[float], Any], notice: float, spread: float
    ) -> None:
        self.doorway, self.server, self.send_away = doorway, server, send_away
        self.notice, self.spread = notice, spread
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """The first signal starts it, a second one ends it at once."""
        if self._task is None:
            self._task = asyncio.ensure_future(self._go())
        else:
            self.server.end()

    async def _go(self) -> None:
        self.doorway.is_leaving = True
        try:
            await asyncio.sleep(self.notice)
            await self._let_in_who_knocked()
            self.server.close_doors()
            async with asyncio.timeout(self.spread + LONGEST):
                await asyncio.gather(self.send_away(self.spread), self._last_answers())
        except TimeoutError:
            logger.warning("somebody did not go in time")
        except Exception:
            logger.exception("the departure failed")
        finally:
            self.server.end()

    async def _let_in_who_knocked(self) -> None:
        """The system has already said yes to connections that we have not taken: closing the door would cut them."""
        poll = select.poll()
        for number in self.server.doors():
            poll.register(number, select.POLLIN)
        for _ in range(1000):
            if not poll.poll(0):
                return
            await asyncio.sleep(0)

    async def _last_answers(self) -> None:
        await asyncio.sleep(LATE_BYTES)
        while self.doorway.under_way:
            await asyncio.sleep(0.05)
        await asyncio.sleep(LATE_BYTES)
