"""What is known of people and of texts: variables, and the values that they have. The two never share one."""

from collections.abc import Iterable
from dataclasses import dataclass

from eaa.exports.qda.guids import Guids
from eaa.exports.qda.markup import Markup
from sessions_app.exports.reading import Row, Talk


@dataclass(frozen=True, slots=True)
class Variable:
    """`column` is where its value stands in the table."""

    name: str
    type: str
    column: str
    means: str


OF_PEOPLE = (
    Variable("p role", "Text", "role", "The role in the workshop."),
    Variable("p place", "Text", "place", "Where they usually take part."),
    Variable("p sessions present", "Integer", "n_sessions", "How many meetings they came to."),
    Variable("p contributions", "Integer", "n_contributions", "How often they said something; copies are not counted."),
    Variable("p words", "Integer", "n_words", "Words in those."),
    Variable("p ever spoke", "Boolean", "ever_spoke", "Whether there is any."),
    Variable("p may be quoted", "Boolean", "consent_quote", "If not, do not quote their words in print."),
)
OF_TEXTS = (
    Variable("s session", "Integer", "session_no", "The number of the meeting; none between the meetings."),
    Variable("s kind", "Text", "kind", "For everybody in a meeting (plenary), between meetings (thread), or a group."),
    Variable("s group", "Integer", "group_no", "The number of the small group."),
    Variable("s mode", "Text", "time", "Column of the 3 × 3 grid: same, blended or different time."),
    Variable("s modality", "Text", "space", "Row of the 3 × 3 grid: same, blended or distributed space."),
    Variable("s way of working", "Text", "way", "The kind of step."),
    Variable("s stages", "Text", "stages", "What the step was planned for, with spaces between."),
    Variable("s opened at", "DateTime", "opened_at", "When the step opened."),
)


def of_text(talk: Talk) -> Row:
    """The columns of OF_TEXTS for one dialogue."""
    where = {name: talk.session.get(name, "") for name in ("session_no", "time", "space")}
    step = {"way": talk.step["kind"], "stages": talk.step["stages"], "opened_at": talk.step["opened_at"]}
    return {**where, **step, "kind": talk.dialogue["kind"], "group_no": talk.dialogue["group_no"]}


def write_variables(out: Markup, guids: Guids) -> None:
    with out.inside("Variables"):
        for one in (*OF_PEOPLE, *OF_TEXTS):
            guid = guids.of("variable", one.name)
            with out.inside("Variable", guid=guid, name=one.name, typeOfVariable=one.type):
                out.put("Description", one.means)


def write_values(out: Markup, guids: Guids, variables: Iterable[Variable], row: Row) -> None:
    """Those of VARIABLES for which there is something in ROW."""
    for one in variables:
        value = row[one.column]
        if not value:
            continue
        with out.inside("VariableValue"):
            out.put("VariableRef", targetGUID=guids.of("variable", one.name))
            out.put(f"{one.type}Value", f"{value[:19]}Z" if one.type == "DateTime" else value)
