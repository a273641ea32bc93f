"""Takes away what stands below somebody's words: name, telephone, greetings, and what their telephone adds.

A lost word is worse than a name too many: what may be words of theirs stays.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto

PROGRAMS_DASHES = "-- "  # with its blank no person types it (RFC 3676)
DASHES = re.compile(r"^\s*(--|—|__+)\s*$")
BRANDS = (
    r"(iphone|ipad|ipod|galaxy|samsung|huawei|xperia|android|nokia|oneplus|xiaomi|motorola|fairphone|blackberry|outlook"
    r"|yahoo|gmail|aol|proton|k-9|(mail|e-?post) (for|för) windows)"
)
THINGS = r"(phone|mobile|smartphone|tablet|telefon|mobil|mobiltelefon|surfplatta|platta)"
SENT_FROM = re.compile(
    rf"^((sent|skickat|skickades) (from|with|via|using|från|med) \[?"
    rf"((my|min|mitt) (\w+ ){{0,2}}({BRANDS}|{THINGS})|(\w+ )?{BRANDS}|mobilen$)\b.{{0,90}}"
    r"|(get|hämta|skaffa) outlook (for|för) .{0,60}|(أرسلت?|أُرسلت?|تم الإرسال) من .{0,60})$",
    re.I,
)
FRIENDLY = frozenset(
    {"thanks", "many thanks", "thank you", "tack", "tack så mycket", "tack på förhand", "شكرا"}
    | {"cheers", "best", "yours", "allt gott"}
)
FORMAL = frozenset(
    {"best regards", "kind regards", "with kind regards", "warm regards", "regards", "best wishes", "all the best"}
    | {"sincerely", "yours sincerely", "br", "med vänlig hälsning", "med vänliga hälsningar", "vänlig hälsning"}
    | {"vänliga hälsningar", "hälsningar", "bästa hälsningar", "varma hälsningar", "många hälsningar", "hälsn"}
    | {"med bästa hälsningar", "mvh", "m v h", "vänligen", "مع تحياتي", "تحياتي", "مع أطيب التحيات"}
)
CARD_LINES, CARD_WIDTH = 9, 70  # a card of name, office and telephone is not longer
SENTENCE = re.compile(r"\w{2,}[.!?؟…]$")
FINISHED = re.compile(r"[.!)…\"”]$")
POSTSCRIPT = re.compile(r"p[. ]{0,2}s\b|ملاحظة", re.I)
PHONE = r"(?<!\d)(?![\d/-]*\b(?:19|20)\d\d\b)(?:\+|\(?0)\d(?:[ ()/-]{0,2}\d){5,}"  # and not a day: 03-05-2026
CONTACT = re.compile(rf"\S*@\S+|\bwww\.\S+|https?:\S+|{PHONE}")
SIGNS = " /–—-~*_.,!"


class Closing(Enum):
    """How a letter ends: with its writer's name in the line, with a formal or a friendly phrase, or with a dash."""

    NAMED = auto()
    FORMAL = auto()
    FRIENDLY = auto()
    DASHES = auto()


def unsigned(parts: Sequence[str], names: Sequence[str] = ()) -> str:
    """The PARTS that somebody wrote, put together without their signatures. NAMES are what the writer is called."""
    known = {word.strip(SIGNS) for name in names for word in name.casefold().split()}
    plain = [_without_programs(part) for part in parts]
    bare = [_without_greeting(part, known) for part in plain]
    kept = bare if any(part.strip() for part in bare) else plain
    return "\n\n".join(part.strip() for part in kept if part.strip())


def _without_programs(part: str) -> str:
    """PART without what programs put below it by themselves."""
    lines = part.split("\n")
    if PROGRAMS_DASHES in lines:
        lines = lines[: lines.index(PROGRAMS_DASHES)]
    while lines and (not lines[-1].strip() or SENT_FROM.match(lines[-1].strip())):
        lines = lines[:-1]
    return "\n".join(lines)


def _without_greeting(part: str, known: set[str]) -> str:
    lines = part.rstrip().split("\n")
    for number, line in enumerate(lines):
        closing, below = _closing(line, known), lines[number + 1 :]
        if closing is not None and (size := _card(below, known, closing)) is not None:
            return "\n".join([*lines[:number], *below[size:]])
    return "\n".join(lines[:-1]) if _is_signed(lines, known) else part


def _closing(line: str, known: set[str]) -> Closing | None:
    if DASHES.match(line):
        return Closing.DASHES
    phrase = _phrase(line)
    if phrase in FORMAL or phrase in FRIENDLY:
        return Closing.FORMAL if phrase in FORMAL else Closing.FRIENDLY
    for name in _names_after_a_greeting(line.strip().strip("*/")):
        if _is_name(name, known) or (phrase.startswith(tuple(FORMAL)) and _looks_like_a_name(name)):
            return Closing.NAMED
    return None


def _names_after_a_greeting(line: str) -> Iterator[str]:
    """What stands in the same LINE after "Mvh" or "Best regards,"."""
    for greeting in FORMAL | FRIENDLY:
        if line.casefold().startswith((f"{greeting} ", f"{greeting},")):
            yield line[len(greeting) :]


def _phrase(line: str) -> str:
    return line.strip().strip("*/").casefold().rstrip(" ,.!:")


def _card(lines: list[str], known: set[str], closing: Closing) -> int | None:
    """How many of LINES are a name, an office, a telephone; None when they may say something."""
    end = next((number for number, line in enumerate(lines) if _says_something(line.strip())), len(lines))
    shown = [number for number in range(end) if lines[number].strip()]
    if not shown:
        is_sure = closing is Closing.NAMED if end < len(lines) else closing is not Closing.FRIENDLY
        return end if is_sure else None
    first = lines[shown[0]]
    is_named = _is_name(first, known) or (closing is Closing.FORMAL and _looks_like_a_name(first))
    contacts = [number for number in shown if _is_contact(lines[number])]
    if len(shown) > CARD_LINES or not (is_named or (contacts and closing is not Closing.FRIENDLY)):
        return None
    names = [number for number in shown if number == shown[0] or _is_name(lines[number], known)] if is_named else []
    last = max(*contacts, *names, shown[0])
    after = next((number for number in shown if number > last), None)
    has_office = after is not None and len(lines[after].split()) == 1  # "Coordinator", below the name
    return (after if after is not None and has_office else last) + 1


def _says_something(line: str) -> bool:
    return bool(SENTENCE.search(line) or POSTSCRIPT.match(line)) or len(line) > CARD_WIDTH


def _is_contact(line: str) -> bool:
    """Whether LINE is an address or a number, with a word or two that say which."""
    rest, found = CONTACT.subn(" ", line)
    return bool(found) and len(re.findall(r"[^\W\d_]{2,}", rest)) <= 2


def _is_name(line: str, known: set[str]) -> bool:
    words = [word.strip(SIGNS) for word in line.casefold().split()]
    words = [word for word in words if word]
    return any(word in known for word in words) and all(word in known or len(word) == 1 for word in words)


def _looks_like_a_name(line: str) -> bool:
    words = line.strip(SIGNS).split()
    return 1 <= len(words) <= 3 and all(word[0].isupper() and word.strip(SIGNS).isalpha() for word in words)


def _is_signed(lines: list[str], known: set[str]) -> bool:
    """Whether the last of LINES is the writer's name, and not the end of what they say: "I would ask\nBen"."""
    before = next((line.strip() for line in reversed(lines[:-1]) if line.strip()), "")
    if not before or not _is_name(lines[-1], known):
        return False
    return lines[-1].strip()[:1] in "/–—-~*" or bool(FINISHED.search(before))
