"""A small judge of HTML for machines without Node: what is open is closed in order, ids are unique and are there."""

from html.parser import HTMLParser

from tests.security.pages import VOID

DRAWN = {"svg", "path", "circle", "rect", "use", "g", "text"}
PHRASES = {"p", "span", "b", "h1", "h2", "h3", "h4", "label", "button", "small", "time", "bdi"}
BLOCKS = {
    "div",
    "p",
    "ul",
    "ol",
    "li",
    "form",
    "section",
    "article",
    "h1",
    "h2",
    "h3",
    "h4",
    "table",
    "fieldset",
    "details",
}
NOT_IN_ITSELF = {"a", "button", "form", "label", "p", "main"}
PRESSED = {"a", "button", "label", "select", "textarea", "input", "details"}
POINTERS = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "form")


class Judge(HTMLParser):
    """`found` are the faults, each with its line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.wanted: list[str] = []
        self.found: list[str] = []
        self.seen: list[str] = []

    def fault(self, text: str) -> None:
        self.found.append(f"line {self.getpos()[0]}: {text}")

    def handle_starttag(self, tag, attrs) -> None:
        names = [name for name, _value in attrs]
        given = {name: value or "" for name, value in attrs}
        self.seen.append(tag)
        if len(names) != len(set(names)):
            self.fault(f"<{tag}> has an attribute twice: {names}")
        if tag in BLOCKS and self.open and self.open[-1] in PHRASES:
            self.fault(f"<{tag}> in <{self.open[-1]}>")
        if tag in NOT_IN_ITSELF and tag in self.open:
            self.fault(f"<{tag}> in <{tag}>")
        if tag in PRESSED and {"a", "button"} & set(self.open):
            self.fault(f"<{tag}> in a link or a button")
        if tag == "img" and "alt" not in given:
            self.fault("<img> without alt")
        if "id" in given:
            self.ids.append(given["id"])
        self.wanted += [word for name in POINTERS for word in given.get(name, "").split()]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag) -> None:
        if tag in VOID:
            self.fault(f"</{tag}> closes what is never open")
        elif not self.open or self.open[-1] != tag:
            self.fault(f"</{tag}> where {self.open[-1:]} is open")
        else:
            self.open.pop()


def faults(html: str) -> list[str]:
    judge = Judge()
    judge.feed(html)
    judge.close()
    twice = {name for name in judge.ids if judge.ids.count(name) > 1}
    lost = {name for name in judge.wanted if name not in judge.ids}
    alone = [f"{judge.seen.count(tag)} times <{tag}>" for tag in ("main", "h1", "title") if judge.seen.count(tag) != 1]
    return [
        *judge.found,
        *([f"still open: {judge.open}"] if judge.open else []),
        *(f"id {name} twice" for name in sorted(twice)),
        *(f"nothing has the id {name}" for name in sorted(lost)),
        *(text for text in alone if not text.endswith("<title>") or judge.seen.count("title") == 0),
    ]
