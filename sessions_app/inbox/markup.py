"""A page of HTML in a mail as plain lines; what it shows as a quote begins with "> ", signatures are left out."""

import re
from html import unescape

LONGEST = 600_000
SEEN = 4000  # signs of one tag
NAME = re.compile(r"[a-zA-Z][\w:-]*")
ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
UNSEEN = frozenset({"head", "style", "script", "title", "template", "svg", "noscript", "object", "audio", "video"})
BLOCKS = frozenset(
    {"div", "p", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header"}
    | {"footer", "hr", "pre", "dl", "dt", "dd", "center", "blockquote", "body"}
)
APART = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre"})  # with a blank line around
EMPTY = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "wbr", "area", "base", "col", "embed", "source", "track"}
)
QUOTES = re.compile(r"\b(yahoo_quoted|protonmail_quote|zmail_extra|tutanota_quote|moz-email-headers-table)\b")
SIGNATURES = re.compile(
    r"\b(gmail_signature(_prefix)?|moz-signature|ms-outlook-mobile-signature|protonmail_signature_block|k9mail-signature)\b"
)
SIGNED = frozenset({"Signature", "ms-outlook-mobile-signature", "composer_signature"})
INDENT = re.compile(r"border\s*:\s*none|border\s*:\s*0", re.I)  # Gmail's way to move a paragraph to the right
HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.I)
BLANKS = re.compile(r"[ \t\r\n\f]+")


def text_of(html: str) -> str:
    """The lines of HTML that somebody who opens the mail sees. Whatever the page is, it is gone through once."""
    page = _Page()
    first, *others = _without_comments(html[:LONGEST]).split("<")
    page.say(first)
    for one in others:
        tag, closed, words = one.partition(">")
        if not closed or not tag[:1].strip():
            page.say(f"<{one}")
            continue
        if tag.startswith("/"):
            page.end(tag[1:].strip().lower())
        elif tag[0].isalpha():
            name = NAME.match(tag)
            page.begin(name[0].lower() if name else "", _attributes(tag), is_closed=tag.endswith("/"))
        page.say(words)
    return page.text()


def _without_comments(html: str) -> str:
    kept, at = [], 0
    while (start := html.find("<!--", at)) >= 0:
        kept.append(html[at:start])
        end = html.find("-->", start + 4)
        if end < 0:
            return "".join(kept)
        at = end + 3
    return "".join([*kept, html[at:]])


def _attributes(tag: str) -> dict[str, str]:
    return {name.lower(): value.strip("\"'") for name, value in ATTRIBUTE.findall(tag[:SEEN])}


class _Page:
    """The lines so far, and what is open. No tree is built: the page may be of any depth."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line = ""
        self.open: list[tuple[str, bool, bool]] = []  # tag, whether it quotes, whether it is unseen
        self.counts: dict[str, int] = {}
        self.depth = self.unseen = 0
        self.is_apart = False

    def begin(self, tag: str, given: dict[str, str], *, is_closed: bool) -> None:
        if tag == "br":
            self._break(even_if_empty=True)
        self._break_around(tag)
        if tag in EMPTY or is_closed:
            return
        quotes, unseen = _quotes(tag, given), _is_unseen(tag, given)
        self.open.append((tag, quotes, unseen))
        self.counts[tag] = self.counts.get(tag, 0) + 1
        self.depth += quotes
        self.unseen += unseen
        if tag == "li":
            self.line = "- "

    def end(self, tag: str) -> None:
        if not self.counts.get(tag):
            return
        self._break_around(tag)
        while self.open:
            name, quotes, unseen = self.open.pop()
            self.counts[name] -= 1
            self.depth -= quotes
            self.unseen -= unseen
            if name == tag:
                break

    def say(self, words: str) -> None:
        if self.unseen or not words:
            return
        words = BLANKS.sub(" ", unescape(words))
        self.line += words.lstrip(" ") if not self.line or self.line.endswith(" ") else words

    def text(self) -> str:
        self._break()
        return "\n".join(self.lines).replace("\xa0", " ")

    def _break_around(self, tag: str) -> None:
        if tag in BLOCKS:
            self._break()
            self.is_apart |= tag in APART

    def _break(self, *, even_if_empty: bool = False) -> None:
        words, self.line = self.line.strip(" \xa0"), ""
        if self.unseen or not (words or even_if_empty):
            return
        prefix = "> " if self.depth else ""
        if self.is_apart and self.lines and self.lines[-1].strip("> "):
            self.lines.append(prefix.strip())
        self.is_apart = False
        self.lines.append(f"{prefix}{words}".rstrip() if words != "--" else f"{prefix}-- ")


def _quotes(tag: str, given: dict[str, str]) -> bool:
    if tag == "blockquote":
        return given.get("type") == "cite" or not INDENT.search(given.get("style", ""))
    return bool(QUOTES.search(given.get("class", "")))


def _is_unseen(tag: str, given: dict[str, str]) -> bool:
    if tag in UNSEEN or HIDDEN.search(given.get("style", "")):
        return True
    return bool(SIGNATURES.search(given.get("class", ""))) or given.get("id") in SIGNED
