"""Reading a page as a browser does: its tags, what stands in its fields, and which of them are marked as wrong."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Page(HTMLParser):
    """`values` and `marked` go by the fields' names; `text` is all that is shown, `tags` every start tag."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    marked: dict[str, bool] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    within: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag, attrs) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        if tag in {"input", "textarea", "select"} and "name" in given:
            name = given["name"]
            if given.get("type") not in {"radio", "checkbox"} or "checked" in given:
                self.values[name] = given.get("value", "")
            self.marked[name] = self.marked.get(name, False) or given.get("aria-invalid") == "true"
        self.within = given.get("name", "") if tag == "textarea" else ""

    def handle_data(self, data) -> None:
        if self.within:
            self.values[self.within] += data
        self.words.append(data)

    def handle_endtag(self, tag) -> None:
        self.within = ""

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    @property
    def ids(self) -> set[str]:
        return {given["id"] for _tag, given in self.tags if "id" in given}


def read(answer) -> Page:
    page = Page()
    page.feed(answer.content.decode())
    page.values = {name: value.removeprefix("\n") for name, value in page.values.items()}
    return page
