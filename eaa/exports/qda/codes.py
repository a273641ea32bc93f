"""The tree of codes: folders that nothing is coded with, and in them the codes. No deeper, since some programs are not.

No name is there twice, in whatever letters: programs take two codes of one name for one and lose what lies under it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from eaa.exports.qda.guids import Guids
from eaa.exports.qda.markup import Markup
from eaa.stages import CMO, DEFINITIONS, MECHANISMS, STAGES
from sessions_app.exports.reading import Row

SOURCE = "Masterson et al. 2024, doi 10.1186/s40900-024-00638-3."
COLOURS = {"pine": "#1E5B57", "clay": "#A8431F", "sky": "#2B5C9E", "leaf": "#3C6B2A", "plum": "#76356B"}
CHANNEL = {
    "mode:sync": ("Mode: sync", "Said while the meeting was on."),
    "mode:async": ("Mode: async", "Said between the meetings, or when the step was not open in a meeting."),
    "modality:physical": ("Modality: physical", "Said in the hall."),
    "modality:digital": ("Modality: digital", "Said from elsewhere: online, by phone, or afterwards."),
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A code. `key` tells it apart; its guid follows from that."""

    key: str
    name: str
    about: str = ""
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Folder:
    name: str
    about: str
    leaves: tuple[Leaf, ...]


def key_of(code: Row) -> str:
    """The framework's own codes are known by their words, so that they are the same before a codebook was begun."""
    return f"{code['scheme']}:{code['key']}" if code["key"] else code["code_id"]


def tree_of(codes: list[Row], people: list[Row], agreements: list[Row]) -> tuple[Folder, ...]:
    """Every folder with a code in it, those first that people code with. Codes that were merged stand as one."""
    folders = [*_of_people(codes), *_of_the_tool(people, agreements)]
    return tuple(_named_once([folder for folder in folders if folder.leaves]))


def _of_people(codes: list[Row]) -> Iterator[Folder]:
    """The codebook. What of the framework nobody has put into it yet is offered as it would be put in."""
    standing = [code for code in codes if code["counts_for"] == code["code_id"]]
    begun = any(code["key"] for code in codes)
    eaa = [Leaf(f"eaa:{tag.key}", f"EAA: {tag.key}", DEFINITIONS[tag.key]) for tag in MECHANISMS]
    cmo = [Leaf(f"cmo:{key}", f"CMO: {name}", DEFINITIONS[key]) for key, name in CMO.items()]
    yield Folder("EAA mechanisms", SOURCE, _leaves(standing, "eaa") if begun else tuple(eaa))
    yield Folder("CMO", "Context, mechanism, outcome.", _leaves(standing, "cmo") if begun else tuple(cmo))
    yield Folder("Codes of the study", "Made by those who study the workshop.", _leaves(standing, "own"))


def _leaves(codes: list[Row], scheme: str) -> tuple[Leaf, ...]:
    return tuple(
        Leaf(key_of(code), code["name"] or f"Without a name {code['code_id']}", code["description"], code["colour"])
        for code in codes
        if code["scheme"] == scheme
    )


def _of_the_tool(people: list[Row], agreements: list[Row]) -> Iterator[Folder]:
    """What is known without a judgement, and coded by the automatic user."""
    phases = (Leaf(f"phase:{tag.key}", f"Phase: {tag.key}", str(tag.plain)) for tag in STAGES)
    planned = (Leaf(f"planned:{tag.key}", f"Planned: {tag.key}", DEFINITIONS[tag.key]) for tag in MECHANISMS)
    speakers = (Leaf(f"speaker:{row['participant_id']}", f"Speaker: {row['participant_id']}") for row in people)
    taken_up = [(row["agreement_id"], row["title"]) for row in agreements]
    yield Folder("EAA phases", f"What the step was planned for. {SOURCE}", tuple(phases))
    yield Folder("Planned mechanisms", "What the step was planned for; nobody judged the words.", tuple(planned))
    yield Folder("Speakers", "Whose words.", tuple(speakers))
    yield Folder("Channel", "How the words came.", tuple(Leaf(key, *told) for key, told in CHANNEL.items()))
    yield Folder(
        *("Uptake", "Words that the newest text of an agreement rests on."),
        tuple(Leaf(f"uptake:{one}", f"Taken up: {one}", title) for one, title in taken_up),
    )
    yield Folder(
        *("Agreements", "Clauses of the newest text of an agreement."),
        tuple(Leaf(f"agreement:{one}", f"Agreement: {one}", title) for one, title in taken_up),
    )


def _named_once(folders: list[Folder]) -> Iterator[Folder]:
    taken = {folder.name.casefold() for folder in folders}
    for folder in folders:
        leaves = tuple(
            Leaf(leaf.key, _free(leaf.name, taken), leaf.about, COLOURS.get(leaf.colour, "")) for leaf in folder.leaves
        )
        yield Folder(folder.name, folder.about, leaves)


def _free(name: str, taken: set[str]) -> str:
    """NAME, or with a number behind it when another has it. It is taken from now on."""
    free, number = name, 1
    while free.casefold() in taken:
        number += 1
        free = f"{name} ({number})"
    taken.add(free.casefold())
    return free


def write_codes(out: Markup, guids: Guids, folders: Iterable[Folder]) -> None:
    """The same in a project and in a codebook."""
    with out.inside("Codes"):
        for folder in folders:
            with out.inside("Code", guid=guids.of("folder", folder.name), name=folder.name, isCodable="false"):
                out.told("Description", folder.about)
                for leaf in folder.leaves:
                    _write_leaf(out, guids, leaf)


def _write_leaf(out: Markup, guids: Guids, leaf: Leaf) -> None:
    with out.inside("Code", guid=guids.code(leaf.key), name=leaf.name, isCodable="true", color=leaf.colour):
        out.told("Description", leaf.about)
