"""The hub: one per process. It listens to Redis once, watches the heads in PostgreSQL, and keeps the feeds."""

import asyncio
import json
import logging
import random
import secrets
import time
from typing import Any, ClassVar

import redis.asyncio
from django.conf import settings
from django.db import DatabaseError

from sessions_app.live import presence, reading
from sessions_app.live.database import in_thread
from sessions_app.live.feed import Feed, dumps
from sessions_app.live.member import RESTART, SIGNED_OUT, Member
from sessions_app.operations.sessions import note_seen

logger = logging.getLogger(__name__)
BEACON = 3.0  # seconds between looks at the heads: heals announcements that were lost
HEARTBEAT = 10.0
RECHECK = 30.0
HERE_TICK = 0.5  # seconds in which comings and goings are drawn once
MOVE_TICK = 0.1
OVERDUE = 2.0  # seconds after its moment at which a socket that was told to move is closed from here


class Hub:
    """Members by workshop. Everything runs on one event loop; only reading and drawing happen in threads."""

    _of_loop: ClassVar[dict[asyncio.AbstractEventLoop, "Hub"]] = {}

    @classmethod
    def here(cls) -> "Hub":
        """The hub of the running loop, started at first use."""
        loop = asyncio.get_running_loop()
        if loop not in cls._of_loop:
            cls._of_loop[loop] = cls()
        return cls._of_loop[loop]

    def __init__(self) -> None:
        self.feeds: dict[int, Feed] = {}
        self.members: set[Member] = set()
        self._restless: set[int] = set()  # sessions whose table has to be drawn anew
        self._is_leaving = False
        self.name = secrets.token_hex(4)
        self._seating = asyncio.Lock()  # who sits down, who rises and who is still here: said in the order it happened
        self._tasks = [
            asyncio.ensure_future(_for_ever(work, pause))
            for work, pause in (
                (self._listen, 1.0),
                (self._look_at_heads, BEACON),
                (self._beat, HEARTBEAT),
                (self._recheck, RECHECK),
                (self._draw_tables, HERE_TICK),
            )
        ]

    def join(self, member: Member, head: int, epoch: str) -> Feed:
        """Take MEMBER in. They hear news once the feed's catch_up has brought them to the present."""
        workshop_id = member.audience.workshop_id
        feed = self.feeds.get(workshop_id)
        if feed is None:
            feed = self.feeds[workshop_id] = Feed(workshop_id, head, epoch)
        elif head > feed.cursor:
            feed.wake.set()
        self.members.add(member)
        feed.everyone.add(member)
        return feed

    def leave(self, member: Member) -> None:
        self.members.discard(member)
        feed = self.feeds.get(member.audience.workshop_id)
        if feed is None:
            return
        feed.leave(member)
        if not feed.everyone:
            feed.close()
            del self.feeds[feed.workshop_id]

    async def sit(self, member: Member) -> None:
        """MEMBER takes their place at the table of the room."""
        if member.audience.table and member.actor.participant is not None:
            async with self._seating:
                await in_thread(presence.come, member.audience.table, member.actor.participant.pk, self.name)

    async def rise(self, member: Member) -> None:
        """MEMBER has left; their place is empty unless another of their tabs is here.

        While this process ends they sit down in another one, maybe before they rise here: nobody's place is cleared.
        """
        if self._is_leaving or not member.audience.table or member.actor.participant is None:
            return
        session_id, person_id = member.audience.table, member.actor.participant.pk
        async with self._seating:
            if person_id not in presence.seated(self.members).get(session_id, set()):
                await in_thread(presence.go, session_id, person_id, self.name)
                await in_thread(note_seen, member.actor.participant, member.seen)

    async def send_away(self, spread: float) -> None:
        """Tell every socket to move to another process, each at a moment of its own within SPREAD seconds.

        Returns when all have gone. Those that do not go by themselves are closed a little later.
        """
        self._is_leaving = True
        moments: dict[Member, float] = {}
        while self.members:
            now = time.monotonic()
            for member in list(self.members):
                if member not in moments:  # came in while we were already leaving, or is there since long
                    wait = random.uniform(0, spread)  # noqa: S311  -- spreads load, guards nothing
                    moments[member] = now + wait + OVERDUE
                    member.mention(dumps({"t": "move", "in": int(wait * 1000)}))
                elif now > moments[member]:
                    member.close(RESTART)
            await asyncio.sleep(MOVE_TICK)

    async def _listen(self) -> None:
        """One subscription for everything; a message is only a reason to look."""
        client = redis.asyncio.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=5, health_check_interval=15)
        try:
            async with client.pubsub() as pubsub:
                await pubsub.psubscribe("workshop:*", "here:*", "kick")
                await self._look_at_heads()  # what was announced while nobody listened
                while True:
                    message = await pubsub.get_message(ignore_subscribe_messages=True, timeout=20.0)
                    if message is not None:
                        self._heard(message["channel"].decode(), json.loads(message["data"]))
        finally:
            await client.aclose()

    def _heard(self, channel: str, hint: dict[str, Any]) -> None:
        if channel == "kick":
            self._kick(hint)
            return
        subject, _, number = channel.partition(":")
        if subject == "here":
            self._restless.add(int(number))
        elif (feed := self.feeds.get(int(number))) and hint.get("head", 0) > feed.cursor:
            feed.wake.set()

    def _kick(self, hint: dict[str, Any]) -> None:
        for member in list(self.members):
            gone_seat = hint.get("seat") is not None and member.actor.seat_id == hint["seat"]
            login, person = member.actor.login_key, member.actor.participant
            gone_login = bool(login) and login == hint.get("login")
            gone_user = bool(login) and person is not None and person.user_id == hint.get("user")
            feed = self.feeds.get(member.audience.workshop_id)
            if (gone_seat or gone_login or gone_user) and feed is not None:
                feed.kick(member, SIGNED_OUT)

    async def _look_at_heads(self) -> None:
        if not self.feeds:
            return
        for workshop_id, (head, epoch) in (await in_thread(reading.heads, list(self.feeds))).items():
            feed = self.feeds.get(workshop_id)
            if feed is None:
                continue
            if epoch != feed.epoch:
                feed.begin_anew(head, epoch)
            elif head > feed.cursor:
                feed.wake.set()

    async def _beat(self) -> None:
        for feed in list(self.feeds.values()):
            feed.carry_on()
            text = feed.heartbeat()
            for member in feed.members:
                member.mention(text)
            feed.drop_hopeless()
        async with self._seating:
            at_tables = presence.seated(self.members)
            if at_tables:
                await in_thread(presence.stay, at_tables, time.time(), self.name)
        self._restless |= at_tables.keys() | presence.screens(self.members)

    async def _recheck(self) -> None:
        """In case a kick was lost: does everybody still have the rights they came in with?"""
        members = list(self.members)
        if not members:
            return
        lost = await in_thread(reading.lost_rights, [member.actor for member in members])
        for member in members:
            feed = self.feeds.get(member.audience.workshop_id)
            if member.actor in lost and feed is not None:
                feed.kick(member, lost[member.actor])

    async def _draw_tables(self) -> None:
        sessions, self._restless = self._restless | self._looking_different(), set()
        for session_id in sessions:
            audiences = presence.audiences(self.members, session_id)
            if not audiences:
                continue
            frames = await in_thread(presence.frames, session_id, audiences)
            for member in list(self.members):
                text = frames.get(member.audience, member.table)
                if text != member.table and member.mention(text):
                    member.table = text

    def _looking_different(self) -> set[int]:
        """Sessions at whose table somebody may have another name or place now."""
        restless = [feed for feed in self.feeds.values() if feed.is_restless]
        for feed in restless:
            feed.is_restless = False
        return {session_id for feed in restless for session_id in presence.shown_in(feed.everyone)}


async def _for_ever(work: Any, pause: float) -> None:
    """Run WORK again and again; whatever it meets, the next round tries anew."""
    while True:
        try:
            await work()
        except (DatabaseError, redis.RedisError, OSError) as trouble:
            logger.warning("hub: %s", type(trouble).__name__, extra={"work": work.__name__})
        except Exception:
            logger.exception("hub: a round failed", extra={"work": work.__name__})
        await asyncio.sleep(pause)
