"""A workshop in which words have led to notes, readings and agreements: pages of the trace, the map and the story."""

from datetime import timedelta

from eaa.models import Clause, Record
from eaa.operations import assets
from sessions_app import clock
from sessions_app.models import Contribution
from sessions_app.operations import activities, contributions, dialogues
from tests.e2e.company import WORDS
from tests.eaa.chain import Chain, add_agreement, add_record, add_version, build_chain, hold, promise, settle, tell
from tests.world import World

Pages = dict[str, tuple[str | None, str]]
HOST, CITIZEN = "Karin Lindh", "Ben"


def traced(world: World, crowd: list[str]) -> Pages:
    """Aino and others have spoken, too; one of those who are quoted took their words back."""
    chain = build_chain(world)
    later(world, chain, crowd)
    slug = world.workshop.slug
    gone = chain.words["gone"].pk
    return {
        "clause": (CITIZEN, f"/clauses/{chain.clauses[0].pk}/trace/"),
        "clause of the host": (HOST, f"/clauses/{chain.clauses[0].pk}/trace/"),
        "record": (CITIZEN, f"/records/{chain.records['reading'].pk}/trace/"),
        "agreement": (CITIZEN, f"/agreements/{chain.agreement.pk}/"),
        "words": (CITIZEN, f"/contributions/{chain.words['silence'].pk}/trace/"),
        "words of nobody": (CITIZEN, f"/contributions/{gone}/trace/"),
        "map": (CITIZEN, f"/w/{slug}/map/"),
        "map of the host": (HOST, f"/w/{slug}/map/"),
        "map of a meeting": (CITIZEN, f"/meetings/{world.session.pk}/map/"),
        "story": (CITIZEN, f"/w/{slug}/story/"),
        "story of a guest": ("Gil", f"/w/{slug}/story/"),
        "thread": (CITIZEN, f"/threads/{world.dialogue(0).pk}/"),
        "workshop": (CITIZEN, f"/w/{slug}/"),
    }


def later(world: World, chain: Chain, crowd: list[str]) -> None:
    said: list[Contribution] = [world.say(name, WORDS[number % len(WORDS)]) for number, name in enumerate(crowd[:8])]
    chain.words["gone"] = said[-1]
    notes, reading = chain.records["notes"], chain.records["reading"]
    add_version(world, notes, "Ten spoke of silence, and of being late.", *said, *chain.words.values())
    add_version(
        world,
        reading,
        "Silence is a way of taking part, if it is short.",
        notes,
        chain.words["silence"],
        chain.words["ring"],
    )
    settle(world, reading, Ben="that_is", Chidi=("almost", "As long as somebody rings."))
    intention = add_record(
        world, "intention", "We are here to find out how to work together.", said[0], title="Why we are here"
    )
    add_version(world, intention, "We are here so that what each of us says is heard, kept and answered.", said[0])
    add_record(world, "interpretation", "Nobody asked about this one.", said[1])
    assets.keep_asset(workshop=world.workshop, actor=world["Chidi"], kind="language", text="I can ring in Somali.")
    held = add_agreement(
        world, "How people at home are reached", ("We ring before ten.", [chain.words["ring"], said[1]])
    )
    promise(world, held, "Put the question on paper on every table")
    hold(world, held)
    tell(world, chain.words["silence"], "used", "A quiet minute opens every round.", chain.agreement)
    contributions.withdraw_contribution(contribution=said[-1], actor=world[crowd[7]])
    until = clock.now() + timedelta(days=3)
    thread = dialogues.open_thread(workshop=world.workshop, actor=world.ada, prompt="Who rings?", until=until)
    made = activities.plan_activity(workshop=world.workshop, actor=world.ada, session=world.session, kind="say_it_back")
    made.comes_from, made.opened_at = thread, clock.now()
    made.save()


def in_cyrillic(world: World, citizen: str, host: str) -> dict[str, list[str]]:
    """Who stands before which pages of the trace, the map and the story, once records and agreements are there."""
    record = Record.objects.filter(workshop=world.workshop, mechanism="interpretation").first()
    clause = (
        Clause.objects.filter(version__agreement__workshop=world.workshop).order_by("-version__number", "pk").first()
    )
    said = Contribution.objects.filter(dialogue=world.dialogue(2), withdrawn_at=None).order_by("seq").first()
    slug = world.workshop.slug
    maps = [f"/w/{slug}/map/", f"/meetings/{world.session.pk}/map/"]
    traces = [f"/clauses/{clause.pk}/trace/", f"/records/{record.pk}/trace/", f"/contributions/{said.pk}/trace/"]
    return {citizen: [*maps, f"/w/{slug}/story/", *traces], host: [*maps, *traces]}
