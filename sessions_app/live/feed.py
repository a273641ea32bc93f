"""Feed: one workshop in one process. It reads each new event once and writes one frame per audience."""

import asyncio
import json
import logging
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError

from sessions_app.live import reading
from sessions_app.live.audience import Audience
from sessions_app.live.database import in_thread
from sessions_app.live.groups import MOVES, is_moved_out
from sessions_app.live.member import REMOVED, SLOW, Member
from sessions_app.live.pieces import ANSWER_VERBS

logger = logging.getLogger(__name__)
TICK = 0.025  # seconds in which news that piles up goes out as one frame
REST = 3.0  # a room rests this many times as long as its last news took, so that a full one gathers more per frame
LONGEST_REST = 0.1
ANSWERS_PACE = 0.55  # seconds between two drawings of answers that are being chosen: in no second more than two
TOO_FAR_BEHIND = 200  # events; beyond that a fresh page is cheaper than catching up
REMEMBERED = 1000  # events held in memory for those who come back
OWN = '{"t":"own"}'  # something that only this person sees has changed
AGAIN_AFTER = 0.5  # seconds until the database is asked again after it failed


@dataclass(slots=True)
class Circle:
    """The members of one audience. `told` is the head up to which they have frames."""

    told: int
    members: set[Member] = field(default_factory=set)


class Feed:
    """The news of one workshop. `cursor` is the last event read; it starts at the head of whoever comes first.

    `everyone` holds all open sockets; the circles hold those of them that are whole up to the cursor.
    """

    def __init__(self, workshop_id: int, head: int, epoch: str) -> None:
        self.workshop_id, self.cursor, self.epoch = workshop_id, head, epoch
        self.circles: dict[Audience, Circle] = {}
        self.everyone: set[Member] = set()
        self.wake = asyncio.Event()
        self.wake.set()  # there may be news between that head and now
        self.recent: list[reading.Happening] = []
        self.recent_after = head
        self._filling = asyncio.Lock()
        self._answers_at = 0.0  # when answers were drawn last
        self.is_restless = False  # whether somebody has had another name or place since the table was drawn
        self._is_awaited = False
        self._awaited: list[asyncio.Event] = []  # set when the log has been read once more
        self._frames: OrderedDict[tuple[Audience, int, int], str] = OrderedDict()
        self._task = asyncio.ensure_future(self._run())

    @property
    def members(self) -> list[Member]:
        return [member for circle in self.circles.values() for member in circle.members]

    def hello(self) -> str:
        now = int(time.time() * 1000)
        return dumps({"t": "hello", "v": 1, "epoch": self.epoch, "head": self.cursor, "now": now})

    def heartbeat(self) -> str:
        return dumps({"t": "hb", "epoch": self.epoch, "head": self.cursor, "now": int(time.time() * 1000)})

    def carry_on(self) -> None:
        """Take everybody whom nothing concerned along to the present, so that silence leaves nobody far behind."""
        for circle in self.circles.values():
            if circle.told < self.cursor:
                self._write(circle, frame(circle.told, self.cursor, []))
                circle.told = self.cursor

    async def welcome(self, member: Member, head: int) -> None:
        """MEMBER has joined with the rights of HEAD: close the socket if what happened since has taken them away."""
        if head < self.cursor:
            self._close_to_the_lost(await self._between(head, self.cursor), {member})

    async def catch_up(self, member: Member, after: int, epoch: str) -> None:
        """Bring MEMBER from AFTER to the present and let them listen; or tell them to fetch a fresh page."""
        self._set_aside(member)
        if epoch == self.epoch and after > self.cursor:
            await self._read_on()  # another process has drawn a page of what is new to this one
        if epoch != self.epoch or after > self.cursor or self.cursor - after > TOO_FAR_BEHIND:
            member.write(dumps({"t": "resync", "why": resync_reason(epoch, self.epoch)}))
            return
        while after < self.cursor:
            through = self.cursor
            try:
                member.write(await self._frame(member.audience, after, through))
            except DatabaseError:
                raise
            except Exception:
                logger.exception("what was missed could not be drawn", extra={"workshop": self.workshop_id})
                member.write(dumps({"t": "resync", "why": "trouble"}))
                return
            after = through
        # No await since the comparison: the member is whole up to the cursor, and hears all that follows.
        circle = self.circles.setdefault(member.audience, Circle(told=self.cursor))
        circle.members.add(member)

    def begin_anew(self, head: int, epoch: str) -> None:
        """The log is another one: a restore has made all cursors worthless. Everybody fetches a fresh page."""
        self.cursor, self.epoch = head, epoch
        self.recent, self.recent_after = [], head
        self._frames.clear()
        for circle in self.circles.values():
            circle.told = head
        for member in tuple(self.everyone):  # also those who are catching up
            member.write(dumps({"t": "resync", "why": "another_epoch"}))

    def leave(self, member: Member) -> None:
        self.everyone.discard(member)
        self._set_aside(member)

    def _set_aside(self, member: Member) -> None:
        circle = self.circles.get(member.audience)
        if circle is not None:
            circle.members.discard(member)
            if not circle.members:
                del self.circles[member.audience]

    def kick(self, member: Member, code: int) -> None:
        self._set_aside(member)
        member.close(code)

    def close(self) -> None:
        self._task.cancel()

    async def _run(self) -> None:
        while True:
            await self.wake.wait()
            self.wake.clear()
            began = time.monotonic()
            awaited, self._awaited = self._awaited, []
            self._is_awaited = bool(awaited)
            try:
                await self._read_all()
            except Exception as trouble:
                if not isinstance(trouble, DatabaseError):
                    logger.exception("news could not be read", extra={"workshop": self.workshop_id})
                self._awaited += awaited
                await asyncio.sleep(AGAIN_AFTER)
                self.wake.set()
            else:
                for event in awaited:
                    event.set()
            worked = time.monotonic() - began
            await asyncio.sleep(max(TICK - worked, min(REST * worked, LONGEST_REST)))

    async def _read_on(self) -> None:
        """Return when the log has been read to its end once more, beginning after this call."""
        done = asyncio.Event()
        self._awaited.append(done)
        self.wake.set()
        await done.wait()

    async def _read_all(self) -> None:
        try:
            while await self._pump():
                pass
        except DatabaseError:
            raise
        except Exception:
            # One bad event must not stop a room: everybody fetches a fresh page, and we go on behind it.
            logger.exception("news could not be drawn", extra={"workshop": self.workshop_id})
            happened = await in_thread(reading.happened_since, self.workshop_id, self.cursor)
            self._advance(happened)
            self._write_all(dumps({"t": "resync", "why": "trouble"}))

    async def _pump(self) -> bool:
        """Read what is new, and write it. True when there may be more."""
        audiences = list(self.circles)
        wait = 0.0 if self._is_awaited else self._answers_at + ANSWERS_PACE - time.monotonic()
        happened, pieces = await in_thread(reading.news_for, self.workshop_id, self.cursor, audiences, patient=wait > 0)
        if not happened:
            return False
        if pieces is None:
            asyncio.get_running_loop().call_later(wait, self.wake.set)
            return False
        if any(event.verb in ANSWER_VERBS for event in happened):
            self._answers_at = time.monotonic()
        while missing := [audience for audience in self.circles if audience not in pieces]:
            # Somebody of a new audience came while we read; they joined at the old cursor and need this too.
            for audience in missing:
                pieces[audience] = await in_thread(reading.drawn, audience, happened)
        # No await from here on: whoever joins next finds the new cursor.
        self._advance(happened)
        for audience, news in pieces.items():
            circle = self.circles.get(audience)
            if circle is not None and news != []:
                trouble = dumps({"t": "resync", "why": "trouble"})
                self._write(circle, trouble if news is None else frame(circle.told, self.cursor, news))
                circle.told = self.cursor
        self._call_to_fetch(reading.concerned(happened))
        return len(happened) == reading.AT_ONCE

    def _call_to_fetch(self, people: set[int]) -> None:
        """Tell those whom something concerns that nobody else may see. No frame holds it: their pages fetch it."""
        for member in tuple(self.everyone) if people else ():
            if member.actor.participant is not None and member.actor.participant.pk in people:
                member.mention(OWN)

    def _advance(self, happened: list[reading.Happening]) -> None:
        """The log has been read up to the end of HAPPENED. Whoever loses access by it sees nothing of it."""
        if happened:
            self.is_restless |= any(event.verb in reading.LOOKS for event in happened)
            self._remember(happened)
            self.cursor = happened[-1].seq
            self._close_to_the_lost(happened, self.everyone)

    def _close_to_the_lost(self, happened: list[reading.Happening], members: set[Member]) -> None:
        for person_id in reading.loses_access(happened):
            for member in tuple(members):
                if person_id is None or getattr(member.actor.participant, "pk", None) == person_id:
                    self.kick(member, REMOVED)
        moves = [event for event in happened if event.verb in MOVES]
        for member in tuple(members) if moves else ():
            if any(is_moved_out(member.actor, member.audience, event) for event in moves):
                self.kick(member, REMOVED)

    def _write(self, circle: Circle, text: str) -> None:
        for member in tuple(circle.members):
            if not member.write(text):
                circle.members.discard(member)  # comes back through catch_up when it says what it has seen

    def _write_all(self, text: str) -> None:
        for member in self.members:
            member.write(text)

    def drop_hopeless(self) -> None:
        for member in tuple(self.everyone):
            if member.is_hopeless:
                self.kick(member, SLOW)

    async def _frame(self, audience: Audience, after: int, through: int) -> str:
        """The frame that takes AUDIENCE from AFTER to THROUGH; many people ask for the same one at once."""
        key = (audience, after, through)
        if key not in self._frames:
            happened = await self._between(after, through)
            news = await in_thread(reading.pieces_for, audience, happened)
            self._frames[key] = frame(after, through, news)
            while len(self._frames) > 64:
                self._frames.popitem(last=False)
        return self._frames[key]

    async def _between(self, after: int, through: int) -> list[reading.Happening]:
        async with self._filling:
            if after < self.recent_after:
                older = await in_thread(reading.happened_since, self.workshop_id, after, self.recent_after)
                self.recent, self.recent_after = older + self.recent, after
        return [event for event in self.recent if after < event.seq <= through]

    def _remember(self, happened: list[reading.Happening]) -> None:
        self.recent += happened
        if len(self.recent) > REMEMBERED:
            self.recent = self.recent[-REMEMBERED // 2 :]
            self.recent_after = self.recent[0].seq - 1


def resync_reason(epoch: str, present: str) -> str:
    """Why somebody who read the log of EPOCH has to fetch a fresh page, where the log is that of PRESENT."""
    return "too_far_behind" if epoch == present else "another_epoch"


def frame(after: int, through: int, pieces: list[dict[str, Any]]) -> str:
    """One frame of news as the wire carries it (docs/protocol.md)."""
    return dumps({"t": "news", "after": after, "through": through, "pieces": pieces})


def dumps(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))
