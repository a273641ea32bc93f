"""The form in which an agreement is written: clauses as numbered fields, moved and added by buttons without script."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from eaa.models import AgreementVersion, Evidence
from eaa.operations.clauses import AT_MOST, Wording, rests_on_now
from eaa.operations.evidence import Rests
from eaa.queries.beginnings import records_of, words_by_id, words_with
from eaa.queries.clauses import is_shown
from eaa.queries.naming import label_of
from eaa.queries.quoting import Quote, quotes
from eaa.queries.texts import searchable, short
from sessions_app.errors import Refused
from sessions_app.forms.contributions import whole
from sessions_app.models import Workshop

PARTS = {"heading": _("Heading"), "text": _("Text")}
PRESSES = ("add", "remove", "up", "down", "find")


@dataclass
class Offer:
    """Something that a clause can rest on: `token` is c:<contribution> or r:<record>, `quote` the part of it."""

    token: str
    words: str
    who: str = ""
    language: str = ""
    quote: str = ""
    is_chosen: bool = False

    @property
    def id(self) -> str:
        return self.token[2:]

    @property
    def is_words(self) -> bool:
        return self.token.startswith("c:")

    @property
    def rests(self) -> Rests:
        value = self.token[2:]
        return Rests(uuid.UUID(value), self.quote) if self.is_words else Rests(record=int(value))


@dataclass
class Kept:
    """What the clause rests on already."""

    pk: int
    quote: Quote
    is_chosen: bool


@dataclass
class Row:
    """One clause on the page. `focus` says which of its controls the page begins at."""

    heading: str = ""
    text: str = ""
    key: int | None = None
    kept: list[Kept] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    find: str = ""
    searched: bool = False
    focus: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        return not self.heading.strip() and not self.text.strip()

    @property
    def rests_on_something(self) -> bool:
        return bool(self.kept or self.offers)

    @property
    def wording(self) -> Wording:
        chosen = [offer.rests for offer in self.offers if offer.is_chosen]
        keep = frozenset(one.pk for one in self.kept if one.is_chosen)
        return Wording(self.text, self.heading, self.key, tuple(chosen), keep)


class ClausesForm:
    """The clauses of VERSION, or what was typed in their place. `errors` are (address, name, sentence)."""

    def __init__(self, workshop: Workshop, version: AgreementVersion, data: QueryDict | None = None) -> None:
        self.workshop, self.data = workshop, data
        self.errors: list[tuple[str, str, str]] = []
        self.press, self.pressed = _press_of(data)
        self._known = rests_on_now(version)
        evidence = [row for rows in self._known.values() for row in rows if row.record is None or is_shown(row)]
        self._quotes = quotes(evidence)
        self.rows = [self._kept_row(one.heading, one.text, one.key) for one in version.clauses.all()]
        if data is not None:
            self.rows = [self._sent_row(number) for number in range(_count(data))]
            self._do()
        if not self.rows:
            self.rows = [Row()]

    @property
    def is_saved(self) -> bool:
        """Whether it was sent to be saved, rather than to get another field."""
        return self.data is not None and not self.press

    @property
    def can_add(self) -> bool:
        return len(self.rows) < AT_MOST

    def wordings(self) -> list[Wording]:
        """What stands in the fields; a clause in which nothing stands is none."""
        return [row.wording for row in self.rows if not row.is_blank]

    def suggest(self, key: int | None, text: str, contribution: uuid.UUID | None) -> None:
        """Put the words of a suggestion into the field of its clause, or into a new one."""
        row = next((row for row in self.rows if key is not None and row.key == key), None)
        if row is None:
            row = next((row for row in self.rows if row.is_blank), None) or Row()
            if row not in self.rows:
                self.rows.append(row)
        row.text, row.focus = text, "text"
        if contribution is not None:
            for one in words_by_id(self.workshop, [contribution]).values():
                row.offers.append(_words_offer(one, chosen=True))

    def add_error(self, trouble: Refused) -> bool:
        """Show TROUBLE at the field it is about. Returns whether it is about a clause."""
        parts = (trouble.field or "").split("-")
        shown = [row for row in self.rows if not row.is_blank]
        if parts[0] != "clause" or len(parts) != 3 or int(parts[1]) >= len(shown):
            return False
        row = shown[int(parts[1])]
        row.errors[parts[2]] = str(trouble.message)
        self.errors.append((f"#clause-{self.rows.index(row)}-{parts[2]}", str(PARTS[parts[2]]), str(trouble.message)))
        return True

    def _kept_row(self, heading: str, text: str, key: int | None) -> Row:
        kept = [
            Kept(row.pk, self._quotes[row.pk], is_chosen=True) for row in self._evidence(key) if row.pk in self._quotes
        ]
        return Row(heading, text, key, kept)

    def _evidence(self, key: int | None) -> list[Evidence]:
        return self._known.get(key, []) if key is not None else []

    def _sent_row(self, number: int) -> Row:
        """What was sent of one clause. Evidence that the writer has not seen yet stays chosen."""
        data = self._sent
        place = f"clause-{number}"
        key = whole(data.get(f"{place}-key", ""), 4)
        row = self._kept_row(data.get(f"{place}-heading", ""), data.get(f"{place}-text", ""), key)
        seen, chosen = set(data.getlist(f"{place}-seen")), set(data.getlist(f"{place}-keep"))
        for one in row.kept:
            one.is_chosen = str(one.pk) in chosen or str(one.pk) not in seen
        row.find = searchable(data.get(f"{place}-find", ""))
        row.offers = self._offers(data.getlist(f"{place}-rests"), place)
        return row

    @property
    def _sent(self) -> QueryDict:
        return self.data if self.data is not None else QueryDict()

    def _offers(self, tokens: list[str], place: str) -> list[Offer]:
        """What was ticked. What can't be quoted any more is told of when it is saved, since it stays ticked."""
        ids = [pk for token in tokens if (pk := _uuid(token)) is not None]
        numbers = [number for token in tokens if (number := _record(token)) is not None]
        said, found = words_by_id(self.workshop, ids), []
        for pk in ids:
            quote = self._sent.get(f"{place}-quote-{pk}", "")
            one = said.get(pk)
            found.append(
                _words_offer(one, chosen=True, quote=quote) if one else Offer(f"c:{pk}", quote, is_chosen=True)
            )
        records = records_of(self.workshop, ids=numbers)
        return found + [Offer(f"r:{one.pk}", _title(one), is_chosen=True) for one in records]

    def _do(self) -> None:
        """What a button other than the one for saving does to the fields."""
        rows, at = self.rows, self.pressed
        if self.press == "add" and self.can_add:
            rows.append(Row(focus="heading"))
        elif self.press == "find":
            for row in rows:
                self._find(row)
        elif at is None or at >= len(rows):
            return
        elif self.press == "remove":
            del rows[at]
            if rows:
                rows[min(at, len(rows) - 1)].focus = "heading"
        elif self.press in {"up", "down"}:
            other = at + (1 if self.press == "down" else -1)
            if 0 <= other < len(rows):
                rows[at], rows[other] = rows[other], rows[at]
            rows[max(0, min(other, len(rows) - 1))].focus = self.press

    def _find(self, row: Row) -> None:
        if not row.find:
            return
        row.searched, row.focus = True, "find"
        there = {offer.token for offer in row.offers} | {_token(one) for one in row.kept}
        found = [_words_offer(one) for one in words_with(self.workshop, row.find)]
        found += [Offer(f"r:{one.pk}", _title(one)) for one in records_of(self.workshop, row.find)]
        row.offers += [offer for offer in found if offer.token not in there]


def _press_of(data: Mapping[str, Any] | None) -> tuple[str, int | None]:
    """The button that was pressed, such as ("up", 2)."""
    name, _dash, number = str(data.get("press", "")).partition("-") if data is not None else ("", "", "")
    return (name, whole(number, 3)) if name in PRESSES else ("", None)


def _count(data: QueryDict) -> int:
    return min(whole(data.get("clauses", "0"), 3) or 0, AT_MOST + 1)


def _uuid(token: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(token[2:]) if token.startswith("c:") else None
    except ValueError:
        return None


def _record(token: str) -> int | None:
    return whole(token[2:], 18) if token.startswith("r:") else None


def _token(kept: Kept) -> str:
    row = kept.quote.evidence
    return f"c:{row.contribution_id}" if row.contribution_id is not None else f"r:{row.record_id}"


def _words_offer(said: Any, *, chosen: bool = False, quote: str = "") -> Offer:
    words = said.contribution.body
    return Offer(f"c:{said.contribution.pk}", short(words), said.who, said.contribution.language, quote, chosen)


def _title(record: Any) -> str:
    return record.title or short(record.newest_text or "") or label_of(record)
