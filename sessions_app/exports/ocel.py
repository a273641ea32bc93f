"""The log once more as OCEL 2.0 JSON, for programs that study processes. Written line by line."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from sessions_app.exports.reading import Row, rows_of
from sessions_app.exports.writing import Member, member

FILE = "events/ocel2.json"
# Table and its key -> what it is called as a type of objects, and which columns are its attributes.
OBJECTS = (
    ("people", "participant_id", "participant", ("role", "place")),
    ("sessions", "session_id", "session", ("time", "space", "state")),
    ("activities", "activity_id", "activity", ("kind", "identity")),
    ("dialogues", "dialogue_id", "dialogue", ("kind",)),
    ("contributions", "contribution_id", "contribution", ("status", "via", "place")),
)
LINKS = {
    "activity": (("session_id", "part of"),),
    "dialogue": (("activity_id", "part of"),),
    "contribution": (("dialogue_id", "part of"), ("reply_to", "replies to"), ("carried_from", "copy of")),
}
CONCERNS = (
    ("actor_id", "actor"),
    ("participant_id", "about"),
    ("session_id", "session"),
    ("activity_id", "step"),
    ("dialogue_id", "where"),
    ("contribution_id", "words"),
)
EVENT_ATTRIBUTES = ("via", "place")
THEN = "1970-01-01T00:00:00.000Z"  # attributes of things have held from the beginning


def write_ocel(folder: Path) -> Member:
    place = folder / FILE
    place.parent.mkdir(exist_ok=True)
    verbs = sorted({row["verb"] for row in rows_of(folder, "events")})
    with place.open("w", encoding="utf-8", newline="") as file:
        file.write('{"objectTypes": ')
        _dump(file, [_type(kind, names) for _table, _key, kind, names in OBJECTS])
        file.write(',\n"eventTypes": ')
        _dump(file, [_type(verb, EVENT_ATTRIBUTES) for verb in verbs])
        file.write(',\n"objects": ')
        _list(file, _objects(folder))
        file.write(',\n"events": ')
        _list(file, map(_event, rows_of(folder, "events")))
        file.write("}\n")
    return member(folder, FILE)


def _type(name: str, attributes: Iterable[str]) -> dict[str, Any]:
    return {"name": name, "attributes": [{"name": one, "type": "string"} for one in attributes]}


def _objects(folder: Path) -> Iterator[dict[str, Any]]:
    for table, key, kind, names in OBJECTS:
        for row in rows_of(folder, table):
            yield {
                "id": row[key],
                "type": kind,
                "attributes": [{"name": name, "time": THEN, "value": row[name]} for name in names if row[name]],
                "relationships": _related(row, LINKS.get(kind, ())),
            }


def _event(row: Row) -> dict[str, Any]:
    return {
        "id": row["event_id"],
        "type": row["verb"],
        "time": row["time"],
        "attributes": [{"name": name, "value": row[name]} for name in EVENT_ATTRIBUTES if row[name]],
        "relationships": _related(row, CONCERNS),
    }


def _related(row: Row, links: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"objectId": row[column], "qualifier": name} for column, name in links if row[column]]


def _list(file: TextIO, items: Iterable[dict[str, Any]]) -> None:
    file.write("[")
    for number, item in enumerate(items):
        file.write(",\n" if number else "\n")
        _dump(file, item)
    file.write("]")


def _dump(file: TextIO, value: Any) -> None:
    file.write(json.dumps(value, ensure_ascii=False, sort_keys=True))
