"""Takes the pictures: whole pages, fast enough for a thousand of them."""

import base64
from pathlib import Path

from tests.e2e.person import DESK, PHONE, Person

FOLDER = Path(__file__).resolve().parents[2] / "screenshots"
TALLEST = 12_000
WALL = {"width": 1920, "height": 1080}
PAPER = {"width": 794, "height": 1123}  # A4 in CSS pixels

# New colours and sizes are on the screen one frame later; what fades is told to be there at once.
PAINTED = """() => { document.getAnimations().forEach((each) => each.finish());
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))); }"""


class Camera:
    """One person's page. The window grows to the page's height, so that the dock lies at its end."""

    def __init__(self, person: Person) -> None:
        self.page = person.page
        self.tools = person.context.new_cdp_session(person.page)

    def takes(self, name: str, *, colours: tuple[str, ...] = ()) -> None:
        """At both widths, in all COLOURS, or as the page is."""
        for device, viewport in (("phone", PHONE), ("desk", DESK)):
            self._grow(viewport)
            for colour in colours or ("",):
                if colour:
                    self.page.emulate_media(color_scheme=colour)
                self._keep("-".join(part for part in (name, colour, device) if part))

    def takes_wall(self, name: str) -> None:
        """What a projector shows: one screen, as it is."""
        self.page.set_viewport_size(WALL)
        self._keep(f"{name}-wall")

    def takes_print(self, name: str) -> None:
        """As a PDF, and the same as a picture."""
        FOLDER.mkdir(exist_ok=True)
        self.page.pdf(path=FOLDER / f"{name}-print.pdf", format="A4", print_background=False)
        self.page.emulate_media(media="print", color_scheme="light")
        self._grow(PAPER)
        self._keep(f"{name}-print")
        self.page.emulate_media(media="screen")

    def _grow(self, viewport: dict[str, int]) -> None:
        self.page.set_viewport_size(viewport)
        self.page.evaluate(PAINTED)
        height = self.page.evaluate("document.scrollingElement.scrollHeight")
        self.page.set_viewport_size({**viewport, "height": max(viewport["height"], min(height, TALLEST))})
        self.page.mouse.move(0, 0)

    def _keep(self, name: str) -> None:
        """Through the browser's own tools: a picture that need not be small takes a third of the time."""
        self.page.evaluate(PAINTED)
        told = self.tools.send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / f"{name}.png").write_bytes(base64.b64decode(told["data"]))
