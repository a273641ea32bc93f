"""A play for every way of working: what three people do on three devices, and what all of them see at the end.

Ben holds a phone, Chidi has a keyboard and nothing else, Sam types for Hella, who is in the hall. A new way of working
gets a play here; `test_plays.py` fails until it has one.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Locator, expect

from tests.e2e.keyboard import press, tab_to, type_into
from tests.e2e.person import Person

PHONE, KEYS, HALL = "From a phone.", "Without a mouse.", "Said in the hall."
THINGS = ["A bench", "A lamp", "A bell"]
Does = Callable[[Person], None]
Row = tuple[str, str]  # what stands in the table: its first words, and the number


@dataclass(frozen=True)
class Play:
    """`cards` are words that lie on the table at the end, by heading where there are some; `rows` the table of numbers
    and `picture` what is drawn beside it; `words` is what else everybody can read."""

    phone: Does
    keyboard: Does
    scribe: Does
    cards: dict[str, list[str]] | None = None
    rows: list[Row] | None = None
    picture: tuple[str, int] | None = None
    words: tuple[str, ...] = ()
    options: dict = field(default_factory=dict)
    afterwards: Does = lambda person: None  # what Ben does once all is turned over


def heading(person: Person) -> Locator:
    return person.page.get_by_label("Where does it belong?")


def writes(title: str = "") -> Does:
    def _phone(ben: Person) -> None:
        if title:
            ben.field.click()  # on a phone the list is there once one begins to write
            heading(ben).select_option(title)
        ben.says(PHONE)
        expect(ben.field).to_have_value("")

    return _phone


def types(down: int = 0) -> Does:
    """Types, chooses the heading that stands DOWN from the top of the list, and goes on to the button."""

    def _keyboard(chidi: Person) -> None:
        if down:
            tab_to(chidi.page, heading(chidi))
            for _ in range(down):
                chidi.page.keyboard.press("ArrowDown")
        tab_to(chidi.page, chidi.field)
        chidi.page.keyboard.type(KEYS)
        press(chidi.page, "Send")
        expect(chidi.field).to_have_value("")

    return _keyboard


def passes(chidi: Person) -> None:
    press(chidi.page, "Pass", key="Space")


def takes_down(title: str = "") -> Does:
    def _scribe(sam: Person) -> None:
        sam.goes_to(f"{sam.room}scribe/").page.get_by_label("What was said").fill(HALL)
        if title:
            heading(sam).select_option(title)
        sam.page.get_by_label("On behalf of").select_option("Hella")
        sam.presses("Put on the table").sees("1 card is on the table.")

    return _scribe


def sends(fill: Does) -> Does:
    def _send(person: Person) -> None:
        fill(person)
        person.presses("Send my answer").sees("Your answer is on the table.")

    return _send


def answers_by_keyboard(fill: Does) -> Does:
    def _send(chidi: Person) -> None:
        fill(chidi)
        press(chidi.page, "Send my answer")
        chidi.sees("Your answer is on the table.")

    return _send


def types_answer(fill: Does) -> Does:
    """Sam answers for Hella on the page for answers from the hall."""

    def _scribe(sam: Person) -> None:
        sam.goes_to(f"/dialogues/{sam.dialogue}/ballots/")
        hella = sam.page.locator("#ballot-person option", has_text="Hella").get_attribute("value")
        sam.page.get_by_label("For whom").select_option(hella)
        fill(sam)
        sam.presses("Put it on the table").sees("The answer is on the table. The next one?")

    return _scribe


def ticks(label: str, reason: str = "") -> Does:
    def _fill(person: Person) -> None:
        person.page.get_by_label(label).check()
        if reason:
            person.page.get_by_label("In your own words").fill(reason)

    return _fill


def goes_down(name: str, times: int, reason: str = "") -> Does:
    """With the arrows from the first choice; none of them is the first choice itself."""

    def _fill(chidi: Person) -> None:
        tab_to(chidi.page, chidi.page.locator(f"#room-answer [name={name}]").first)
        for _ in range(times):
            chidi.page.keyboard.press("ArrowDown")
        if not times:
            chidi.page.keyboard.press("Space")
        if reason:
            type_into(chidi.page, chidi.page.get_by_label("In your own words"), reason)

    return _fill


def fills(**fields: str) -> Does:
    def _fill(person: Person) -> None:
        for name, value in fields.items():
            target = person.page.locator(f"[name={name.replace('_', '-')}]").first
            if target.evaluate("item => item.tagName") == "SELECT":
                target.select_option(value)
            else:
                target.fill(value)

    return _fill


def types_in(**fields: str) -> Does:
    """In a field the words, in a list the key of what is chosen."""

    def _fill(chidi: Person) -> None:
        for name, value in fields.items():
            target = chidi.page.locator(f"#room-answer [name={name.replace('_', '-')}]").first
            tab_to(chidi.page, target)
            chidi.page.keyboard.type(value)

    return _fill


def cannot_write(person: Person) -> None:
    person.sees("Nothing is recorded now.")
    expect(person.page.locator("#dock")).to_be_hidden()


def is_told_of_the_break(sam: Person) -> None:
    sam.goes_to(f"{sam.room}scribe/").page.get_by_label("What was said").fill(HALL)
    sam.presses("Put on the table").sees("This is a break")


def sorts(ben: Person) -> None:
    ben.card(PHONE).get_by_role("link", name="Move to …").click()
    ben.page.get_by_label("New heading").fill("Devices")
    ben.presses("Move it")
    expect(ben.card(PHONE)).to_be_focused()


def choose(phone: Does, keyboard: Does, scribe: Does, **more) -> Play:
    return Play(sends(phone), answers_by_keyboard(keyboard), types_answer(scribe), **more)


WALL = {"": [PHONE, KEYS, HALL]}
# Ways of working whose plays take more than one page or step: they have a test of their own.
PLAYED_ELSEWHERE = {
    "small_groups": "test_groups.py",
    "say_it_back": "test_new_ways.py",
    "quiet_minute": "test_new_ways.py",
    "together": "test_new_ways.py",
    "reflection": "test_new_ways.py",
}
PLAYS: dict[str, Play] = {
    "check_in_round": Play(writes(), passes, takes_down(), cards={"": [PHONE, "Pass.", HALL]}),
    "check_out": Play(writes(), types(), takes_down(), cards=WALL),
    "cards": Play(
        writes(), types(), takes_down(), cards={"Devices": [PHONE], "Not sorted yet": [KEYS, HALL]}, afterwards=sorts
    ),
    "clustering": Play(
        writes(), types(), takes_down(), cards={"Devices": [PHONE], "Not sorted yet": [KEYS, HALL]}, afterwards=sorts
    ),
    "open_dialogue": Play(writes(), types(), takes_down(), cards=WALL),
    "what_i_bring": Play(
        writes("What I bring"),
        types(2),
        takes_down("What I hope"),
        cards={"What I bring": [PHONE], "What I hope": [KEYS, HALL]},
    ),
    "four_lists": Play(
        writes("What is the matter"),
        types(3),
        takes_down("Ways forward"),
        cards={
            "What is the matter": [PHONE],
            "Questions and worries": [],
            "What we know": [KEYS],
            "Ways forward": [HALL],
        },
    ),
    "kettle": Play(cannot_write, cannot_write, is_told_of_the_break, words=("Nothing is recorded now.",)),
    "poll": choose(
        ticks("A lamp"),
        goes_down("choice", 1),
        ticks("A bell"),
        options={"choices": THINGS},
        rows=[("A bench", "0"), ("A lamp", "2"), ("A bell", "1")],
        picture=("progress.bar", 3),
    ),
    "dot_voting": choose(
        fills(dots_1="2", dots_2="1"),
        types_in(dots_2="2", dots_3="1"),
        fills(dots_2="2"),
        options={"things": THINGS, "dots": 3, "most": 2},
        rows=[("A lamp", "5"), ("A bench", "2"), ("A bell", "1")],
        picture=("progress.bar", 3),
    ),
    "ranking": choose(
        fills(place_1="1", place_2="2", place_3="3"),
        types_in(place_1="2", place_2="1", place_3="3"),
        fills(place_1="3", place_2="1", place_3="2"),
        options={"things": THINGS},
        rows=[("1. A lamp", "8"), ("2. A bench", "6"), ("3. A bell", "4")],
        picture=("progress.bar", 3),
    ),
    "gradients": choose(
        ticks("Whole-hearted yes"),
        goes_down("step", 6, "Nobody asked us."),
        ticks("Yes, with reservations", "If somebody rings."),
        rows=[
            *(("Whole-hearted yes", "1"), ("Yes, with a small", "0"), ("Yes, with res", "1"), ("No view", "0")),
            *(("I want to talk", "0"), ("I don", "0"), ("I disagree", "1"), ("I cannot", "0")),
        ],
        picture=(".stand .pip", 3),
        words=("2 of 3 lean towards yes.", "Nobody asked us.", "If somebody rings."),
    ),
    "consent_round": choose(
        ticks("I don’t object"),
        goes_down("objects", 1, "Three days are too few."),
        ticks("I don’t object"),
        options={"proposal": ["We ask those at home first."]},
        words=("1 of 3 objects.", "Three days are too few.", "2 people do not object."),
    ),
    "word_gathering": choose(
        fills(word="calm"),
        types_in(word="Calm"),
        fills(word="a chair"),
        rows=[("calm", "2"), ("a chair", "1")],
        picture=(".gathered__w", 2),
    ),
}
