"""What `static/js/outbox.js` does with somebody's words: one after the other, again and again, until they are in."""

import asyncio
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from tests.live_processes.person import Person

RETRIES = (1, 2, 5, 10, 15)


@dataclass
class Sent:
    """Words on their way. `seq` is their number once the server has said that they are in."""

    words: str
    client_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    seq: int = 0
    tries: int = 0


class Outbox:
    """The words of one person. `refused` holds answers that the script would show as failed."""

    def __init__(self, person: "Person") -> None:
        self.person = person
        self.action = ""
        self.sent: list[Sent] = []
        self.refused: list[str] = []
        self.talking: asyncio.Task | None = None

    @property
    def waiting(self) -> list[Sent]:
        return [sent for sent in self.sent if not sent.seq]

    def talk(self, pause: float, action: str) -> None:
        """Go on saying things until `hush`."""
        self.action = action
        self.talking = asyncio.create_task(self._talk(pause))

    def hush(self) -> None:
        """Say nothing new; what waits is still sent."""
        self._pause = None

    async def say(self, words: str, action: str = "", *, with_script: bool = True, hang_up_after: float = 0) -> Sent:
        """Send WORDS until they are in, or refused. `hang_up_after` so many seconds the first answer is not heard."""
        sent = Sent(words)
        self.sent.append(sent)
        fails = 0
        if hang_up_after:
            await self._try(sent, action, with_script, timeout=httpx.Timeout(10, read=hang_up_after))
        while not sent.seq and not await self._try(sent, action or self.action, with_script):
            await asyncio.sleep(RETRIES[min(fails, len(RETRIES) - 1)])
            fails += 1
        return sent

    async def _talk(self, pause: float) -> None:
        self._pause: float | None = pause
        while self._pause is not None:
            await self.say(f"{self.person.name} says {len(self.sent) + 1}")
            await asyncio.sleep(self._pause or 0)

    async def _try(self, sent: Sent, action: str, with_script: bool, **more: Any) -> bool:
        """True when the server has answered for good, with a yes or a no."""
        sent.tries += 1
        person = self.person
        fields = {"body": sent.words, "client_id": sent.client_id, "view": "room"}
        headers = {"Accept": "application/json", "X-CSRFToken": person.page.csrf} if with_script else {}
        if not with_script:
            fields["csrfmiddlewaretoken"] = person.page.csrf
        response = await person.fetch("POST", action, data=fields, headers=headers, **more)
        if response is None or response.status_code >= 500 or response.status_code == 429:
            return False
        if not with_script and response.status_code == 302:
            sent.seq = -1  # in, but a browser without script is not told the number
        elif response.status_code == 200:
            posted = response.json()
            assert posted["client_id"] == sent.client_id
            sent.seq = posted["seq"]
            person.page.place(posted)
        else:
            self.refused.append(f"{response.status_code} {response.text[:200]}")
        return True
