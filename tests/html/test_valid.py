"""Every page of every role is valid HTML: by html-validate where npm has put it, and by our own small judge anyway."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.html.checker import faults
from tests.html.collected import pages
from tests.policy.conftest import cast  # noqa: F401

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "node_modules/html-validate/bin/html-validate.mjs"
RULES = ROOT / "tests/html/html-validate.json"
pytestmark = pytest.mark.django_db
BROKEN = [
    "<p><div></div></p>",
    "<ul><li>One</ul>",
    '<b id="a"></b><b id="a"></b>',
    '<a href="/"><button>Go</button></a>',
    '<input aria-describedby="nowhere">',
    '<img src="a.png">',
]


@pytest.fixture(scope="module")
def collected(cast):  # noqa: F811
    return pages(cast)


def test_many_pages_are_judged(collected):
    assert len(collected) > 80
    assert {"room for faci", "thread for part", "guide for out", "an expired form", "a wrong code"} <= set(collected)


def test_our_own_judge_finds_nothing(collected):
    found = [f"{label}, {fault}" for label, html in collected.items() for fault in faults(html)]

    assert not found, "\n".join(found)


def test_html_validate_finds_nothing(collected, tmp_path, capsys):
    node = shutil.which("node")
    if node is None or not PROGRAM.exists():
        with capsys.disabled():
            print("\nhtml-validate is not here (Node and `npm ci` bring it): only our own judge read the pages.")
        assert all(not faults(html) for html in collected.values())
        return
    names = {}
    for number, (label, html) in enumerate(collected.items()):
        page = tmp_path / f"{number}.html"
        page.write_text(html)
        names[str(page)] = label
    done = subprocess.run(
        [node, PROGRAM, "--config", RULES, "--formatter", "json", *names], capture_output=True, text=True, check=False
    )
    found = [
        f"{names[judged['filePath']]}, line {said['line']}: {said['message']} ({said['ruleId']})"
        for judged in json.loads(done.stdout or "[]")
        for said in judged["messages"]
    ]

    assert done.stdout, done.stderr
    assert not found, "\n".join(found)


@pytest.mark.parametrize("html", BROKEN)
def test_the_judge_bites(html):
    whole = '<html lang="en"><head><title>A</title></head><body><main><h1>A</h1>{}</main></body></html>'

    assert faults(whole.format(html))
    assert not faults(whole.format("<p>Fine</p>"))
