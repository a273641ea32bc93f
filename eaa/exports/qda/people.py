"""Who coded, and the people of the workshop as cases: also those who never spoke."""

from eaa.exports.qda.markup import Markup
from eaa.exports.qda.study import Study
from eaa.exports.qda.variables import OF_PEOPLE, write_values
from sessions_app.exports.reading import rows_of


def write_users(out: Markup, study: Study) -> None:
    """The automatic one first, then those who coded or wrote notes."""
    found = {row["coder_id"] for row in rows_of(study.folder, "codings")}
    found |= {row["written_by"] for row in rows_of(study.folder, "records")}
    with out.inside("Users"):
        out.put("User", guid=study.guids.automatic, name="automatic")
        for person in sorted(found - {""}):
            out.put("User", guid=study.guids.user(person), name=person)


def write_cases(out: Markup, study: Study) -> None:
    with out.listed("Cases"):
        for row in study.people:
            person = row["participant_id"]
            with out.inside("Case", guid=study.guids.of("case", person), name=person):
                write_values(out, study.guids, OF_PEOPLE, row)
                for card in study.turns.get(person, ()):
                    out.put("SelectionRef", targetGUID=study.guids.words(card))
