"""E. The whole way in a real browser: from the press of the button to the card on another person's screen."""

import os
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, TimeoutError, sync_playwright

from bench.entrants import DAPHNE, Entrant
from bench.live import Seed
from bench.processes import Trouble
from bench.sections import Setting
from bench.tally import percentile
from coproduction.local import browser as chromium

PRESSES, QUICK_PRESSES, WARM = 20, 2, 2
MOST_P95_MS = 2_000.0  # for a phone on a slow network
LONGEST_MS = 15_000

# The moment counts at which the browser is about to paint the frame that has the words in it.
_WATCH = """() => {
  window.benchSeen = {};
  new MutationObserver((changes) => {
    const now = document.body.textContent.match(/b7press\\d+z/g) || [];
    for (const mark of now) if (!(mark in window.benchSeen)) {
      window.benchSeen[mark] = 0;
      requestAnimationFrame(() => { window.benchSeen[mark] = performance.timeOrigin + performance.now(); });
    }
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""
_CLOCK = """() => addEventListener("click", (event) => {
  if (event.target.closest("button")) window.benchPressed = performance.timeOrigin + performance.now();
}, true)"""


@dataclass(frozen=True, slots=True)
class Device:
    """How fast the two devices and their network are."""

    name: str
    slower: int = 1
    kbit_per_second: int = 0
    latency_ms: int = 0


DESKTOP = Device("two laptops")
PHONE = Device("two phones: a quarter of the speed, 400 kbit/s, 400 ms", slower=4, kbit_per_second=400, latency_ms=400)


def run_section(setting: Setting) -> None:
    """Two people in two browsers write in turn; the clock runs from one's press to the other's screen."""
    report = setting.report
    report.title("E. In the browser: from the press to the card on another person's screen")
    entrant = setting.entrant(DAPHNE)
    assert entrant is not None
    program = chromium.executable()
    if program is None:
        raise Trouble("There is no Chromium on this machine. `make setup` installs one, or name yours in CHROMIUM.")
    seed = setting.project.seed(setting.stores, 2, fresh=True)
    found: dict[str, Any] = {}
    with sync_playwright() as playwright:
        flags = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        for device in (DESKTOP,) if setting.quick else (DESKTOP, PHONE):
            late = _presses(browser, entrant, seed, device, QUICK_PRESSES if setting.quick else PRESSES)
            found[device.name] = {"device": asdict(device), "ms": late}
            p95 = percentile(sorted(late), 0.95)
            report.say(f"  {device.name}: half within {median(late):.0f} ms, 95 of 100 within {p95:.0f} ms")
            if device is PHONE:
                report.judge(
                    f"on phones, 95 of 100 within {MOST_P95_MS:.0f} ms",
                    f"{p95:.0f} ms",
                    p95 <= MOST_P95_MS,
                    of_time=True,
                )
        browser.close()
    report.sections["browser"] = found


def _presses(browser: Browser, entrant: Entrant, seed: Seed, device: Device, presses: int) -> list[float]:
    # The two sit at different processes, so that the news has to travel.
    contexts = [_person(browser, entrant, seed, number) for number in range(2)]
    pages = [_room(context, entrant, seed, number, device) for number, context in enumerate(contexts)]
    try:
        late = [_press(pages[number % 2], pages[1 - number % 2], device, number) for number in range(presses + WARM)]
    except TimeoutError as trouble:
        raise Trouble(f"On {device.name} a card did not come within {LONGEST_MS // 1000} s.") from trouble
    for context in contexts:
        context.close()
    return late[WARM:]


def _person(browser: Browser, entrant: Entrant, seed: Seed, number: int) -> BrowserContext:
    context = browser.new_context(locale="en-GB")
    context.set_default_timeout(LONGEST_MS)
    context.add_cookies([{"name": seed.device_cookie, "value": seed.people[number], "url": _origin(entrant, number)}])
    return context


def _room(context: BrowserContext, entrant: Entrant, seed: Seed, number: int, device: Device) -> Page:
    page = context.new_page()
    page.goto(_origin(entrant, number) + seed.room_path)
    page.locator("form[action$='/contributions/'] textarea").wait_for()
    page.evaluate(_WATCH)
    page.evaluate(_CLOCK)
    _slow_down(page, device)
    return page


def _slow_down(page: Page, device: Device) -> None:
    if device.slower == 1:
        return
    tools = page.context.new_cdp_session(page)
    rate = device.kbit_per_second * 1000 / 8
    tools.send("Emulation.setCPUThrottlingRate", {"rate": device.slower})
    tools.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": device.latency_ms, "downloadThroughput": rate, "uploadThroughput": rate},
    )


def _press(writer: Page, reader: Page, device: Device, number: int) -> float:
    mark = f"b7press{number}{device.slower}z"
    form = writer.locator("form[action$='/contributions/']")
    form.locator("textarea").fill(f"What I wanted to say is {mark}")
    form.locator("button[type=submit]").first.click()
    reader.wait_for_function("mark => window.benchSeen[mark] > 0", arg=mark)
    seen = float(reader.evaluate("mark => window.benchSeen[mark]", mark))
    return seen - float(writer.evaluate("() => window.benchPressed"))


def _origin(entrant: Entrant, number: int) -> str:
    host, port = entrant.running[number % len(entrant.running)].address
    return f"http://{host}:{port}"
