"""One person's device as a process of its own, so that it can be stopped like a phone that runs out of power."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.live_processes.person import Person

if TYPE_CHECKING:
    from tests.e2e.web import Web
    from tests.live_processes.meeting import Meeting

ROOT = Path(__file__).resolve().parents[2]


class Visitor:
    """Use it as a context manager; `process` is the device."""

    def __init__(self, meeting: "Meeting", web: "Web", name: str) -> None:
        words = [name, str(web.port), meeting.room, json.dumps(meeting.cookies_of(name))]
        command = [sys.executable, "-m", "tests.slow.visitor", *words]
        self.process = subprocess.Popen(command, cwd=ROOT, env=dict(os.environ), stdin=subprocess.PIPE)

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()


async def sit(name: str, port: str, room: str, cookies: str) -> None:
    """Be in the room until whoever started us is gone."""
    person = Person(name, ("127.0.0.1", int(port)), room, json.loads(cookies))
    await person.come()
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(sit(*sys.argv[1:]))
