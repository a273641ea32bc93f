"""Every visible text comes from a catalogue, is one whole sentence there, and has room to be 40 per cent longer.

The people here write and are named in Cyrillic letters, so that what they say can be told from what we say.
"""

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.conf import settings

from sessions_app import clock
from sessions_app.models import ResearchNotice, SavedPlan, Slip
from sessions_app.operations import (
    activities,
    contributions,
    dialogues,
    headings,
    participants,
    running,
    saved_plans,
    sessions,
    slips,
    workshops,
)
from sessions_app.views.help import GUIDES
from tests.e2e import agreed_pages, learned, mail_scenes, recorded, traced
from tests.e2e.choosing import answered_threads
from tests.e2e.cookies import cookies_of
from tests.e2e.grouped import in_cyrillic
from tests.e2e.hall_scenes import keyed
from tests.e2e.new_ways import as_threads
from tests.e2e.person import DESK, PHONE
from tests.e2e.test_languages import SPILLS
from tests.every_page import DEMO, every_page, names_of
from tests.languages.pseudo import CODE, write_catalogue
from tests.world import World, add, make_world

# Figures are drawn line by line: their words stand whole in the table beside them.
# Languages in their own words, zones, an example; codes, links and words to send; people's mail addresses.
NOT_OURS = (
    ".langs, body [dir=ltr], .pick:has([name^=language]), [name=time_zone], .form__side .by,"
    ".poster__code, textarea[readonly], svg text, .account label:has([type=radio])"
)
LATER = (recorded, agreed_pages, traced, learned, mail_scenes)  # each begins where the one before it ended
HALL = ("slips", "pack", "tablet", "screen")
RUSSIAN = {
    "things": ["Скамья", "Свет", "Время"],
    "choices": ["Скамья", "Свет", "Время"],
    "proposal": ["Решаем вместе."],
    "reason": "Потому что.",
    "words": "word=тихо&word=свет",
    "prompt": "Что поможет?",
}
# Weekday, number and month make a date; they are Django's own words, put together by its rules.
DATE = re.compile(r"(?:⟦[^⟦⟧]*⟧ )?\d{1,2} ⟦[^⟦⟧]*⟧")
# Texts of the page in order, each with the block it stands in; what is pressed, drawn or listed parts a sentence.
READ = """(apart) => {
  const parts = "A, BUTTON, LABEL, SELECT, OPTION, TD, TH, LI, LEGEND, SUMMARY, svg, BR, SMALL, TIME, .composer__who";
  const seen = (item) => item.checkVisibility() && !item.closest(`script, style, template, ${apart}`);
  const blocks = [];
  const walk = (item, block) => {
    for (const node of item.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) { if (seen(item)) block.push(node.data); continue; }
      if (node.nodeType !== Node.ELEMENT_NODE) continue;
      const inline = getComputedStyle(node).display.startsWith("inline") && !node.matches(parts);
      if (inline) { walk(node, block); continue; }
      block.push("|");
      const own = [];
      walk(node, own);
      blocks.push(own.join(""));
    }
  };
  const all = [];
  walk(document.body, all);
  blocks.push(all.join(""), document.title);
  for (const item of document.querySelectorAll("[aria-label], [alt], [title], [placeholder], [data-held]")) {
    if (!seen(item)) continue;
    for (const name of ["aria-label", "alt", "title", "placeholder", "data-held"]) {
      if (item.getAttribute(name)) blocks.push(item.getAttribute(name));
    }
  }
  for (const [name, text] of Object.entries(document.getElementById("words")?.dataset ?? {})) blocks.push(text);
  return blocks.map((text) => text.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""


def made_world() -> World:
    """A meeting in its third step with words on the table, one thread open, one brought along; all in Cyrillic."""
    world = make_world("Спокойные визиты", host="Карин")
    ada = world.ada
    workshops.change_workshop(
        workshop=world.workshop,
        actor=ada,
        lead="Что важно?",
        purpose="Вместе.",
        contact_name="Карин",
        contact_phone="070 1",
    )
    for step in world.steps:
        activities.change_activity(activity=step, actor=ada, title="Шаг", prompt="Что поможет?", lead="Коротко.")
    sessions.change_session(session=world.session, actor=ada, title="Кто мы?", place="Зал")
    for name, russian in {"Sam": "Сэм", "Hella": "Хелла", "Rana": "Рана", "Ben": "Боря", "Chidi": "Чук"}.items():
        participants.rename(person=world[name].participant, actor=world[name], name=russian)
    for name in ("Бен", "Чиди"):
        add(world, name, usual_place="hall")
    ResearchNotice.objects.update(text="Можно?")
    running.start(session=world.session, actor=ada)
    world.say("Бен", "Тишина.")
    running.next_step(session=world.session, actor=ada)
    world.say("Чиди", "Письмо.", 1)
    running.next_step(session=world.session, actor=ada)
    said = [world.say(who, "Автобус.", 2) for who in ("Бен", "Чиди", "Бен")]
    world.say("Чиди", "Да.", 2, reply_to=said[0].pk)
    contributions.withdraw_contribution(contribution=said[2], actor=world["Бен"])
    contributions.revise_contribution(contribution=said[0], actor=world["Бен"], body="Поезд.")
    for step in world.steps[:2]:  # the second one still lies face down
        dialogues.keep_open(activity=step, actor=ada, until=clock.now() + timedelta(days=3))
    world.cookies["Ждёт"] = participants.join(workshop=world.workshop, to_lobby=True).token
    saved_plans.save_plan(workshop=world.workshop, actor=ada, user=ada.participant.user, session=world.session)
    slips.make_blank_cards(session=world.session, actor=ada, count=1)
    slips.give_slip(contribution=said[1], session=world.session)
    return world


def hall_pages(world: World) -> list[str]:
    """Of the hall, for those who have a slip, or stand before a screen or a tablet."""
    code = Slip.objects.get(session=world.session, contribution__isnull=False).code
    return ["/said/", f"/said/{code}/", keyed(world, "tablet", "Карин"), keyed(world, "screen", "Карин")]


def questions(world: World) -> dict[str, int]:
    """One question of each kind that is answered by choosing, asked and answered in Cyrillic: kind -> its dialogue."""
    return answered_threads(world, ("Бен", "Чиди"), RUSSIAN)


def sorted_cards(world: World) -> list[str]:
    """Cards that are sorted under a heading: the thread, its headings, and a card that is moved."""
    until = clock.now() + timedelta(days=3)
    asked = {"workshop": world.workshop, "actor": world.ada, "prompt": RUSSIAN["prompt"], "until": until}
    dialogue = dialogues.open_thread(kind="clustering", **asked).dialogues.get()
    given = {"dialogue": dialogue, "actor": world["Бен"], "body": "Свет.", "client_id": uuid.uuid4(), "via": "thread"}
    card = contributions.post_contribution(**given).contribution
    place = headings.add_heading(dialogue=dialogue, actor=world.ada, title="Тишина")
    headings.file_under(contribution=card, actor=world.ada, heading=place)
    return [f"/threads/{dialogue.pk}/", f"/dialogues/{dialogue.pk}/headings/", f"/contributions/{card.pk}/heading/"]


def said_back(world: World) -> list[str]:
    """Cards that are said back and carried on: two threads, and the page that belongs to each."""
    ways = as_threads(world, ("Бен", "Чиди"), RUSSIAN["prompt"], ("Свет.", "Тишина."), ("Поезд.", "Да."))
    threads = [f"/threads/{dialogue.pk}/" for dialogue in ways.values()]
    return [*threads, f"/dialogues/{ways['say_it_back'].pk}/meant/", f"/dialogues/{ways['together'].pk}/carry/"]


def together(parts: Iterable[dict[str, list[str]]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for part in parts:
        for who, paths in part.items():
            found[who] += paths
    return found


def pages(world: World) -> dict[str, list[str]]:
    """Who stands before which addresses."""
    slug, meeting, grouped = world.workshop.slug, world.session.pk, in_cyrillic(world)
    later = together(scene.in_cyrillic(world, "Бен", "Карин") for scene in LATER)
    mine = world.dialogue(2).contributions.filter(author=world["Бен"].participant).first().pk
    asked, own, ben = questions(world), SavedPlan.objects.get(user=world.ada.participant.user).pk, world["Бен"]
    of_workshop = ("", "people", "record", "change", "closing", "threads/new", "meetings/new", "share")
    of_meeting = ("room", "", "after", "change", "steps/new", "methods", "share", "console", "scribe", *HALL)
    accounts = ("logout", "email", "password/change", "2fa")
    return {
        "Ждёт": [f"/w/{slug}/lobby/"],
        "": [
            *("/", f"/d/{world.session.code}/", f"/d/{world.session.code}/poster/", "/nowhere/", "/offline/"),
            *("/accessibility/", "/help/", *(f"/help/{role}/" for role in GUIDES), *hall_pages(world)),
            *(f"/accounts/{page}/" for page in ("login", "login/code", "password/reset", "password/reset/done")),
            *later[""],
        ],
        "Бен": [
            *(f"/meetings/{meeting}/room/", f"/meetings/{meeting}/room/earlier/?before=1000"),
            *(f"/threads/{world.dialogue(step).pk}/" for step in (0, 1)),
            *(f"/w/{slug}/{page}" for page in ("", "away/", "before/", "me/", "me/needs/", "me/leaving/")),
            *(f"/contributions/{mine}/{page}/" for page in ("change", "withdrawal")),
            *(f"/threads/{dialogue}/" for dialogue in asked.values()),
            *(f"/dialogues/{dialogue}/answer/" for dialogue in asked.values()),
            *(*sorted_cards(world), *said_back(world), "/appearance/", grouped[0], *later["Бен"]),
        ],
        "Карин": [
            *(f"/meetings/{meeting}/{page}/".replace("//", "/") for page in of_meeting),
            f"/meetings/{meeting}/replay/?line=9",
            *(f"/w/{slug}/{page}/".replace("//", "/") for page in of_workshop),
            *(f"/w/{slug}/people/{ben.participant.pk}/{page}/" for page in ("roles", "removal")),
            *("/workshops/", "/workshops/new/", f"/workshops/new/?template=own-{own}"),
            *(f"/steps/{world.steps[3].pk}/change/", *grouped[1:], *later["Карин"]),
            *(f"/dialogues/{dialogue}/ballots/" for dialogue in asked.values()),
            f"/dialogues/{asked['consent_round']}/objections/",
            *(f"/accounts/{page}/" for page in accounts),
        ],
    }


def outside(text: str) -> str:
    """TEXT without everything in brackets, however deep."""
    depth, left = 0, []
    for sign in text:
        depth += (sign == "⟦") - (sign == "⟧")
        if depth == 0 and sign != "⟧":
            left.append(sign)
    return "".join(left)


def unknown(text: str) -> bool:
    """Whether Latin letters stand outside the brackets."""
    return any(sign.isalpha() and sign < "ͰͰ" for sign in outside(text))


def glued(text: str) -> bool:
    """Whether two texts stand beside each other, or around somebody's words, with nothing that parts them."""
    depth, since, ended, text = 0, "", False, DATE.sub("⟦⟧", text).replace("⟦(", "(⟦")
    text = re.sub(r"([.!?:,;])⟧", r"⟧\1", text)
    for sign in text:
        if sign == "⟦" and depth == 0 and ended and not any(mark in since for mark in "|·–—.,:;(?!"):
            return True
        depth += (sign == "⟦") - (sign == "⟧")
        if sign == "⟧" and depth == 0:
            ended, since = True, ""
        elif depth == 0:
            since += sign
    return False


@pytest.fixture(scope="module")
def pseudo_web(start_web, tmp_path_factory):
    folder = tmp_path_factory.mktemp("locale")
    write_catalogue(folder)
    return start_web(DJANGO_SETTINGS_MODULE="tests.languages.pseudo_settings", PSEUDO_LOCALE=str(folder))


@pytest.fixture(scope="module")
def cyrillic(database):
    return made_world()


@pytest.fixture(scope="module")
def addresses(cyrillic):
    return pages(cyrillic)


def test_every_page_is_read(addresses):
    read = names_of(path for paths in addresses.values() for path in paths)

    assert every_page() - read == DEMO


@pytest.mark.parametrize("who", ["", "Ждёт", "Бен", "Карин"], ids=["nobody", "waiting", "citizen", "host"])
def test_every_text_comes_whole_from_a_catalogue_and_has_room(arrive, pseudo_web, cyrillic, addresses, who):
    cookies = cookies_of(cyrillic, who) if who else {}
    visitor = arrive({**cookies, settings.LANGUAGE_COOKIE_NAME: CODE}, at=pseudo_web).forgive("404|410")
    found = []
    for path in addresses[who]:
        page = visitor.goes_to(path).page
        texts = page.evaluate(READ, NOT_OURS)
        assert any("⟦" in text for text in texts), path
        found += [f"{path}: in no catalogue: {text}" for text in texts if unknown(text)]
        found += [f"{path}: glued: {text}" for text in texts if glued(text)]
        for viewport in (PHONE, DESK):
            page.set_viewport_size(viewport)
            found += [f"{path}: too wide at {viewport['width']}: {item}" for item in page.evaluate(SPILLS)]

    assert not found, "\n".join(dict.fromkeys(found))


def test_the_reading_bites():
    assert unknown("⟦Gó íñ⟧ now")
    assert not unknown("⟦Gó íñ⟧ Бен 14:05 ⟦ñów⟧")
    assert glued("⟦Gó tó⟧ 127.0 ⟦áñd týpé⟧".replace(".", ""))
    assert not glued("⟦Óñé⟧ · ⟦twó⟧")
