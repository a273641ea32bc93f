"""A page as the browser holds it: a small tree of elements, on which pieces are applied as static/js/board.js does."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
    "path",
    "use",
}


@dataclass
class Element:
    tag: str
    attrs: dict = field(default_factory=dict)
    children: list = field(default_factory=list)

    def find(self, element_id):
        for child in self.children:
            if isinstance(child, Element):
                if child.attrs.get("id") == element_id:
                    return self, child
                if found := child.find(element_id):
                    return found
        return None

    def __str__(self):
        inner = "".join(str(child) for child in self.children)
        return f"<{' '.join([self.tag, *(f'{name}={value!r}' for name, value in self.attrs.items())])}>{inner}\n"


class Reader(HTMLParser):
    """Reads HTML into a tree. White space between and around words counts once."""

    def __init__(self, html):
        super().__init__()
        self.root = Element("root")
        self.open = [self.root]
        self.feed(html)
        self.close()
        assert self.open == [self.root], f"left open: {[element.tag for element in self.open]}"

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs))
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.open[-1].children.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open[-1].tag == tag, f"<{self.open[-1].tag}> closed by </{tag}>"
            self.open.pop()

    def handle_data(self, data):
        if words := " ".join(data.split()):
            self.open[-1].children.append(words)


def read(html):
    return Reader(html).root


class Page:
    """What somebody sees; `apply` brings it to the present."""

    def __init__(self, html):
        self.root = read(html)

    def __str__(self):
        return str(self.root)

    def apply(self, pieces):
        for piece in pieces:
            if "in" in piece:
                self._place(piece)
            else:
                self._region(piece)

    def _region(self, piece):
        if found := self.root.find(piece["id"]):
            found[1].children = read(piece["html"]).children

    def _place(self, piece):
        if (found := self.root.find(piece["in"])) is None:
            return
        (item,) = read(piece["html"]).children
        assert item.attrs["id"] == piece["id"]
        items = found[1].children
        if known := self.root.find(piece["id"]):
            parent, old = known
            place = [child is old for child in parent.children].index(True)
            if parent is found[1]:
                parent.children[place] = item
                return
            del parent.children[place]
        before = [place for place, other in enumerate(items) if float(other.attrs["data-order"]) < piece["order"]]
        items.insert(before[-1] + 1 if before else 0, item)
