"""The document as Markdown, to be pasted anywhere. Whatever people wrote stands as they wrote it, never as markup."""

import re
from typing import Any

from eaa.documents.labels import labels

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
AT_THE_START = re.compile(r"^(\s*)([-+>]|\d+[.)]|=+|:)", re.MULTILINE)


def as_markdown(document: dict[str, Any]) -> str:
    """DOCUMENT (from document_of) as CommonMark with one table; ends with a line end."""
    say = labels()
    lines = [
        f"# {_safe(document['title'])}",
        "",
        f"{_safe(document['workshop']['title'])}. {say['version']} {document['version']}. {document['state_words']}.",
    ]
    lines += _since_when(document, say)
    for clause in document["clauses"]:
        lines += ["", f"## {clause['number']}. {_safe(clause['heading'])}".rstrip(), "", _block(clause["text"])]
        if clause["rests_on"]:
            lines += ["", f"{say['rests_on']}:", "", *map(_rest, clause["rests_on"])]
    if document["silence_means"]:
        lines += ["", f"**{say['silence']}:** {_safe(document['silence_means'])}"]
    if document["intention"]:
        lines += ["", f"## {say['intention']}", "", _block(document["intention"])]
        if document["serves"]:
            lines += ["", f"**{say['serves']}:** {_safe(document['serves'])}"]
    lines += ["", f"## {_safe(document['counts_words'])}"]
    for part in ("against", "talk_first", "earlier", "remarks"):
        if document[part]:
            lines += ["", f"### {say[part]}", *(line for voice in document[part] for line in _voice(voice, say))]
    if document["statements"]:
        lines += ["", f"### {say['statements']}"]
        for one in document["statements"]:
            lines += ["", _quoted(one["words"]), "", f"{_safe(', '.join(one['who']))}, {one['on']}"]
    if document["signatures"]:
        lines += ["", f"### {say['signatures']}", "", *(_signature(one, say) for one in document["signatures"])]
    if document["commitments"]:
        lines += ["", f"### {say['promises']}", "", *_promises(document["commitments"], say)]
    if document["review_words"]:
        lines += ["", f"{say['review']} {document['review_words']}."]
    lines += ["", f"### {say['versions']}", "", *(_version(one, say) for one in document["versions"])]
    lines += ["", f"{say['fingerprint']}: {document['fingerprint']} ({document['sha256']})", ""]
    return "\n".join(lines)


def _since_when(document: dict[str, Any], say: dict[str, str]) -> list[str]:
    told = [name for name in ("open_until", "held_since") if document[f"{name}_words"]]
    return [line for name in told for line in ("", f"{say[name]} {document[f'{name}_words']}.")]


def _version(one: dict[str, Any], say: dict[str, str]) -> str:
    because = f": {_safe(one['because'])}" if one["because"] else ""
    return f"- {say['version']} {one['number']}, {one['words']}{because}"


def _rest(rest: dict[str, Any]) -> str:
    if rest["kind"] in {"gap", "unquoted"}:
        return f"- {rest['note']}"
    words = f"“{_safe(rest['words'])}”" if rest["kind"] == "words" else _safe(rest["words"])
    who = f" ({_safe(rest['who'])}, {rest['on']})" if rest["kind"] == "words" else ""
    note = f"{',' if rest['kind'] == 'record' else '.'} {_safe(rest['note'])}" if rest["note"] else ""
    return f"- {words}{who}{note}"


def _voice(voice: dict[str, Any], say: dict[str, str]) -> list[str]:
    about = f", {say['clause']} {voice['clause']}" if voice["clause"] else ""
    words = _quoted(voice["words"]) if voice["words"] else f"> {say['no_words']}"
    said = f"{_safe(voice['who'])}: {voice['answer']}{about}, {voice['on']}, {say['on_version']} {voice['version']}"
    return ["", words, "", said]


def _signature(one: dict[str, Any], say: dict[str, str]) -> str:
    remark = f". {say['remark']}: “{_safe(one['remark'])}”" if one["remark"] else ""
    return f"- {_safe(one['who'])}, {one['on']}{remark}"


def _promises(promises: list[dict[str, Any]], say: dict[str, str]) -> list[str]:
    head = [f"| {say['who']} | {say['what']} | {say['when']} | {say['done']} |", "| --- | --- | --- | --- |"]
    rows = [
        f"| {_cell(one['who'])} | {_cell(one['what'])} | {_cell(one['when'])} "
        f"| {_cell(one['done_on'] or one['state_words'])} |"
        for one in promises
    ]
    return head + rows


def _safe(text: str) -> str:
    """TEXT on one line, with every sign that Markdown would read made harmless."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _block(text: str) -> str:
    """TEXT with its lines kept."""
    kept = "\n".join(SPECIAL.sub(r"\\\1", line).strip() for line in text.splitlines())
    return AT_THE_START.sub(r"\1\\\2", kept).replace("\n", "  \n")


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in _block(text).splitlines())


def _cell(text: str) -> str:
    return _safe(text)
