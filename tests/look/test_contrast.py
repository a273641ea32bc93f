"""Every pair of tokens that carries words has 4.5 to 1, every line that carries meaning 3 to 1, in both themes."""

import re
from pathlib import Path

import pytest

SHEET = (Path(__file__).parents[2] / "static/css/tokens.css").read_text()
COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})")
GROUNDS = ["paper", "card", "sunk"]
INKS = ["ink", "quiet", "pine", "clay", "sky", "leaf", "plum", "red"]
WORDS = [
    *[(ink, ground) for ink in INKS for ground in GROUNDS],
    *[("ink", f"{name}-tint") for name in ["pine", "clay", "sky", "leaf", "plum", "red", "sun"]],
    *[(name, f"{name}-tint") for name in ["pine", "clay", "sky", "leaf", "plum", "red"]],
    *[("pine", ground) for ground in ["red-tint", "leaf-tint", "sun-tint"]],  # links inside notices
    ("ink", "edge"),  # a card that lies face down
    ("on-pine", "pine"),
    ("on-pine", "pine-hover"),
    ("on-token", "token"),
    ("on-sun", "sun"),
    ("paper", "ink"),
]
LINES = [(line, ground) for line in ["line", "token", "pine", "plum", "red", "ink"] for ground in GROUNDS]


def colours(opening):
    start = SHEET.index(opening)
    return dict(COLOUR.findall(SHEET[start : SHEET.index("}", start)]))


LIGHT = colours('[data-theme="light"] {')
DARK = LIGHT | colours('[data-theme="dark"] {')
THEMES = {"light": LIGHT, "dark": DARK}


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), WORDS)
def test_words_can_be_read(theme, ink, ground):
    tokens = THEMES[theme]
    assert contrast(tokens[ink], tokens[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("line", "ground"), LINES)
def test_lines_can_be_seen(theme, line, ground):
    tokens = THEMES[theme]
    assert contrast(tokens[line], tokens[ground]) >= 3


def test_the_dark_of_the_system_is_the_dark_that_is_chosen():
    followed = LIGHT | colours(':root:not([data-theme="light"]) {')
    assert followed == DARK


def test_the_measure_is_right():
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
