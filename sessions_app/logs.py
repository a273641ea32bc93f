"""Log lines as JSON: ids and names of faults. Never words, names, addresses, or the values of a query."""

import json
import logging
import re
import uuid
from datetime import UTC, datetime

from django.http import HttpRequest

STANDARD = frozenset(logging.LogRecord("", 0, "", 0, "", (), None).__dict__) | {"message", "asctime", "taskName"}
# PostgreSQL repeats the offending value in DETAIL; a path may end in a door code or a token.
_DETAIL = re.compile(r"(DETAIL|CONTEXT|LINE \d+):.*", re.DOTALL)
_CODES = re.compile(r"/(d|m|said|stop|address|calendar|claim|key|confirm-email)/[^/]*", re.IGNORECASE)
_QUERY = re.compile(r"\?\S+")
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


class JsonLines(logging.Formatter):
    """One JSON object a line: at, level, logger, message, and the numbers and short names given as extra."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, str | int | float] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self._message(record),
        }
        for name, value in record.__dict__.items():
            if name not in STANDARD and isinstance(value, int | float | str) and name != "request":
                line[name] = private(value) if isinstance(value, str) else value
        if record.exc_info and record.exc_info[0] is not None:
            line["fault"] = record.exc_info[0].__name__
            line["trace"] = private(self._frames(record))
        return json.dumps(line, ensure_ascii=False)

    def _message(self, record: logging.LogRecord) -> str:
        """What happened. Of a request only its method and route are told: all else in it was typed by somebody."""
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            return f"{request.method} {route(request)}"
        message = record.getMessage()
        if record.exc_info and (trouble := record.exc_info[1]) is not None:
            for said in (repr(trouble), str(trouble)):
                message = message.replace(said, type(trouble).__name__) if said else message
        return private(message)

    def _frames(self, record: logging.LogRecord) -> str:
        """Where it happened, without the values: file, line and function of each frame."""
        assert record.exc_info is not None  # noqa: S101  -- the caller looked
        frames, place = [], record.exc_info[2]
        while place is not None:
            code = place.tb_frame.f_code
            frames.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{place.tb_lineno}:{code.co_name}")
            place = place.tb_next
        return " > ".join(frames)


def route(request: HttpRequest) -> str:
    """The pattern that REQUEST's address fits, with the numbers of rows filled in: /w/<slug>/people/7/roles/."""
    found = request.resolver_match
    if found is None:
        return "(no address of ours)"
    known = {name: str(value) for name, value in found.kwargs.items() if isinstance(value, int | uuid.UUID)}
    return "/" + _PARAMETER.sub(lambda part: known.get(part[1], f"<{part[1]}>"), found.route)


def private(text: str) -> str:
    """TEXT without what could belong to a person."""
    return _QUERY.sub("?…", _CODES.sub(r"/\1/…", _DETAIL.sub(r"\1: …", text)))
