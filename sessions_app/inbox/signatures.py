"""Takes away what stands below somebody's words: name, telephone, greetings, and what their telephone adds."""

import re
from collections.abc import Sequence

DASHES = re.compile(r"^\s*(--|—|__+)\s*$")
SENT_FROM = re.compile(
    r"^(sent (from|with|via|using) \[?(my|mobile|outlook|mail|yahoo|samsung|gmail|aol|proton)\b.{0,90}"
    r"|get outlook for .{0,60}|skickades från .{0,60}|(hämta|skaffa) outlook för .{0,60}"
    r"|skickat (från|med|via) (min|mitt|mobilen|outlook|e-post|mail|yahoo|samsung|gmail|proton)\b.{0,90}"
    r"|(أرسلت?|أُرسلت?|تم الإرسال) من .{0,60})$",
    re.I,
)
CLOSINGS = (
    *("best regards", "kind regards", "with kind regards", "warm regards", "regards", "best wishes", "all the best"),
    *("sincerely", "yours sincerely", "yours", "cheers", "best", "many thanks", "thanks", "thank you", "br"),
    *("med vänlig hälsning", "med vänliga hälsningar", "vänlig hälsning", "vänliga hälsningar", "hälsningar"),
    *("bästa hälsningar", "varma hälsningar", "många hälsningar", "med bästa hälsningar", "mvh", "m v h", "vänligen"),
    *(
        "hälsn",
        "allt gott",
        "tack",
        "tack på förhand",
        "tack så mycket",
        "مع تحياتي",
        "تحياتي",
        "مع أطيب التحيات",
        "شكرا",
    ),
)
ALONE = frozenset(CLOSINGS) - {"thanks", "thank you", "tack", "best", "tack så mycket", "many thanks", "شكرا", "yours"}
SHORT = frozenset({"regards", "cheers", "allt gott"})  # words may follow that are no name
CARD_LINES, CARD_WIDTH = 9, 70  # a card of name, office and telephone is not longer
SENTENCE = re.compile(r"\w{2,}[.!?]$")
CONTACT = re.compile(r"@|www\.|https?:|\d{2}")


def unsigned(parts: Sequence[str], names: Sequence[str] = ()) -> str:
    """The PARTS that somebody wrote, put together without their signatures. NAMES are what the writer is called."""
    plain = [_without_dashes(part) for part in parts]
    bare = [_without_greeting(part, names) for part in plain]
    kept = bare if any(part.strip() for part in bare) else plain
    return "\n\n".join(part.strip() for part in kept if part.strip())


def _without_dashes(part: str) -> str:
    lines = part.split("\n")
    for number, line in enumerate(lines):
        if DASHES.match(line):
            lines = lines[:number]
            break
    return "\n".join(_without_sent_from(lines))


def _without_sent_from(lines: list[str]) -> list[str]:
    while lines and (not lines[-1].strip() or SENT_FROM.match(lines[-1].strip())):
        lines = lines[:-1]
    return lines


def _without_greeting(part: str, names: Sequence[str]) -> str:
    lines = part.rstrip().split("\n")
    known = {name.casefold() for name in names if name} | {name.split()[0].casefold() for name in names if name.split()}
    for number, line in enumerate(lines):
        below = [one.strip() for one in lines[number + 1 :] if one.strip()]
        if _closes(line, known, has_more=bool(below)) and _is_card(below):
            return "\n".join(lines[:number])
    if len(lines) > 1 and lines[-1].strip(" /–—-~*").casefold() in known:
        return "\n".join(lines[:-1])
    return part


def _closes(line: str, known: set[str], *, has_more: bool) -> bool:
    """Whether LINE is a greeting at the end of a letter, such as "Mvh" or "Best regards, Anna"."""
    words = line.strip().strip("*/").casefold()
    phrase = words.rstrip(" ,.!:")
    if phrase in ALONE or (phrase in CLOSINGS and has_more):
        return True
    for closing in CLOSINGS:
        if words.startswith(f"{closing} ") or words.startswith(f"{closing},"):
            rest = words[len(closing) :].strip(" ,.!/")
            return rest in known or (closing in ALONE - SHORT and len(rest.split()) <= 3)
    return False


def _is_card(lines: list[str]) -> bool:
    """Whether LINES may be a name, an office, a telephone; not whether they say anything."""
    if len(lines) > CARD_LINES:
        return False
    return all(len(line) <= CARD_WIDTH and (not SENTENCE.search(line) or CONTACT.search(line)) for line in lines)
