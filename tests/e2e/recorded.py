"""A workshop that has written things down: one text is with people, one understood, one a difference."""

from datetime import timedelta

from eaa.models import Mechanism, Record, Status
from eaa.operations.assets import keep_asset, show_asset
from eaa.operations.checks import return_record, settle_record, tell_check
from eaa.operations.evidence import Rests
from eaa.operations.outcomes import tell_outcomes
from eaa.operations.records import make_record, revise_record
from sessions_app import clock
from sessions_app.models import Activity, Contribution
from sessions_app.operations import contributions
from tests.e2e.company import CROWD, WORDS
from tests.world import World, add, make_world

HOST = "Karin Lindh"
WEEK = timedelta(days=7)
Pages = dict[str, tuple[str | None, str]]


def recorded() -> tuple[World, Pages]:
    world = make_world("Calmer visits", host=HOST)
    for name, place in CROWD:
        add(world, name, usual_place=place)
    world.go_live(step=2)
    Activity.objects.filter(pk=world.steps[2].pk).update(mechanisms=["intention", "assets", "dialogue"])
    said = [world.say(CROWD[n % len(CROWD)][0], f"{WORDS[n % len(WORDS)]} ({n + 1})", 2) for n in range(64)]
    about = {"workshop": world.workshop, "actor": world.ada}
    rests = [Rests(card.pk) for card in said[:4]]
    make_record(**about, mechanism=Mechanism.INTENTION, text="To be heard, and answered.", rests=rests[:2])
    notes = make_record(
        **about, mechanism=Mechanism.DOCUMENTATION, kind="notes", title="What we heard", text=WORDS[0], rests=rests
    )
    waits = asked(world, rests, "People want to know how long it takes.", from_record=notes)
    revise_record(record=waits, actor=world.ada, head=1, text="People want to know why, and how long.", because="Lars")
    tell_check(record=waits, actor=world[said[1].author.name], head=2, answer="almost", words="And what comes then.")
    contributions.withdraw_contribution(contribution=said[3], actor=world[said[3].author.name])
    settled(world, said)
    own = keep_asset(
        workshop=world.workshop, actor=world["Aino Virtanen"], kind="skill", text="I sing in three choirs."
    )
    keep_asset(workshop=world.workshop, actor=world["Lars Nilsson"], kind="place", text="A warm room with a piano.")
    show_asset(record=own, actor=world["Aino Virtanen"], shown="hidden")
    mine = [card.pk for card in said if card.author == world["Aino Virtanen"].participant]
    tell_outcomes(**about, contributions=mine[1:3], kind="not_used", words="There is no lift to be had.")
    tell_outcomes(**about, contributions=mine[3:4], kind="used", words="It is on the door now.", place=world.session)
    return world, pages(world, waits, said[0])


def settled(world: World, said: list[Contribution]) -> None:
    """One that is understood in other words, and one on which people differ."""
    first, second = said[5], said[6]
    rests = [Rests(first.pk), Rests(second.pk)]
    for answer, status in (("almost", Status.UNDERSTOOD), ("is_not", Status.DIFFERENCE)):
        record = asked(world, rests, f"Waiting is part of the visit ({answer}).")
        tell_check(record=record, actor=world[first.author.name], head=1, answer=answer, words="With coffee.")
        tell_check(record=record, actor=world[second.author.name], head=1, answer="that_is")
        more = (
            {"difference": "For one it is coffee, for the other calm."} if answer == "is_not" else {"text": "Coffee."}
        )
        settle_record(record=record, actor=world.ada, head=1, status=status, **more)


def asked(world: World, rests: list[Rests], text: str, **more) -> Record:
    about = {"workshop": world.workshop, "actor": world.ada}
    record = make_record(**about, mechanism=Mechanism.INTERPRETATION, text=text, rests=rests, **more)
    return return_record(record=record, actor=world.ada, head=1, until=clock.now() + WEEK)


def pages(world: World, waits: Record, card: Contribution) -> Pages:
    slug, citizen = world.workshop.slug, card.author.name
    understood = Record.objects.get(workshop=world.workshop, status=Status.UNDERSTOOD)
    differs = Record.objects.get(workshop=world.workshop, status=Status.DIFFERENCE)
    own = Record.objects.get(owner=world["Aino Virtanen"].participant)
    looked = f"?mechanism=interpretation&about=thread:{card.dialogue_id}"
    return {
        "records": (citizen, f"/w/{slug}/records/"),
        "records of the host": (HOST, f"/w/{slug}/records/"),
        "new record": (HOST, f"/w/{slug}/records/new/{looked}"),
        "record, returned": (citizen, f"/records/{waits.pk}/"),
        "record, understood": (HOST, f"/records/{understood.pk}/"),
        "record, differs": ("Greta Falk", f"/records/{differs.pk}/"),
        "change record": (HOST, f"/records/{waits.pk}/change/"),
        "remove record": (HOST, f"/records/{waits.pk}/removal/"),
        "take back": ("Aino Virtanen", f"/records/{own.pk}/removal/"),
        "return record": (HOST, f"/records/{waits.pk}/returning/"),
        "check": (citizen, f"/records/{waits.pk}/check/"),
        "check of the host": (HOST, f"/records/{waits.pk}/check/"),
        "settle record": (HOST, f"/records/{waits.pk}/settling/"),
        "intention": (citizen, f"/w/{slug}/intention/"),
        "assets": ("Aino Virtanen", f"/w/{slug}/assets/"),
        "outcomes": (HOST, f"/w/{slug}/outcomes/?about=thread:{card.dialogue_id}"),
        "became": ("Aino Virtanen", f"/w/{slug}/what-became/"),
        "workshop, waiting": (citizen, f"/w/{slug}/"),
        "me, waiting": (citizen, f"/w/{slug}/me/"),
    }


def in_cyrillic(world: World, citizen: str, host: str) -> dict[str, list[str]]:
    """Who stands before which pages of records; everything that people wrote is in Cyrillic."""
    cards = list(Contribution.objects.filter(dialogue=world.dialogue(2), withdrawn_at=None).order_by("seq")[:2])
    rests, about = [Rests(card.pk) for card in cards], {"workshop": world.workshop, "actor": world.ada}
    make_record(**about, mechanism=Mechanism.INTENTION, text="Тишина.", rests=rests)
    waits = asked(world, rests, "Свет.")
    revise_record(record=waits, actor=world.ada, head=1, text="Свет и тишина.", because="Так.")
    tell_check(record=waits, actor=world[citizen], head=2, answer="almost", words="Почти.")
    own = keep_asset(workshop=world.workshop, actor=world[citizen], kind="skill", text="Пою.")
    tell_outcomes(**about, contributions=[cards[0].pk], kind="used", words="Да.", place=world.session)
    slug, record = world.workshop.slug, f"/records/{waits.pk}/"
    look = f"?mechanism=interpretation&about=thread:{world.dialogue(2).pk}"
    of_citizen = [f"/w/{slug}/{page}/" for page in ("records", "intention", "assets", "what-became")]
    of_host = [f"/w/{slug}/records/new/{look}", f"/w/{slug}/outcomes/", f"/w/{slug}/records/"]
    return {
        citizen: [*of_citizen, record, f"{record}check/", f"/records/{own.pk}/removal/"],
        host: [*of_host, *(f"{record}{page}/" for page in ("change", "removal", "returning", "settling", "check"))],
    }
