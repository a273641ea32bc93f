"""Lines that a program broke, put together again as they were written."""

import re
from itertools import pairwise

NARROWEST, WIDEST = 60, 80  # where programs break lines
LISTED = re.compile(r"\s*([-*•–]|\d{1,2}[.)])\s")
QUOTED = re.compile(r"^((?:>\s?)*)(.*)$", re.S)


def unflowed(text: str, *, delsp: bool = False) -> str:
    """TEXT in the form `format=flowed` (RFC 3676): a space at the end of a line says that it goes on."""
    done: list[str] = []
    open_depth = -1
    for line in text.replace("\r\n", "\n").split("\n"):
        body = line.lstrip(">")
        depth = len(line) - len(body)
        body = body.removeprefix(" ")
        goes_on = body.endswith(" ") and body != "-- "
        words = body[:-1] if goes_on and delsp else body
        if depth == open_depth and body != "-- ":
            done[-1] += words
        else:
            done.append(f"{'>' * depth} {words}" if depth else words)
        open_depth = depth if goes_on else -1
    return "\n".join(done)


def unwrapped(text: str) -> str:
    """TEXT without the breaks that a mail program put at the end of long lines."""
    lines = text.split("\n")
    width = max((len(line) for line in lines), default=0)
    if not NARROWEST <= width <= WIDEST:
        return text
    done = [lines[0]]
    for before, line in pairwise(lines):
        first = line.split(" ", 1)[0]
        is_full = len(before) >= NARROWEST - 10 and len(before) + 1 + len(first) > width
        if is_full and line.strip() and not LISTED.match(line):
            done[-1] = f"{done[-1]} {line.strip()}"
        else:
            done.append(line)
    return "\n".join(done)
