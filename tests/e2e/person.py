"""A person at a browser, in people's words. What goes wrong on their pages is written down and fails the test."""

import re
from contextlib import suppress
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error, Locator, Page, expect

from sessions_app.errors import Closed
from tests.e2e.web import Web

PHONE = {"width": 360, "height": 640}
DESK = {"width": 1280, "height": 800}
PATIENCE = 15_000  # milliseconds until a condition counts as never met

# A broken promise of the page's security policy, and every wish for a permission, become errors in the console.
WATCH = """() => {
  addEventListener("securitypolicyviolation", (event) =>
    console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));
  const refuse = (what) => () => { console.error(`permission asked: ${what}`); return Promise.reject(); };
  if (navigator.permissions) navigator.permissions.query = refuse("permissions");
  if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia = refuse("camera or microphone");
  if (navigator.geolocation) navigator.geolocation.getCurrentPosition = refuse("place");
  if (window.Notification) window.Notification.requestPermission = refuse("notifications");
}"""


def refuse(route) -> None:
    """Answer as the server does to words for a question that has closed."""
    route.fulfill(status=Closed.status, json={"error": Closed.code, "text": str(Closed.text), "field": None})


class Person:
    """One browser context. `frames` are the socket's messages, `trouble` is what must not happen."""

    def __init__(self, browser: Browser, web: Web, *, cookies: dict[str, str] | None = None, **options) -> None:
        self.web = web
        self.trouble: list[str] = []
        self.forgiven: list[str] = []
        self.frames: list[str] = []
        self.answers: list = []
        self.requests: list = []
        options = {"viewport": PHONE, "locale": "en-GB", "timezone_id": "Europe/Stockholm", **options}
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(f"({WATCH})()")
        for name, value in (cookies or {}).items():
            self.context.add_cookies([{"name": name, "value": value, "url": web.address}])
        self.context.on("page", self._watch)
        self.page = self.context.new_page()

    # --- going places ---------------------------------------------------------------------------

    def goes_to(self, path: str) -> "Person":
        self.page.goto(path if path.startswith("http") else f"{self.web.address}{path}")
        return self

    def enters_room(self, session) -> "Person":
        self.goes_to(f"/meetings/{session.pk}/room/")
        return self.is_connected()

    def enters_thread(self, dialogue) -> "Person":
        self.goes_to(f"/threads/{dialogue.pk}/")
        return self.is_connected()

    def is_connected(self) -> "Person":
        expect(self.page.locator("main[data-connected=yes]")).to_be_attached()
        return self

    def comes_through_the_door(self, code: str, *, poster: bool = False) -> "Person":
        """The link, one press, and they are in."""
        self.goes_to(f"/d/{code}/{'?from=hall' if poster else ''}")
        self.page.get_by_role("button", name="Go in").click()
        return self

    def has_a_clock(self) -> "Person":
        """From the next page on `waits` can let time pass for its scripts; else it goes on as usual."""
        self.context.clock.install()
        return self

    def waits(self, seconds: int) -> "Person":
        """So long for the page, second by second, so that what it tries meanwhile can fail before it tries again."""
        before = self.page.evaluate("Date.now()")
        for _ in range(seconds):
            self.page.clock.run_for(1000)
        assert self.page.evaluate("Date.now()") - before >= 1000 * seconds
        return self

    # --- writing --------------------------------------------------------------------------------

    @property
    def field(self) -> Locator:
        return self.page.locator("#composer-body")

    def writes(self, words: str) -> "Person":
        self.field.fill(words)
        return self

    def sends(self) -> "Person":
        self.page.locator("#composer button[type=submit]").first.click()
        return self

    def says(self, words: str, *, name: str = "") -> "Person":
        self.writes(words)
        if name:  # asked as soon as somebody begins to write
            self.page.locator("#composer-name").fill(name)
        return self.sends()

    def presses(self, name: str, *, exact: bool = False) -> "Person":
        """A press, and the page that comes of it where a script sends the form."""
        self.page.get_by_role("button", name=name if exact else named(name), exact=exact).click()
        expect(self.page.locator("form[data-sending]")).to_have_count(0)
        return self

    def follows(self, name: str) -> "Person":
        self.page.get_by_role("link", name=named(name)).first.click()
        return self

    # --- seeing ---------------------------------------------------------------------------------

    def sees(self, text: str) -> "Person":
        expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible()
        return self

    def sees_question(self, text: str) -> "Person":
        """Whoever has scrolled down is told of a new step, and goes there."""
        there, go = self.page.locator("#question", has_text=text), self.page.locator("#newstep-go")
        expect(there.or_(go.locator("visible=true")).first).to_be_visible()
        if not there.count():
            go.click()
        expect(self.page.locator("#question")).to_have_text(text)
        return self

    def sees_no(self, text: str) -> "Person":
        expect(self.page.get_by_text(text).locator("visible=true")).to_have_count(0)
        return self

    def card(self, words: str) -> Locator:
        return self.page.locator(".say", has=self.page.get_by_text(words, exact=True))

    def sees_card(self, words: str) -> "Person":
        expect(self.card(words)).to_be_visible()
        return self

    def order(self) -> list[str]:
        """The ids of what lies on the table, in the order of the page."""
        return self.page.locator("[data-said] > .say").evaluate_all("items => items.map((item) => item.id)")

    def was_told(self, *paths: str) -> str:
        """All that reached this browser: answers, frames of the socket, the page; and what PATHS answer to it now."""
        told = [*self.frames, self.page.content()]
        for answer in self.answers:
            if answer.request.resource_type in {"document", "fetch", "xhr"}:
                with suppress(Error):  # the browser forgets the answers that made earlier pages
                    told.append(answer.text())
        return "\n".join([*told, *(self.context.request.get(f"{self.web.address}{path}").text() for path in paths)])

    def focused(self) -> str:
        """Id of the element that has the focus, or its tag."""
        return self.page.evaluate("document.activeElement.id || document.activeElement.tagName.toLowerCase()")

    # --- watching -------------------------------------------------------------------------------

    def forgive(self, pattern: str) -> "Person":
        """Expect trouble that matches PATTERN, because the test causes it."""
        self.forgiven.append(pattern)
        return self

    def unforgiven(self) -> list[str]:
        return [line for line in self.trouble if not any(re.search(pattern, line) for pattern in self.forgiven)]

    def takes_picture(self, path) -> None:
        with suppress(Error):  # a page that is gone has no picture
            self.page.screenshot(path=path)

    def leaves(self) -> None:
        self.context.close()

    def _watch(self, page: Page) -> None:
        page.on("console", lambda said: said.type == "error" and self.trouble.append(f"console: {said.text}"))
        page.on("pageerror", lambda error: self.trouble.append(f"script: {error}"))
        page.on("requestfailed", self._failed)
        page.on("request", self._asked)
        page.on("response", self._answered)
        page.on("websocket", lambda socket: socket.on("framereceived", lambda text: self.frames.append(str(text))))

    def _failed(self, request) -> None:
        # A page that is left while it still asks is no trouble.
        if request.failure != "net::ERR_ABORTED":
            self.trouble.append(f"failed: {request.url} {request.failure}")

    def _asked(self, request) -> None:
        self.requests.append(request)
        where = urlsplit(request.url)
        if where.scheme not in {"data", "blob"} and where.hostname != "127.0.0.1":
            self.trouble.append(f"third party: {request.url}")

    def _answered(self, answer) -> None:
        if answer.status >= 400:
            self.trouble.append(f"status {answer.status}: {answer.request.method} {answer.url}")
        elif not 300 <= answer.status < 400:
            self.answers.append(answer)


def named(name: str) -> re.Pattern[str]:
    """What begins with NAME, as a browser says it: before a part that only listeners hear it puts a space."""
    spoken = re.escape(name).replace(":", r"\s*:")
    return re.compile(rf"^\s*{spoken}(?!\w)", re.IGNORECASE)
