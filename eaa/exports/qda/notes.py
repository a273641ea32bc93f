"""What the group made of its words, as notes: the newest version of each record that is in the export."""

from eaa.exports.qda.markup import Markup
from eaa.exports.qda.study import Study
from sessions_app.exports.reading import Row, rows_of


def write_notes(out: Markup, study: Study) -> None:
    with out.listed("Notes"):
        for row in rows_of(study.folder, "records"):
            if row["is_newest"] == "true" and row["text"]:
                _note(out, study, row)


def _note(out: Markup, study: Study, row: Row) -> None:
    """Every note says when it was made: a program was seen to break at one that does not."""
    guid = study.guids.of("note", row["record_id"])
    title = f"{row['title']}\n\n" if row["title"] else ""
    (study.sources / f"{guid}.txt").write_text(f"{title}{row['text']}\n", encoding="utf-8", newline="")
    given = {"guid": guid, "name": f"{row['record_id']} {row['mechanism']}", "plainTextPath": f"internal://{guid}.txt"}
    out.put("Note", **given, creatingUser=study.guids.user(row["written_by"]), creationDateTime=study.when(row["at"]))
