"""The sample workshop at each stage of its story, and the pages that are worth a picture."""

import time
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from sessions_app.live import presence
from sessions_app.models import Activity, Contribution, Dialogue, Participant, Session, Workshop
from sessions_app.operations import devices
from sessions_app.sample import Stage, load_sample
from sessions_app.views.help import GUIDES
from tests.e2e.cookies import login_of
from tests.e2e.scenes import Scene, scene

HOST, CITIZEN, AWAY = "Karin Lindh", "Aino Virtanen", "Sam Osei"
Pages = dict[str, tuple[str | None, str]]


@dataclass(frozen=True)
class Story:
    workshop: Workshop
    pages: Pages
    is_demo = False

    def cookies(self, who: str | None) -> dict[str, str]:
        """The browser of somebody of the story; nobody knows who is None."""
        if who is None:
            return {}
        person = Participant.objects.select_related("user").get(workshop=self.workshop, name=who)
        if person.user is not None:
            return login_of(person.user)
        return {settings.DEVICE_COOKIE: devices.seat("", person)}

    def all_sit_down(self) -> None:
        """As if everybody's page were open right now."""
        people = list(Participant.objects.filter(workshop=self.workshop, name__gt="").values_list("pk", flat=True))
        presence.stay({meeting.pk: set(people[:17]) for meeting in self.workshop.sessions.all()}, time.time(), "story")


@cache
def story(stage: str) -> Story:
    workshop = load_sample(stage=Stage(stage), slug=f"heart-of-the-matter-{stage}")
    return Story(workshop, PAGES[stage](workshop))


def _meetings(workshop: Workshop) -> list[Session]:
    return list(workshop.sessions.order_by("starts_at"))


def _planned(workshop: Workshop) -> Pages:
    first, slug = _meetings(workshop)[0], workshop.slug
    step = Activity.objects.planned().filter(session=first)[1]
    return {
        "front": (None, "/"),
        "sign-in": (None, "/accounts/login/"),
        "appearance": (None, "/appearance/"),
        "nothing-here": (None, "/w/nowhere/"),
        "door-early": (None, f"/d/{first.code}/"),
        "poster": (None, f"/d/{first.code}/poster/"),
        "help": (None, "/help/"),
        **{f"guide-{role}": (None, f"/help/{role}/") for role in GUIDES},
        "statement": (None, "/accessibility/"),
        "offline": (None, "/offline/"),
        "home": (HOST, "/workshops/"),
        "templates": (HOST, "/workshops/new/"),
        "new-workshop": (HOST, "/workshops/new/?template=first_meeting"),
        "new-series": (HOST, "/workshops/new/?template=three_meetings"),
        "new-thread-only": (HOST, "/workshops/new/?template=thread_only"),
        "share": (HOST, f"/meetings/{first.pk}/share/"),
        "share-workshop": (HOST, f"/w/{slug}/share/"),
        "before": (CITIZEN, f"/w/{slug}/before/"),
        "needs": (CITIZEN, f"/w/{slug}/me/needs/"),
        "change-workshop": (HOST, f"/w/{slug}/change/"),
        "workshop": (HOST, f"/w/{slug}/"),
        "run-sheet": (HOST, f"/meetings/{first.pk}/"),
        "kinds": (HOST, f"/meetings/{first.pk}/steps/new/"),
        "step": (HOST, f"/steps/{step.pk}/change/"),
        "new-step": (HOST, f"/meetings/{first.pk}/steps/new/?kind=poll"),
        "meeting": (HOST, f"/meetings/{first.pk}/change/"),
        "new-meeting": (HOST, f"/w/{slug}/meetings/new/"),
        "room-planned": (HOST, f"/meetings/{first.pk}/room/"),
        "room-planned-citizen": (CITIZEN, f"/meetings/{first.pk}/room/"),
    }


def _live(workshop: Workshop) -> Pages:
    meeting = next(meeting for meeting in _meetings(workshop) if meeting.state == "live")
    dialogue = Dialogue.objects.get(activity=meeting.current_activity)
    other = Participant.objects.get(workshop=workshop, name=AWAY)
    mine = Contribution.objects.filter(author__name=CITIZEN, dialogue__activity__workshop=workshop).last()
    slug = workshop.slug
    return {
        "door": (None, f"/d/{meeting.code}/"),
        "door-seated": (CITIZEN, f"/d/{meeting.code}/"),
        "room": (CITIZEN, f"/meetings/{meeting.pk}/room/"),
        "room-host": (HOST, f"/meetings/{meeting.pk}/room/"),
        "room-earlier": (CITIZEN, f"/meetings/{meeting.pk}/room/earlier/?before=1000"),
        "console": (HOST, f"/meetings/{meeting.pk}/console/"),
        "scribe": (HOST, f"/meetings/{meeting.pk}/scribe/"),
        "roles": (HOST, f"/w/{slug}/people/{other.pk}/roles/"),
        "take-out": (HOST, f"/w/{slug}/people/{other.pk}/removal/"),
        "thread-live": (CITIZEN, f"/threads/{dialogue.pk}/"),
        "workshop": (CITIZEN, f"/w/{slug}/"),
        "people": (HOST, f"/w/{slug}/people/"),
        "me": (CITIZEN, f"/w/{slug}/me/"),
        "leave": (CITIZEN, f"/w/{slug}/me/leaving/"),
        "change": (CITIZEN, f"/contributions/{mine.pk}/change/"),
        "take-back": (CITIZEN, f"/contributions/{mine.pk}/withdrawal/"),
    }


def _between(workshop: Workshop) -> Pages:
    over, slug = _meetings(workshop)[1], workshop.slug
    thread = Dialogue.objects.get(activity__workshop=workshop, activity__title="Who rings?")
    lists = Dialogue.objects.get(activity__workshop=workshop, activity__title="What I bring, what I hope")
    return {
        "two-lists": (CITIZEN, f"/threads/{lists.pk}/"),
        "door": (None, f"/d/{workshop.code}/"),
        "away": (AWAY, f"/w/{slug}/away/"),
        "thread": (CITIZEN, f"/threads/{thread.pk}/"),
        "thread-host": (HOST, f"/threads/{thread.pk}/"),
        "new-question": (HOST, f"/w/{slug}/threads/new/"),
        "room-over": (CITIZEN, f"/meetings/{over.pk}/room/"),
        "after": (HOST, f"/meetings/{over.pk}/after/"),
        "workshop": (HOST, f"/w/{slug}/"),
        "home": (HOST, "/workshops/"),
        "end-workshop": (HOST, f"/w/{slug}/closing/"),
    }


def _closed(workshop: Workshop) -> Pages:
    first, slug = _meetings(workshop)[0], workshop.slug
    return {
        "replay": (HOST, f"/meetings/{first.pk}/replay/?line=24"),
        "record": (HOST, f"/w/{slug}/record/"),
        "workshop": (CITIZEN, f"/w/{slug}/"),
        **_made(workshop, first),
    }


def _made(workshop: Workshop, first: Session) -> Pages:
    """What the group made of its words in the end."""
    slug = workshop.slug
    decide, tools = workshop.eaa_agreements.order_by("pk")
    understood = workshop.eaa_records.filter(status="understood").first()
    difference = workshop.eaa_records.get(status="difference")
    clause = decide.versions.get(number=3).clauses.get(number=2)
    return {
        "agreements": (CITIZEN, f"/w/{slug}/agreements/"),
        "agreement": (CITIZEN, f"/agreements/{decide.pk}/"),
        "agreement-changed": (CITIZEN, f"/agreements/{decide.pk}/?version=3&since=2"),
        "agreement-host": (HOST, f"/agreements/{tools.pk}/"),
        "records": (CITIZEN, f"/w/{slug}/records/"),
        "record-understood": (CITIZEN, f"/records/{understood.pk}/"),
        "record-difference": (CITIZEN, f"/records/{difference.pk}/"),
        "intention": (CITIZEN, f"/w/{slug}/intention/"),
        "assets": (CITIZEN, f"/w/{slug}/assets/"),
        "became": (CITIZEN, f"/w/{slug}/what-became/"),
        "trace": (CITIZEN, f"/clauses/{clause.pk}/trace/"),
        "map": (CITIZEN, f"/w/{slug}/map/"),
        "story": (CITIZEN, f"/w/{slug}/story/"),
        "grid": (HOST, f"/w/{slug}/grid/"),
        "learning": (HOST, f"/w/{slug}/learning/"),
        "learn": (CITIZEN, f"/meetings/{first.pk}/learning/"),
    }


def album(chapter: str) -> Story | Scene:
    """What a chapter of the pictures shows: a stage of the sample, or a workshop of the browser tests."""
    return story(chapter) if chapter in PAGES else scene(chapter)


PAGES = {"planned": _planned, "live": _live, "between": _between, "closed": _closed}
CHAPTERS = [
    *(*PAGES, "hidden", "choosing", "sorted", "in groups", "called back", "waiting"),
    *("practice", "recorded", "agreed", "traced", "hall", "mails", "demo", "learned"),
]
# What is shown on a wall, and what is put on paper.
PROJECTED = {
    "planned": ["door-early", "poster", "room-planned"],
    "live": ["door", "room", "room-host"],
    "hidden": ["room"],
    "hall": ["screen, dark"],
    "called back": ["room"],
    "choosing": ["room, poll, shown", "room, gradients, shown", "room, word_gathering, shown"],
}
PRINTED = {
    "planned": ["poster", "run-sheet", "share", "before"],
    "live": ["door", "room", "room-host"],
    "between": ["away", "after", "thread"],
    "choosing": ["room, poll, shown", "room, consent_round, shown", "thread, ranking"],
    "closed": ["record", "replay", "workshop", "agreement", "map", "story", "grid", "learning", "trace"],
    "hall": ["pack", "slips"],
    "in groups": ["group", "groups"],
    "learned": ["grid", "learned, host", "learned", "codebook", "coders", "exports"],
    "agreed": ["agreement, asked again", "agreement, eight steps"],
}
