"""What belongs together: words that answer others, clauses that take words up, texts of one meeting."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from eaa.exports.qda.markup import Markup
from eaa.exports.qda.sources import AGREEMENTS
from eaa.exports.qda.study import Study
from sessions_app.exports.reading import rows_of

BETWEEN = "Texts between the meetings"


def write_links(out: Markup, study: Study) -> None:
    with out.listed("Links"):
        for name, origin, target in _pairs(study):
            guid = study.guids.of("link", f"{name}/{origin}/{target}")
            ends = {"originGUID": study.guids.words(origin), "targetGUID": study.guids.words(target)}
            out.put("Link", guid=guid, name=name, direction="OneWay", **ends)


def _pairs(study: Study) -> Iterator[tuple[str, str, str]]:
    for row in rows_of(study.folder, "contributions"):
        card = row["contribution_id"]
        if row["reply_to"]:
            yield "replies to", card, row["reply_to"]
        if row["carried_from"]:
            yield "copy of", card, row["carried_from"]
        yield from (("builds on", card, other) for other in row["builds_on"].split())
    for card, rows in study.rests.items():
        yield from (("takes up", clause, card) for clause in sorted({row["clause_id"] for row in rows}))


def write_sets(out: Markup, study: Study, sources: Iterable[tuple[str, str]]) -> None:
    """Their names are those of no variable: some programs would drop the set."""
    by_meeting: dict[str, list[str]] = defaultdict(list)
    for guid, name in sources:
        if name != AGREEMENTS:
            meeting = name.partition("-")[0]
            by_meeting[BETWEEN if meeting == "T" else f"Texts of meeting {meeting}"].append(guid)
    with out.listed("Sets"):
        for name, guids in by_meeting.items():
            with out.inside("Set", guid=study.guids.of("set", name), name=name):
                for guid in guids:
                    out.put("MemberSource", targetGUID=guid)
