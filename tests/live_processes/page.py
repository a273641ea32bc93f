"""A room's page as its scripts see it: the cursor that it was drawn at, and what lies on the table, in order."""

import re
from dataclasses import dataclass, field
from html import unescape

MAIN = re.compile(r"<main [^>]*data-live=[^>]*>")
SAID = re.compile(
    r'<li id="(?P<id>said-[0-9a-f-]{36})" class="say[^"]*" data-order="(?P<order>\d+)">(?P<inside>.*?)</li>', re.S
)
WORDS = re.compile(r'<p class="card__words"[^>]*>(.*?)</p>', re.S)
EARLIER = re.compile(r'<p id="earlier"[^>]*><a href="([^"]+)"')
LIST = re.compile(r'<ul class="\w+" id="(said-\d+)"')


@dataclass(frozen=True, slots=True)
class Item:
    """One contribution on the table."""

    id: str
    order: int
    words: str


def items_in(html: str) -> list[Item]:
    """The contributions in HTML, in the order in which they stand there."""
    return [
        Item(found["id"], int(found["order"]), unescape(" ".join(WORDS.findall(found["inside"]))))
        for found in SAID.finditer(html)
    ]


@dataclass
class Page:
    """What `static/js/board.js` keeps in the document. `earlier` leads to what this page does not show yet."""

    head: int
    epoch: str
    socket: str
    news: str
    csrf: str
    list_id: str
    items: list[Item] = field(default_factory=list)
    earlier: str = ""

    @classmethod
    def read(cls, html: str) -> "Page | None":
        """The page in HTML, or nothing when it is no room."""
        main = MAIN.search(html)
        if main is None:
            return None
        data = dict(re.findall(r'data-(\w+)="([^"]*)"', main[0]))
        page = cls(int(data["head"]), data["epoch"], data["socket"], data["news"], data["csrf"], "")
        page.draw_wall(html)
        return page

    @property
    def ids(self) -> list[str]:
        return [item.id for item in self.items]

    def apply(self, pieces: list[dict]) -> None:
        for piece in pieces:
            if "in" in piece:
                self.place(piece)
            elif piece["id"] == "room-wall":
                self.draw_wall(piece["html"])

    def draw_wall(self, html: str) -> None:
        found = LIST.search(html)
        self.list_id = found[1] if found else ""
        self.items = items_in(html)
        self.show_earlier_link(html)

    def show_earlier_link(self, html: str) -> None:
        link = EARLIER.search(html)
        self.earlier = unescape(link[1]) if link else ""

    def put_before(self, html: str) -> None:
        """A page of earlier ones has been fetched."""
        self.items = items_in(html) + self.items
        self.show_earlier_link(html)

    def place(self, piece: dict) -> None:
        """Put one contribution at its place by number; one that is there already is replaced."""
        if piece["in"] != self.list_id:
            return
        (item,) = items_in(piece["html"])
        ids = self.ids
        if item.id in ids:
            self.items[ids.index(item.id)] = item
        elif not (self.earlier and self.items and item.order < self.items[0].order):
            at = next((n for n in range(len(self.items), 0, -1) if self.items[n - 1].order < item.order), 0)
            self.items.insert(at, item)
