"""Agreements in every state that their pages have: a draft, one that is open a second time, one that is over."""

from datetime import timedelta

from eaa.models import Agreement, Mechanism, Record, RecordVersion
from eaa.operations import agreements, commitments, drafting, positions, signatures, statements, suggestions
from eaa.operations.clauses import Wording
from eaa.operations.evidence import Rests
from eaa.queries.standing import token_of, versions_of
from sessions_app import clock
from tests.e2e.company import crowded
from tests.world import World

DAY = timedelta(days=1)
HOST, CITIZEN = "Karin Lindh", "Aino Virtanen"
SILENCE = "Silence is counted as silence, not as yes."
FIRST = (
    ("We say what is being decided", "Before we decide, one person reads the question aloud."),
    ("Nobody is decided over", "Nothing is decided in the room that the people at home could not answer."),
    ("Silence is silence", "Who has not answered has not said yes. We write how many were silent."),
    ("You hear what happened", "Within two weeks everybody gets a letter: what was decided, and why."),
)
RUNG = (
    "Nothing is decided in the room that the people at home could not answer. Those who do not read e-mail are rung "
    "before ten. When all are reached we decide, and never later than seven days."
)
Made = tuple[World, dict[str, tuple[str | None, str]]]


def agreed() -> Made:
    """How we decide, open in its second version; and a draft, one by consent, one in eight steps that is over."""
    world = crowded("Calmer visits")
    world.go_live()
    now, ada = clock.now(), world.ada.participant
    shared = Record.objects.create(
        workshop=world.workshop, mechanism=Mechanism.INTENTION, title="", head=1, created_at=now, created_by=ada
    )
    words = "We want visits after which nobody lies awake."
    RecordVersion.objects.create(record=shared, number=1, text=words, language="en", written_by=ada, at=now)
    main = _decided(world)
    draft = agreements.create_agreement(
        workshop=world.workshop, actor=world["Sam"], title="How we use the tools", clauses=[Wording("One at a time.")]
    )
    promised = commitments.promise(
        agreement=main,
        actor=world.ada,
        people=[ada],
        what="Send the letter “What happened”",
        due_on=now.date() + 9 * DAY,
    )
    return world, _pages(world, main, draft, _consent(world), _eight(world), promised.pk)


def _pages(world, main, draft, consent, eight, promise: int) -> dict[str, tuple[str | None, str]]:
    slug, at, writing = world.workshop.slug, f"/agreements/{main.pk}", f"/agreements/{draft.pk}"
    return {
        "agreements": (CITIZEN, f"/w/{slug}/agreements/"),
        "agreements of the host": (HOST, f"/w/{slug}/agreements/"),
        "new agreement": (HOST, f"/w/{slug}/agreements/new/"),
        "agreement, asked again": (CITIZEN, f"{at}/"),
        "agreement, first time": ("Greta Falk", f"{at}/"),
        "agreement, answered": ("Elsa Hedman", f"{at}/"),
        "agreement, older": (CITIZEN, f"{at}/?version=1"),
        "agreement of the host": (HOST, f"{at}/"),
        "agreement, draft": (HOST, f"{writing}/"),
        "agreement, consent": (CITIZEN, f"/agreements/{consent.pk}/"),
        "agreement, eight steps": (CITIZEN, f"/agreements/{eight.pk}/"),
        "agreement, text": (HOST, f"{writing}/change/"),
        "agreement, next version": (HOST, f"{at}/change/"),
        "agreement, opening": (HOST, f"{writing}/opening/"),
        "agreement, more time": (HOST, f"{at}/opening/"),
        "agreement, review": (HOST, f"{at}/review/"),
        "agreement, ending": (HOST, f"{at}/ending/"),
        "agreement, suggestions": (CITIZEN, f"{at}/suggestions/"),
        "agreement, suggestions of the host": (HOST, f"{at}/suggestions/?find=the"),
        "agreement, promising": (HOST, f"{at}/commitments/"),
        "agreement, promise": (HOST, f"{at}/commitments/{promise}/"),
    }


def _decided(world: World) -> Agreement:
    said = [
        world.say("Lars Nilsson", "Ring before ten. Let it ring long, I walk slowly.", 0),
        world.say("Mehmet Kaya", "If somebody rings me I can say yes or no the same day.", 0),
        world.say("Siv Öberg", "Give me three names.", 0),
    ]
    rests = (Rests(said[0].pk, "Ring before ten. Let it ring long,"), Rests(said[1].pk), Rests(said[2].pk))
    agreement = agreements.create_agreement(
        workshop=world.workshop,
        actor=world.ada,
        title="How we decide",
        clauses=[
            Wording(text, heading, key, rests if key == 2 else ()) for key, (heading, text) in enumerate(FIRST, 1)
        ],
    )
    until = clock.now() + 7 * DAY
    agreements.open_agreement(
        agreement=agreement,
        actor=world.ada,
        until=until,
        silence_means=SILENCE,
        review_on=(until + 84 * DAY).date(),
        serves="It lets those at home decide with us.",
    )
    _answered(world, agreement)
    return agreement


def _answered(world: World, agreement: Agreement) -> None:
    """On the first version, then on the second, in which one clause has changed."""
    _say(world, agreement, CITIZEN, "agree", signs=True)
    _say(world, agreement, "Oksana", "do_not_agree", "Seven days are long for a ward.", clause=3)
    wanted = [Wording(RUNG if key == 2 else text, heading, key) for key, (heading, text) in enumerate(FIRST, 1)]
    drafting.revise_agreement(
        agreement=agreement,
        actor=world.ada,
        seen=token_of(versions_of(agreement)[-1]),
        clauses=wanted,
        because="Lars and Mehmet want to be rung.",
    )
    for name in ("Elsa Hedman", "Fatima Warsame", "Mehmet Kaya"):
        _say(world, agreement, name, "agree", signs=True)
    _say(world, agreement, "Siv Öberg", "agree_remark", "I can ring, too.", signs=True)
    _say(world, agreement, "Lars Nilsson", "do_not_agree", "I took two buses to be here. That must be worth something.")
    made = {"agreement": agreement, "version": 2}
    statements.make_statement(actor=world["Lars Nilsson"], text="A full hall decides for itself.", **made)
    suggestions.suggest(actor=world["Siv Öberg"], text="Never later than five days.", clause=2, **made)


def _say(
    world: World, agreement: Agreement, who: str, choice: str, words: str = "", *, signs: bool = False, **more
) -> None:
    given = {"agreement": agreement, "actor": world[who], "version": agreement.head}
    positions.take_position(choice=choice, words=words, **given, **more)
    if signs:
        signatures.sign(**given)


def _opened(world: World, title: str, scale: str, until) -> Agreement:
    agreement = agreements.create_agreement(
        workshop=world.workshop, actor=world.ada, title=title, clauses=[Wording("The kettle is on before we begin.")]
    )
    given = {"agreement": agreement, "actor": world.ada, "silence_means": SILENCE}
    return agreements.open_agreement(until=until, scale=scale, **given)


def _consent(world: World) -> Agreement:
    agreement = _opened(world, "The kettle", "consent", clock.now() + 7 * DAY)
    _say(world, agreement, "Greta Falk", "objects", "It takes a quarter of an hour from us.")
    return agreement


def _eight(world: World) -> Agreement:
    with clock.at(clock.now() - 2 * DAY):
        agreement = _opened(world, "Where we meet", "eight", clock.now() + DAY)
        for name, step in ((CITIZEN, "1"), ("Greta Falk", "3"), ("Oksana", "7")):
            _say(world, agreement, name, step, "Near a bus." if step != "1" else "")
    agreements.bring_into_force(agreement=agreement)
    return agreement


def in_cyrillic(world: World, citizen: str, host: str) -> dict[str, list[str]]:
    """Who stands before which pages of agreements; everything that people wrote is in Cyrillic."""
    made = agreements.create_agreement(
        workshop=world.workshop, actor=world.ada, title="Тишина", clauses=[Wording("Тише."), Wording("Свет.", "Лампа")]
    )
    until, here = clock.now() + 7 * DAY, {"agreement": made, "version": 1}
    agreements.open_agreement(agreement=made, actor=world.ada, until=until, silence_means="Тишина.")
    positions.take_position(**here, actor=world[citizen], choice="do_not_agree", words="Нет.")
    positions.take_position(**here, actor=world.ada, choice="agree_remark", words="Да.")
    signatures.sign(**here, actor=world.ada)
    statements.make_statement(**here, actor=world[citizen], text="Мы против.")
    suggestions.suggest(**here, actor=world[citizen], text="Светло.", clause=2)
    kept = commitments.promise(
        agreement=made, actor=world[citizen], people=[world[citizen].participant], what="Петь", due_words="Скоро"
    )
    wanted = [Wording("Очень тихо.", key=1), Wording("Свет.", "Лампа", 2)]
    seen = token_of(versions_of(made)[-1])
    drafting.revise_agreement(agreement=made, actor=world.ada, seen=seen, clauses=wanted, because="Так.")
    draft = agreements.create_agreement(
        workshop=world.workshop, actor=world.ada, title="Чай", clauses=[Wording("Чай.")]
    )
    slug, at, writing = world.workshop.slug, f"/agreements/{made.pk}/", f"/agreements/{draft.pk}/"
    of_host = [f"{at}{page}/" for page in ("change", "opening", "review", "ending", "suggestions", "commitments")]
    of_citizen = [f"{at}suggestions/", f"{at}commitments/", f"{at}commitments/{kept.pk}/", f"{at}?version=1"]
    return {
        citizen: [f"/w/{slug}/agreements/", at, *of_citizen],
        host: [f"/w/{slug}/agreements/new/", at, *of_host, writing, f"{writing}change/", f"{writing}opening/"],
    }
