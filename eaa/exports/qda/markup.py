"""An XML file written element by element, so that a project of any size is never held in memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOBase
from pathlib import Path
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl


class Markup:
    """Attributes that are empty are left out, and so are lists into which nothing was put: the schema wants neither."""

    def __init__(self, file: TextIOBase) -> None:
        self._out = XMLGenerator(file, "utf-8", short_empty_elements=True)
        self._out.startDocument()
        self._waiting: list[str] = []

    @contextmanager
    def inside(self, name: str, /, **attributes: str) -> Iterator[None]:
        self._begin(name, attributes)
        yield
        self._out.endElement(name)

    @contextmanager
    def listed(self, name: str) -> Iterator[None]:
        """Around what may be nothing at all."""
        self._waiting.append(name)
        yield
        if self._waiting:
            self._waiting.pop()
        else:
            self._out.endElement(name)

    def put(self, name: str, text: str = "", /, **attributes: str) -> None:
        self._begin(name, attributes)
        self._out.characters(text)
        self._out.endElement(name)

    def told(self, name: str, text: str) -> None:
        """An element that is left out when there is no TEXT for it."""
        if text:
            self.put(name, text)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        for one in self._waiting:
            self._start(one, {})
        self._waiting.clear()
        self._start(name, {key: value for key, value in attributes.items() if value})

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._out.ignorableWhitespace("\n")  # an element a line, so that two exports can be compared
        self._out.startElement(name, AttributesImpl(attributes))


@contextmanager
def markup(file: Path) -> Iterator[Markup]:
    """Write FILE. What is put in must be text as tables hold it: `writing.readable`."""
    with file.open("w", encoding="utf-8", newline="") as text:
        yield Markup(text)
        text.write("\n")
