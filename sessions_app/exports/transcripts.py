"""Each dialogue as a text that programs for interviews read, and each that was live as subtitles (WebVTT)."""

from collections.abc import Iterator
from pathlib import Path

from sessions_app.exports.reading import Row, Talk, talks
from sessions_app.exports.writing import Member, member

FOLDER = "transcripts"
HEADING = 63  # signs within which a colon would make the first line a speaker's
SHORTEST, LONGEST = 1.0, 7.0  # seconds that a subtitle stays
NOBODY = "Somebody"


def write_transcripts(folder: Path) -> Iterator[Member]:
    """Named after the dialogue."""
    (folder / FOLDER).mkdir(exist_ok=True)
    for talk in talks(folder):
        said = list(talk.said)
        yield _text(folder, f"{FOLDER}/{talk.name}.txt", heading_of(talk), said)
        if live := [row for row in said if row["t_s"]]:
            yield _subtitles(folder, f"{FOLDER}/{talk.name}.vtt", live)


def heading_of(talk: Talk) -> str:
    """A first line that no program takes for somebody's turn."""
    return one_line(f"{talk.name} {talk.title}".replace(":", " "))[: HEADING - 1]


def one_line(text: str) -> str:
    return " ".join(text.split())


def who(row: Row) -> str:
    return row["participant_id"] or NOBODY


def _said(row: Row) -> str:
    return one_line(row["text"]) if row["status"] == "active" else f"[{row['status']}]"


def _text(folder: Path, name: str, heading: str, said: list[Row]) -> Member:
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        file.write(f"{heading}\n")
        file.writelines(f"{who(row)}: {_said(row)}\n" for row in said)
    return member(folder, name)


def _subtitles(folder: Path, name: str, said: list[Row]) -> Member:
    starts = sorted((max(0.0, float(row["t_s"])), place) for place, row in enumerate(said))
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        file.write("WEBVTT\n")
        for number, (start, place) in enumerate(starts):
            following = starts[number + 1][0] if number + 1 < len(starts) else start + LONGEST
            end = start + min(LONGEST, max(SHORTEST, following - start))
            row = said[place]
            words = _said(row).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            file.write(f"\n{row['contribution_id']}\n{_clock(start)} --> {_clock(end)}\n<v {who(row)}>{words}\n")
    return member(folder, name)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
