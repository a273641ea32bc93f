"""Many scripted people on one event loop in a thread of its own, so that a test can break things beside them."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import Future
from typing import Any

from tests.live_processes.person import Person


class Crowd:
    """Use it as a context manager: whoever is still there at its end leaves."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="crowd", daemon=True)

    def __enter__(self) -> "Crowd":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.run(_all(person.leave() for person in self.people))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def run(self, work: Coroutine[Any, Any, Any], within: float = 60) -> Any:
        """Run WORK on the people's loop and wait for what it gives."""
        return asyncio.run_coroutine_threadsafe(asyncio.wait_for(work, within), self._loop).result(within + 5)

    def begin(self, work: Coroutine[Any, Any, Any]) -> Future[Any]:
        """Run WORK on the people's loop and do not wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def call(self, work: Callable[[], Any]) -> Any:
        """Call WORK between two steps of the people, so that it sees them at one moment."""

        async def _call() -> Any:
            return work()

        return self.run(_call())

    def comes(self, *arguments: Any, **more: Any) -> Person:
        """A person who has loaded the page and whose line is being opened."""

        async def _come() -> Person:
            person = Person(*arguments, **more)
            await person.come()
            return person

        self.people.append(self.run(_come()))
        return self.people[-1]

    def all(self, works: Iterable[Coroutine[Any, Any, Any]], within: float = 60) -> list[Any]:
        return self.run(_all(works), within)

    def goes(self, people: list[Person]) -> None:
        """These people close their pages."""
        self.all(person.leave() for person in people)
        self.people = [person for person in self.people if person not in people]

    def lets_pass(self, seconds: float) -> None:
        """Let people do what they do for so long."""
        self.run(asyncio.sleep(seconds), seconds + 5)

    def until(self, condition: Callable[[], Any], within: float, otherwise: Callable[[], object] = str) -> None:
        """Wait until CONDITION holds; fail with what OTHERWISE says after WITHIN seconds."""

        async def _until() -> None:
            while not condition():
                self._look_for_trouble()
                await asyncio.sleep(0.05)

        try:
            self.run(_until(), within)
        except TimeoutError:
            raise AssertionError(f"not within {within} seconds: {otherwise()}") from None

    def _look_for_trouble(self) -> None:
        """A person's script that ended by an error is an error of the test."""
        for task in (task for person in self.people for task in person.tasks if task.done() and not task.cancelled()):
            task.result()


async def _all(works: Iterable[Coroutine[Any, Any, Any]]) -> list[Any]:
    return await asyncio.gather(*works)
