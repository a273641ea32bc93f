"""Sentences for people can be translated, and no source file holds signs that an editor does not show."""

import ast

import regex

from sessions_app import errors
from sessions_app.operations import participants
from tests.architecture.sources import ROOT, calls, dotted, files, tree

PRODUCT = ("sessions_app", "eaa")
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}
UNSEEN = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}--[\n\t\u200d]]", regex.V1)


def refusals() -> set[str]:
    """Names of all exceptions that carry a sentence for people."""
    found, todo = set(), [errors.Refused]
    while todo:
        kind = todo.pop()
        found.add(kind.__name__)
        todo += kind.__subclasses__()
    return found


def test_every_refusal_can_be_translated():
    names = refusals()
    plain = [
        f"{path}:{call.lineno}"
        for path in files(".py", folders=PRODUCT)
        for call, name in calls(path)
        if (name in names and call.args and is_text(call.args[0])) or (name == "_need" and is_text(call.args[1]))
    ]

    assert {"Refused", participants.NeedsName.__name__, "TooFast"} <= names
    assert plain == []


def test_every_kind_of_refusal_has_a_sentence_that_can_be_translated():
    names, seen = refusals(), set()
    for path in files(".py", folders=PRODUCT):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef) and node.name in names:
                seen.add(node.name)
                texts = [line.value for line in node.body if isinstance(line, ast.Assign) and sets(line, "text")]
                assert [dotted(value.func) for value in texts if isinstance(value, ast.Call)] == ["_"], node.name

    assert seen == names


def test_refusals_are_sentences():
    for name in refusals() & set(vars(errors)):
        text = str(getattr(errors, name).text)
        assert text.endswith((".", "?")), name


def test_no_text_to_translate_hides_in_a_text_that_is_put_together():
    """What collects the texts does not look into f"{_('...')}", so it would stay in English for good."""
    hidden = [
        f"{path}:{node.lineno}"
        for path in files(".py", folders=PRODUCT)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.JoinedStr)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Call) and dotted(inner.func) in GETTEXT
    ]

    assert hidden == []


def test_no_file_holds_signs_that_nobody_sees():
    found = {
        str(path): sorted({hex(ord(sign)) for sign in UNSEEN.findall((ROOT / path).read_text())})
        for path in files(".py", ".html", ".js", ".css", ".svg", ".toml")
    }

    assert {path: signs for path, signs in found.items() if signs} == {}


def is_text(node: ast.AST) -> bool:
    """Whether NODE is a text that did not go through gettext."""
    if isinstance(node, ast.Call) and dotted(node.func) in GETTEXT:
        return False
    return isinstance(node, ast.Constant | ast.JoinedStr)


def sets(line: ast.Assign, name: str) -> bool:
    targets = [
        inner for target in line.targets for inner in (target.elts if isinstance(target, ast.Tuple) else [target])
    ]
    return any(isinstance(target, ast.Name) and target.id == name for target in targets)
