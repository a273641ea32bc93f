"""What every part of a project is given: the tables that are short, read once, and what was counted on the way."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eaa.exports.qda.codes import Folder, key_of, tree_of
from eaa.exports.qda.guids import Guids
from sessions_app.exports.reading import Row, rows_of
from sessions_app.exports.writing import cell

PLACE = "qda"


@dataclass(slots=True)
class Study:
    """`home` is the code that each code of the tables counts for; `rests` the agreements that words were taken up in.

    `agreements` has the newest text of each.
    """

    folder: Path
    guids: Guids
    title: str
    made_from: str
    as_of: str
    people: list[Row]
    agreements: list[Row]
    folders: tuple[Folder, ...]
    home: dict[str, str]
    rests: dict[str, list[Row]]
    turns: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    counted: Counter[str] = field(default_factory=Counter)

    @property
    def sources(self) -> Path:
        return self.folder / PLACE / "sources"

    def when(self, value: str) -> str:
        """VALUE of a table as the standard writes a moment: whole seconds. When it is empty, that of the data."""
        return f"{(value or self.as_of)[:19]}Z"


def study_of(folder: Path, about: Any) -> Study:
    scope = about.scope
    codes, people = list(rows_of(folder, "codes")), list(rows_of(folder, "people"))
    agreements = [row for row in rows_of(folder, "agreements") if row["is_newest"] == "true"]
    keys = {code["code_id"]: key_of(code) for code in codes}
    study = Study(
        folder=folder,
        guids=Guids(scope.ids.study),
        title=scope.redactor.redact(scope.workshop.title)[0],
        made_from=f"study {scope.ids.study}, log to line {about.head_seq}",
        as_of=cell(about.as_of),
        people=people,
        agreements=agreements,
        folders=tree_of(codes, people, agreements),
        home={code["code_id"]: keys[code["counts_for"]] for code in codes},
        rests=_rests(folder, agreements),
    )
    for row in rows_of(folder, "contributions"):
        if row["participant_id"]:
            study.turns[row["participant_id"]].append(row["contribution_id"])
    return study


def _rests(folder: Path, agreements: list[Row]) -> dict[str, list[Row]]:
    """Words -> the rows of evidence by which a clause that stands now rests on them, each with its `agreement_id`."""
    texts = {row["agreement_version_id"]: row["agreement_id"] for row in agreements}
    clauses = {row["clause_id"]: texts.get(row["agreement_version_id"], "") for row in rows_of(folder, "clauses")}
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows_of(folder, "evidence"):
        if row["contribution_id"] and (agreement := clauses.get(row["clause_id"], "")):
            found[row["contribution_id"]].append({**row, "agreement_id": agreement})
    return found
