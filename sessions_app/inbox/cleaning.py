"""What somebody wrote in a mail, exactly, and nothing of what others wrote."""

from collections.abc import Sequence

from sessions_app.inbox.lines import unwrapped
from sessions_app.inbox.message import Written
from sessions_app.inbox.quotes import own_parts
from sessions_app.inbox.signatures import unsigned


def cleaned(written: Written, names: Sequence[str] = ()) -> str:
    """The words of the one who wrote; NAMES are what they are called. Empty when there are none."""
    words = unsigned(own_parts(written.text), names)
    return _few_blanks(unwrapped(words) if written.is_wrapped else words)


def _few_blanks(text: str) -> str:
    lines: list[str] = []
    for line in text.split("\n"):
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines).strip()
