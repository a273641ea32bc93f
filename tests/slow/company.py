"""People who go on talking and people who only listen, and what must be true for them whatever a test breaks."""

from collections import Counter

from tests.live_processes.meeting import Meeting
from tests.live_processes.person import Person

AGAIN_WITHIN = 15  # seconds until everybody is whole after a fault is over
PAUSE = 1.0  # seconds between two things that somebody says


class Company:
    """`talkers` say something every second until `goes_home_whole`; `listeners` only hold their lines."""

    def __init__(self, meeting: Meeting, talkers: int = 10, listeners: int = 6) -> None:
        self.meeting, self.crowd = meeting, meeting.crowd
        self.talkers = meeting.come(talkers, hall=4)
        self.ada = meeting.enter("Ada", meeting.webs[0])
        self.listeners = [*meeting.come(listeners), self.ada]
        self.crowd.call(lambda: [person.outbox.talk(PAUSE, meeting.post) for person in self.talkers])
        self.says_more(10)
        meeting.all_have_seen(meeting.log(), within=30)

    @property
    def everybody(self) -> list[Person]:
        return [*self.talkers, *self.listeners]

    @property
    def said(self) -> int:
        """How many contributions were acknowledged so far."""
        return sum(1 for person in self.talkers for sent in person.outbox.sent if sent.seq)

    def says_more(self, count: int, within: float = 20) -> None:
        """Wait until COUNT more contributions are acknowledged."""
        enough = self.said + count
        self.crowd.until(lambda: self.said >= enough, within, lambda: f"{self.said} of {enough}, {self.answers}")

    def is_whole_meanwhile(self) -> None:
        """What was said so far comes to everybody, as slowly as the look at the heads goes."""
        self.meeting.all_have_seen(self.meeting.log(), within=8)

    @property
    def answers(self) -> Counter[str]:
        return sum((person.answers for person in self.everybody), Counter())

    def pages_answer(self, status: int) -> None:
        """A page load at each process, and one of somebody who is signed in, is answered with STATUS."""
        loads = [person.fetch("GET", person.room, timeout=20) for person in (*self.listeners[:2], self.ada)]
        answers = self.crowd.all(loads)
        assert [answer.status_code for answer in answers if answer is not None] == [status] * 3

    def goes_home_whole(self) -> None:
        """The fault is over: everybody has all of it soon, and nothing is lost or doubled."""
        self.meeting.all_have_seen(self.meeting.log(), within=AGAIN_WITHIN)
        self.crowd.call(lambda: [person.outbox.hush() for person in self.talkers])
        self.crowd.until(lambda: not any(person.outbox.waiting for person in self.talkers), within=30)
        self.meeting.all_are_whole(within=AGAIN_WITHIN)
        self.meeting.nothing_is_lost_or_doubled()
        trouble = [trouble for person in self.everybody for trouble in person.trouble]
        assert trouble == [], trouble[:5]
