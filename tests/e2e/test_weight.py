"""What a phone has to carry: bytes on the wire at the first visit and the next. Times are in test_speed.py."""

import pytest
from playwright.sync_api import expect

from tests.e2e.cookies import cookies_of
from tests.e2e.scenes import scene

KILO = 1000
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}


class Wire:
    """Counts what comes over the wire: bytes with headers, by kind of resource."""

    def __init__(self, person) -> None:
        self.tools = person.context.new_cdp_session(person.page)
        self.kinds: dict[str, str] = {}
        self.bytes: dict[str, int] = {}
        self.tools.send("Network.enable")
        self.tools.on("Network.responseReceived", lambda said: self.kinds.update({said["requestId"]: said["type"]}))
        self.tools.on("Network.loadingFinished", self._finished)

    def _finished(self, said) -> None:
        kind = self.kinds.get(said["requestId"], "other")
        self.bytes[kind] = self.bytes.get(kind, 0) + int(said["encodedDataLength"])

    @property
    def total(self) -> int:
        return sum(self.bytes.values())

    def forget(self) -> None:
        self.bytes.clear()

    def is_slow(self) -> None:
        self.tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        self.tools.send("Network.emulateNetworkConditions", SLOW)


def arrives(person, path: str) -> None:
    person.goes_to(path).page.wait_for_load_state("networkidle")


def test_the_door_is_light(arrive, world):
    world.go_live()
    guest = arrive()
    wire = Wire(guest)

    arrives(guest, f"/d/{world.session.code}/")
    first = wire.total, dict(wire.bytes)
    wire.forget()
    arrives(guest, f"/d/{world.session.code}/")

    assert first[0] <= 60 * KILO, first[1]
    assert wire.total <= 20 * KILO, wire.bytes


def test_the_room_is_light_with_sixty_cards_on_the_table(arrive):
    full = scene("full")
    guest = arrive(full.cookies("Aino Virtanen"))
    wire = Wire(guest)

    arrives(guest, full.pages["room"][1])
    guest.is_connected()
    expect(guest.page.locator(".say")).to_have_count(60)
    first = wire.total, dict(wire.bytes)
    scripts = sum(asked.sizes()["responseBodySize"] for asked in guest.requests if asked.resource_type == "script")
    wire.forget()
    arrives(guest, full.pages["room"][1])

    assert first[0] <= 120 * KILO, first[1]
    assert first[1]["Stylesheet"] <= 20 * KILO, first[1]
    assert scripts <= 30 * KILO
    assert wire.total <= 20 * KILO, wire.bytes
    assert {request.url.split("/")[2] for request in guest.requests} == {guest.web.address.split("/")[2]}


def test_one_card_of_another_is_a_small_frame(arrive, world):
    world.go_live()
    ben = arrive(cookies_of(world, "Ben")).enters_room(world.session)

    world.say("Chidi", "A short thought.")
    ben.sees_card("A short thought.")

    (frame,) = [text for text in ben.frames if "A short thought." in text]
    assert len(frame) <= 3 * KILO


def test_on_a_slow_phone_few_files_are_fetched_and_words_are_sent(arrive, world):
    """4x slower, 400 kbit/s, 400 ms."""
    world.go_live()
    phone, ben = arrive(), arrive(cookies_of(world, "Ben")).enters_room(world.session)
    Wire(phone).is_slow()

    phone.comes_through_the_door(world.session.code).sees_question("What about check_in_round?")
    phone.is_connected().says("From the slow train.", name="Elsa").sees("Sending")
    ben.sees_card("From the slow train.")

    fetched = phone.page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert len(fetched) <= 25, fetched


@pytest.mark.parametrize("path", ["/", "/appearance/"])
def test_pages_without_life_carry_no_script_of_the_room(arrive, path):
    guest = arrive()

    arrives(guest, path)

    assert not [request.url for request in guest.requests if "/js/room" in request.url or "/js/live" in request.url]
