"""A scripted person: page, live line and outbox, each keeping the rules of docs/protocol.md like the scripts do."""

import asyncio
import json
import random
import socket
import time
from collections import Counter

import httpx

from bench.wire import HandshakeError, Socket, connect
from tests.live_processes.outbox import Outbox
from tests.live_processes.page import Page

HEARTBEAT_LATE = 25.0
SEEN_EVERY = 2.0
POLL_EVERY = 5.0
LONGEST_WAIT = 15.0
WRONG_PROTOCOL, SIGNED_OUT, REMOVED = 4400, 4401, 4403
NO_ANSWER, LATE, UNREADY, MOVED = 0, 1, 2, 3  # how a line ends that no close frame ended


class Person:
    """Somebody in the room of a meeting. Everything here runs on the crowd's own event loop.

    `answers` counts the HTTP statuses met, `closes` lists how the lines ended, `chain` the (after, through) of all
    news applied since the last page, `gaps` counts frames that came before what they follow, `slowest` is the longest
    answer in seconds, `trouble` holds answers that no browser should get, `moves` counts the lines that were left
    because the server asked for it, `away` holds the seconds without a line each time it ended.
    """

    def __init__(
        self,
        name: str,
        address: tuple[str, int],
        room: str,
        cookies: dict[str, str],
        narrow: socket.socket | None = None,
    ) -> None:
        self.name, self.address, self.room, self.narrow = name, address, room, narrow
        self.http = httpx.AsyncClient(
            base_url="http://{}:{}".format(*address), cookies=cookies, timeout=10, trust_env=False, verify=False
        )
        self.page: Page | None = None
        self.outbox = Outbox(self)
        self.cursor, self.behind, self.failures, self.gaps, self.hellos = 0, -1, 0, 0, 0
        self.table = ""  # who is here, as the server last drew it
        self.cursor_at_end = 0  # how far the line had come that ended last
        self.asks = self.tells = True  # whether this person says `since` and `seen`
        self.late_after = HEARTBEAT_LATE
        self.chain: list[tuple[int, int]] = []
        self.answers: Counter[str] = Counter()
        self.frames: Counter[str] = Counter()
        self.closes: list[int] = []
        self.trouble: list[str] = []
        self.slowest = 0.0
        self.heard_at = self.seen_at = 0.0
        self.last_fresh = float("-inf")
        self.fresh_at: float | None = None
        self.seen_soon: asyncio.TimerHandle | None = None
        self.socket: Socket | None = None
        self.is_gone = self.is_moving = False
        self.follows = True  # whether this person moves when told to
        self.moves = 0
        self.away: list[float] = []
        self.left_at: float | None = None
        self.tasks: list[asyncio.Task] = []

    @property
    def page_head(self) -> int:
        return self.page.head if self.page else 0

    @property
    def is_on_line(self) -> bool:
        return self.socket is not None and not self.socket.ended.is_set()

    async def come(self) -> None:
        """Open the page; its scripts open the line."""
        await self._load()
        self.tasks = [asyncio.create_task(self._stay_on_line()), asyncio.create_task(self._poll())]

    async def leave(self) -> None:
        for task in (*self.tasks, self.outbox.talking):
            if task is not None:
                task.cancel()
        if self.socket is not None:
            self.socket.close()
        await self.http.aclose()

    async def fetch(self, method: str, path: str, **more) -> httpx.Response | None:
        """One request; nothing when nobody answers."""
        began = time.monotonic()
        try:
            response = await self.http.request(method, path, **more)
        except httpx.TransportError:
            self.answers[f"{method} nobody"] += 1
            return None
        self.slowest = max(self.slowest, time.monotonic() - began)
        self.answers[f"{method} {response.status_code}"] += 1
        is_busy = response.status_code == 503 and "Retry-After" in response.headers
        if response.status_code >= 500 and not is_busy:
            self.trouble.append(f"{self.name}: {method} {path}: {response.status_code} {response.text[:300]}")
        return response

    async def look_back(self) -> None:
        """Fetch earlier ones until there are none left."""
        while self.page.earlier:
            response = await self.fetch("GET", self.page.earlier, headers={"HX-Request": "true"})
            if response is not None and response.status_code == 200:
                self.page.put_before(response.text)

    # --- the page --------------------------------------------------------------------------------

    async def _load(self) -> None:
        """Load the page again and again until the server answers; a page that is no room is the end."""
        while True:
            response = await self.fetch("GET", self.room)
            if response is not None and response.status_code < 500:
                break
            await asyncio.sleep(1)
        self.page = Page.read(response.text)
        self.chain, self.behind, self.fresh_at = [], -1, None
        self.last_fresh = time.monotonic()
        if self.page is None:
            self.is_gone = True
        else:
            self.cursor = self.page.head

    def _want_fresh(self) -> None:
        if self.fresh_at is None:
            is_again = time.monotonic() - self.last_fresh < 10
            self.fresh_at = time.monotonic() + (10 if is_again else random.random())

    # --- the line --------------------------------------------------------------------------------

    async def _stay_on_line(self) -> None:
        while not self.is_gone:
            code = await self._hold()
            self.left_at = self.left_at or time.monotonic()
            if code == MOVED:
                continue
            if self.fresh_at is not None or code in (WRONG_PROTOCOL, SIGNED_OUT, REMOVED):
                self._want_fresh()
                await asyncio.sleep(max(0.0, self.fresh_at - time.monotonic()))
                await self._load()
                continue
            self.failures += 1
            await asyncio.sleep(random.random() * min(LONGEST_WAIT, 2 ** (self.failures - 1)))

    async def _hold(self) -> int:
        """Hold one line until it ends. Returns its close code, or why there was none."""
        host, port = self.address
        cookies = "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())
        headers = {"Origin": f"http://{host}:{port}", "Cookie": cookies}
        self.heard_at = time.monotonic()
        try:
            self.socket = await connect(
                self.address, self.page.socket, headers, self._hear, narrow=self.narrow, timeout=HEARTBEAT_LATE
            )
        except (OSError, TimeoutError, HandshakeError):
            return UNREADY
        finally:
            self.narrow = None
        while not self.socket.ended.is_set():
            try:
                await asyncio.wait_for(self.socket.ended.wait(), 0.5)
            except TimeoutError:
                if self.fresh_at is not None and self.fresh_at <= time.monotonic():
                    self.socket.close()
                if time.monotonic() - self.heard_at > self.late_after:
                    self.socket.close()
                    self.closes.append(LATE)
                    return LATE
        self.cursor_at_end = self.cursor
        if self.is_moving:
            self.is_moving = False
            self.moves += 1
            return MOVED
        self.closes.append(self.socket.close_code)
        return self.socket.close_code

    def _hear(self, line: Socket, payload: bytes) -> None:
        if self.fresh_at is not None:
            return
        self.heard_at, self.socket = time.monotonic(), line
        said = json.loads(payload)
        self.frames[said["t"]] += 1
        if said["t"] == "hello":
            self.failures = 0
            self.hellos += 1
            if self.left_at is not None:
                self.away.append(time.monotonic() - self.left_at)
                self.left_at = None
            if said["epoch"] != self.page.epoch:
                return self._want_fresh()
            self._ask()
        elif said["t"] == "news":
            self._take(said)
        elif said["t"] == "hb":
            if said["head"] > self.cursor == self.behind:
                self._ask()
            self.behind = self.cursor if said["head"] > self.cursor else -1
        elif said["t"] == "resync":
            self._want_fresh()
        elif said["t"] == "move" and self.follows:
            asyncio.get_running_loop().call_later(said["in"] / 1000, self._move, line)
        elif said["t"] == "here":
            self.table = said["html"]

    def _move(self, line: Socket) -> None:
        if line is self.socket and not line.ended.is_set():
            self.is_moving = True
            line.close()

    def _take(self, said: dict) -> None:
        if said["through"] <= self.cursor:
            return
        if said["after"] > self.cursor:
            self.gaps += 1
            return self._ask()
        self.cursor = said["through"]
        self.chain.append((said["after"], said["through"]))
        self.page.apply(said["pieces"])
        if time.monotonic() - self.seen_at > SEEN_EVERY:
            self._tell_seen()
        elif self.seen_soon is None:
            self.seen_soon = asyncio.get_running_loop().call_later(SEEN_EVERY, self._tell_seen)

    def _tell_seen(self) -> None:
        self.seen_at, self.seen_soon = time.monotonic(), None
        if self.tells:
            self._say({"t": "seen", "through": self.cursor})

    def _ask(self) -> None:
        if self.asks:
            self._say({"t": "since", "after": self.cursor, "epoch": self.page.epoch})

    def _say(self, message: dict) -> None:
        if self.socket is not None:
            self.socket.send(json.dumps(message))

    async def _poll(self) -> None:
        """After three failures: the same news by plain requests, until a line opens."""
        while not self.is_gone:
            await asyncio.sleep(POLL_EVERY if self.failures >= 3 else 0.5)
            if self.failures < 3 or self.fresh_at is not None:
                continue
            address = f"{self.page.news}?after={self.cursor}&epoch={self.page.epoch}"
            response = await self.fetch("GET", address, headers={"Accept": "application/json"})
            if response is not None and response.status_code in (403, 404):
                self._want_fresh()
            elif response is not None and response.status_code == 200 and self.failures >= 3:
                said = response.json()
                self._want_fresh() if said["t"] == "resync" else self._take(said)
