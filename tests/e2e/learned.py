"""A meeting that is over, of which ten people have told how it was to work this way; records that were made of it."""

import uuid
from datetime import timedelta

from django.urls import reverse

from eaa.models import Record
from eaa.operations import codes, coding, learning
from eaa.operations.learning import Told
from eaa.queries.codes import codable
from sessions_app import clock
from sessions_app.models import Session
from sessions_app.operations import dialogues, exports, participants, running, sessions
from tests.e2e.company import CROWD, WORDS
from tests.e2e.waiting import Made
from tests.world import World, add, make_world

TOLD = (
    Told("easier", "I dared to ask, since nobody looked at me.", "voice", "alignment"),
    Told("harder", "I did not hear those who stood at the back of the hall.", "access", "engagement"),
    Told("easier", "Jag kunde tänka i tre dagar och ändå vara kvar i samtalet.", "time", "alignment"),
    Told("harder", "Everybody else was faster, so I only listened.", "pace"),
    Told("harder", "At home alone I do not know what the silence means.", "presence", "agreement", "different"),
)


def told_world() -> World:
    """Everybody answers the six questions; each tells one thing, and one takes it back."""
    world = make_world("Calmer visits in a house with many long corridors", host="Karin Lindh")
    Session.objects.filter(pk=world.session.pk).update(time="same", space="blended")
    world.session.refresh_from_db()
    for name, place in CROWD:
        add(world, name, usual_place=place)
    running.start(session=world.session, actor=world.ada)
    for number, (name, _place) in enumerate(CROWD):
        sessions.enter_room(session=world.session, person=world[name].participant)
        world.say(name, WORDS[number % len(WORDS)])
        tell(world, number, name)
    dialogues.keep_open(activity=world.steps[0], actor=world.ada, until=clock.now() + timedelta(days=3))
    running.close_session(session=world.session, actor=world.ada)
    for mechanism, title in (("documentation", "Headings from the cards"), ("interpretation", "Waiting makes small")):
        Record.objects.create(
            workshop=world.workshop,
            mechanism=mechanism,
            title=title,
            session=world.session,
            created_at=clock.now(),
            created_by=world.ada.participant,
        )
    return world


def tell(world: World, number: int, name: str) -> None:
    actor, given = world[name], {"about": world.session, "language": "en", "client_id": uuid.uuid4()}
    answers = {"intention": 1 + number % 5, "dialogue": 4, "documentation": 3 + number % 3}
    learning.answer(session=world.session, actor=actor, answers=answers | ({"assets": 5} if number < 3 else {}))
    note = learning.tell(actor=actor, told=TOLD[number % len(TOLD)], **given)
    participants.answer_consent(person=actor.participant, actor=actor, purpose="research", yes=number % 2 == 0)
    if number == len(CROWD) - 1:
        learning.withdraw_note(note=note, actor=actor)


def learned() -> Made:
    world = told_world()
    until = clock.now() + timedelta(days=3)
    made = dialogues.open_thread(workshop=world.workshop, actor=world.ada, prompt="What else?", until=until)
    host, citizen = "Karin Lindh", CROWD[0][0]
    note = world[citizen].participant.eaa_learning.get()
    page = {name: reverse(f"eaa:{name}", args=[world.workshop.slug]) for name in ("learning", "grid")}
    own = reverse("eaa:learn", args=[world.session.pk])
    return world, {
        "learn": (citizen, own),
        "learn, empty": ("Ben", own),
        "learn, for somebody": ("Sam", f"{own}?for={world['Elsa Hedman'].participant.pk}"),
        "learn, thread": (citizen, reverse("eaa:learn_thread", args=[made.dialogues.get().pk])),
        "change what was told": (citizen, reverse("eaa:change_learning", args=[note.pk])),
        "take back what was told": (citizen, reverse("eaa:withdraw_learning", args=[note.pk])),
        "learned": (citizen, page["learning"]),
        "learned, host": (host, page["learning"]),
        "grid": (host, page["grid"]),
        **coded(world, host),
    }


def coded(world: World, host: str) -> dict[str, tuple[str, str]]:
    """A codebook, and words that the host and a researcher have coded."""
    about, slug = {"workshop": world.workshop, "actor": world.ada}, [world.workshop.slug]
    codes.begin_codebook(**about)
    wish = codes.add_code(name="Wanting to be heard by somebody who sits in the hall", description="A wish.", **about)
    gone = codes.add_code(name="Pace", **about)
    for number, said in enumerate(codable(world.workshop, world["Rana"]).select_related("dialogue__activity")):
        said.dialogue.activity.workshop = world.workshop
        coding.judge(said=said, actor=world["Rana"], codes={wish.pk})
        coding.judge(said=said, actor=world.ada, codes={wish.pk} if number % 2 else set())
        coding.code_part(said=said, actor=world.ada, code=gone.pk, quote=said.body[:12])
    codes.merge_code(code=gone, actor=world.ada, into=wish)
    first = reverse("eaa:code_words", args=[said.pk])
    pages = {name: (host, reverse(f"eaa:{name}", args=slug)) for name in ("codebook", "coding", "coders")}
    exports.ask_export(workshop=world.workshop, actor=world["Rana"])
    exports.make_waiting()
    pages["exports"] = (host, reverse("exports", args=slug))
    return {
        **pages,
        "code": (host, reverse("eaa:code", args=[wish.pk])),
        "pictures": (host, reverse("record_pictures", args=slug)),
        "take over": (host, reverse("eaa:import_codes", args=slug)),
        "code words": (host, first),
    }


def in_cyrillic(world: World, citizen: str, host: str) -> dict[str, list[str]]:
    """Who stands before which pages of the learning log and the grid."""
    actor, made = world[citizen], world.session
    learning.answer(session=made, actor=actor, answers={"intention": 4, "dialogue": 2})
    told = Told("harder", "Тихо.", "voice", "alignment")
    note = learning.tell(actor=actor, told=told, about=made, language="en", client_id=uuid.uuid4())
    slug, thread = world.workshop.slug, world.dialogue(0).pk
    own = [f"/meetings/{made.pk}/learning/", f"/threads/{thread}/learning/"]
    changed = [f"/learning/{note.pk}/{page}/" for page in ("change", "withdrawal")]
    seen = [
        f"/w/{slug}/{page}/"
        for page in ("learning", "grid", "codebook", "codebook/import", "coding", "coders", "record/pictures")
    ]
    code = codes.add_code(workshop=world.workshop, actor=world.ada, name="Тихо", description="Тихо")
    said = codable(world.workshop, world.ada).first()
    seen += [f"/w/{slug}/exports/", f"/codes/{code.pk}/", f"/contributions/{said.pk}/coding/"]
    return {citizen: [*own, *changed, seen[0]], host: seen}
