"""Web processes and open sockets for tests: each process is an event loop in a thread, with a hub of its own."""

import asyncio
import json
import queue
import threading
import time

from django.conf import settings
from django.db import connections

from coproduction.asgi import application
from sessions_app.live.hub import Hub

SECONDS = 10.0
ORIGIN = (b"origin", settings.PUBLIC_URL.encode())


class Process:
    """A web process: sockets opened in it share one hub."""

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self._work, daemon=True)
        self.thread.start()
        self.lines = []

    def _work(self):
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()
        while tasks := asyncio.all_tasks(self.loop):  # a client of Redis may take a cancellation for a timeout
            for task in tasks:
                task.cancel()
            self.loop.run_until_complete(asyncio.wait(tasks, timeout=0.5))
        Hub._of_loop.pop(self.loop, None)
        self.loop.close()
        connections.close_all()

    def run(self, work):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(SECONDS)

    @property
    def hub(self):
        return self.run(_hub())

    def stop(self):
        for line in self.lines:
            line.hang_up()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(SECONDS)
        assert not self.thread.is_alive()

    def line(self, path, cookies="", origin=ORIGIN):
        line = Line(self, path, cookies, origin)
        self.lines.append(line)
        return line


async def _hub():
    return Hub.here()


class Line:
    """A socket as a browser has it. `code` is None while it is open, 403 when it never opened, else the close code."""

    def __init__(self, process, path, cookies, origin):
        self.process = process
        self.frames = queue.Queue()
        self.code = None
        self.over = threading.Event()
        self.opened = threading.Event()
        self.all = []
        self.is_stalled = False
        scope = {
            "type": "websocket",
            "path": path,
            "headers": [header for header in (origin, (b"cookie", cookies.encode())) if header],
            "query_string": b"",
            "subprotocols": [],
        }
        process.run(self._dial(scope))

    async def _dial(self, scope):
        self.incoming = asyncio.Queue()
        self.goes_on = asyncio.Event()
        self.incoming.put_nowait({"type": "websocket.connect"})
        self.task = asyncio.ensure_future(application(scope, self.incoming.get, self._send))

    async def _send(self, message):
        if self.is_stalled:
            await self.goes_on.wait()
        if message["type"] == "websocket.accept":
            self.opened.set()
        elif message["type"] == "websocket.close":
            if not 3000 <= message.get("code", 1000) <= 4999 and message.get("code", 1000) != 1000:
                raise ValueError("daphne sends no such code")
            self.code = message.get("code", 1000) if self.opened.is_set() else 403
            self.frames.put({"t": "closed", "code": self.code})
            self.over.set()
            self.opened.set()
            self.incoming.put_nowait({"type": "websocket.disconnect", "code": self.code})
        else:
            assert self.code is None, "something is sent after the end"
            self.all.append(message["text"])
            self.frames.put(json.loads(message["text"]))

    def stall(self):
        """The network takes nothing more: sending waits."""
        self.is_stalled = True

    def go_on(self):
        self.is_stalled = False
        self.process.loop.call_soon_threadsafe(self.goes_on.set)

    def tell(self, message):
        text = message if isinstance(message, str | bytes) else json.dumps(message)
        key = "bytes" if isinstance(text, bytes) else "text"
        self.process.loop.call_soon_threadsafe(self.incoming.put_nowait, {"type": "websocket.receive", key: text})

    def since(self, after, epoch):
        self.tell({"t": "since", "after": after, "epoch": str(epoch)})

    def next(self, *kinds, seconds=SECONDS):
        """The next frame of one of KINDS; others are skipped. Fails when none comes in time."""
        until = time.monotonic() + seconds
        while True:
            frame = self.frames.get(timeout=max(0.0, until - time.monotonic()))
            if frame["t"] in kinds:
                return frame

    def hang_up(self):
        self.is_stalled = False
        self.process.loop.call_soon_threadsafe(self.goes_on.set)
        self.process.loop.call_soon_threadsafe(self.incoming.put_nowait, {"type": "websocket.disconnect", "code": 1001})


def until(condition, seconds=SECONDS):
    """Wait until CONDITION holds, and return what it gives."""
    end = time.monotonic() + seconds
    pause = threading.Event()
    while not (result := condition()):
        assert time.monotonic() < end, "it never came about"
        pause.wait(0.01)
    return result
