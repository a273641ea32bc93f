"""The times of the acceptance criteria, on a phone with a quarter of the speed, 400 kbit/s and 400 ms.

Every time is taken inside the browser, from its own clock, so that the test's waiting is not part of it. What has to be
in time is the middle one of five tries (of three where one takes long); of what others say, 95 of 100. All times that
were taken are told when that fails. The browser's tools do not slow sockets down: what comes through one has to be
there by the 400 ms earlier. docs/decisions/how-speed-is-measured.md says why.
"""

from collections.abc import Callable
from statistics import median

from playwright.sync_api import expect

from tests.e2e.cookies import cookies_of
from tests.e2e.test_weight import Wire
from tests.live_processes.crowd import Crowd
from tests.live_processes.meeting import Meeting

TRIES, LONG_TRIES = 5, 3
TUNNEL = 60  # seconds
QUESTION, FIRST_WORDS = 3000, 20_000
PENDING, CONFIRMED, OF_ANOTHER, CAUGHT_UP = 200, 1500, 2000, 3000  # milliseconds
OF_A_SOCKET = 400
PEOPLE, IN_THE_HALL, CARDS = 20, 8, 20

# `seen` holds when each text was first about to be painted in each place; `began` when somebody last pressed or
# came back on line. Both on a clock that all pages of one machine share.
STOPWATCH = """() => {
  const now = () => performance.timeOrigin + performance.now();
  const places = { pending: "#outbox .outbox__item--sending", table: "[data-said] > .say", mine: "#room-mine .say" };
  const seen = window.seen = {};
  window.began = {};
  addEventListener("click", (event) => { if (event.target.closest("button")) window.began.press = now(); }, true);
  addEventListener("online", () => { window.began.online = now(); });
  const look = () => Object.entries(places).forEach(([place, where]) =>
    document.querySelectorAll(where).forEach((item) => (item.textContent.match(/card \\d+/g) ?? []).forEach((mark) => {
      const key = `${place} ${mark}`;
      if (key in seen) return;
      seen[key] = Infinity;
      requestAnimationFrame(() => { seen[key] = now(); });
    })));
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""
LARGEST = """() => new Promise((resolve) => {
  const watch = new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime));
  watch.observe({ type: "largest-contentful-paint", buffered: true });
})"""
ANSWERED = """() => performance.timeOrigin + Math.max(...performance.getEntriesByType("resource")
  .filter((entry) => entry.name.endsWith("/contributions/")).map((entry) => entry.responseEnd))"""


def tries(measure: Callable[[], float], count: int = TRIES) -> list[float]:
    """What so many tries gave, the shortest first."""
    return sorted(measure() for _ in range(count))


def seen(person, place: str, card: str) -> float:
    key = f"{place} {card}"
    person.page.wait_for_function("key => Number.isFinite(window.seen[key])", arg=key)
    return person.page.evaluate("key => window.seen[key]", key)


def began(person, what: str) -> float:
    return person.page.evaluate("what => window.began[what]", what)


def on_a_phone(person) -> None:
    person.is_connected()
    Wire(person).is_slow()
    person.page.evaluate(STOPWATCH)


def test_the_question_can_be_read_soon(arrive, world):
    """A phone that was never here, from the press at the door; the font, styles and scripts are not yet there."""
    world.go_live()

    def first_visit() -> float:
        phone = arrive()
        Wire(phone).is_slow()
        phone.comes_through_the_door(world.session.code).sees_question("What about check_in_round?")
        took = phone.page.evaluate(LARGEST)
        phone.leaves()
        return took

    times = tries(first_visit)

    assert median(times) <= QUESTION, times


def test_first_words_are_there_soon(arrive, come, world):
    """The link is opened, six steps, and the card lies on somebody else's screen."""
    world.go_live()
    ben = come("Ben").enters_room(world.session)
    ben.page.evaluate(STOPWATCH)
    clock = "performance.timeOrigin + performance.now()"
    cards = iter(range(LONG_TRIES))

    def first_words() -> float:
        phone, card = arrive(), f"card {next(cards)}"
        Wire(phone).is_slow()
        from_the_link = ben.page.evaluate(clock)
        phone.comes_through_the_door(world.session.code)
        phone.says(f"My first {card}", name=f"Elsa {card}")
        took = seen(ben, "table", card) - from_the_link
        phone.leaves()
        return took

    times = tries(first_words, LONG_TRIES)

    assert median(times) <= FIRST_WORDS, times


def test_ones_own_card_is_there_at_once_and_confirmed_soon(come, world):
    world.go_live()
    ben = come("Ben").enters_room(world.session)
    on_a_phone(ben)
    pending, confirmed = [], []

    def press(number: int) -> None:
        card = f"card {number}"
        ben.says(f"My own {card}")
        shown = seen(ben, "table", card) + OF_A_SOCKET
        expect(ben.page.locator("#outbox")).to_be_hidden()
        pending.append(seen(ben, "pending", card) - began(ben, "press"))
        confirmed.append(max(shown, ben.page.evaluate(ANSWERED)) - began(ben, "press"))

    for number in range(TRIES):
        press(number)

    assert median(pending) <= PENDING, sorted(pending)
    assert median(confirmed) <= CONFIRMED, sorted(confirmed)


def test_what_others_say_comes_soon_among_twenty(arrive, web, database):
    """Eight in the hall and twelve at home, one of them on the phone; 95 of 100 cards come in time."""
    with Crowd() as crowd:
        meeting = Meeting(crowd, [web])
        people = meeting.come(PEOPLE - 1, hall=IN_THE_HALL)
        phone = arrive(cookies_of(meeting.world, "Ben")).goes_to(meeting.room)
        on_a_phone(phone)
        late = []
        for number in range(CARDS):
            card = f"card {number}"
            before = phone.page.evaluate("performance.timeOrigin + performance.now()")
            crowd.run(people[number % len(people)].outbox.say(f"From somebody: {card}", meeting.post))
            late.append(seen(phone, "table", card) - before)
        in_time = [time for time in late if time + OF_A_SOCKET <= OF_ANOTHER]

        assert len(in_time) >= 0.95 * CARDS, sorted(late)


def test_after_a_train_the_page_catches_up_soon(come, world):
    world.go_live()
    ben = come("Ben").forgive("ERR_|WebSocket").has_a_clock().enters_room(world.session)
    ben.page.evaluate(STOPWATCH)
    numbers = iter(range(3 * TRIES))

    def train() -> float:
        first, second, missed = (f"card {next(numbers)}" for _ in range(3))
        ben.context.set_offline(True)
        ben.says(f"From the tunnel: {first}").waits(TUNNEL).says(f"From the tunnel: {second}").sees("Waiting to send.")
        world.say("Chidi", f"Meanwhile in the hall: {missed}")
        ben.context.set_offline(False)
        whole = max(seen(ben, "table", card) for card in (first, second, missed))
        expect(ben.page.locator("#outbox")).to_be_hidden()
        return whole - began(ben, "online")

    times = tries(train)

    assert median(times) <= CAUGHT_UP, times
