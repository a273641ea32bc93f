"""Every text that people meet, in plain words: the list in docs/words.toml, short sentences, no shouting."""

import re
import tomllib
from functools import cache

import pytest

from coproduction.local.catalogues import ROOT, _po, _read, collect

RULES = tomllib.loads((ROOT / "docs/words.toml").read_text())
MARKUP = re.compile(r"<[^>]+>|%\(\w+\)\w|\{\w*\}|%\w|https?://\S*")
SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n|\s[–|·]\s")
SHOUTED = re.compile(r"\b[A-ZÅÄÖ]{2,}\b")
COMMAND = re.compile(r"manage\.py.*")


def texts(language: str) -> list[str]:
    """All texts of a language as people read them: without markup and without what is filled in."""
    source = collect(ROOT) if language == "en" else _read(_po(ROOT, language), language)
    found = []
    for message in (message for message in source if message.id):
        said = message.id if language == "en" else message.string
        found += said if isinstance(said, tuple | list) else [said]
    return [COMMAND.sub("", MARKUP.sub("…", text)) for text in found]


@cache
def banned(language: str) -> dict[re.Pattern[str], str]:
    return {pattern(word): better for word, better in RULES[language].items()}


def pattern(word: str) -> re.Pattern[str]:
    ending = r"\w*" if word.endswith("*") else ""
    return re.compile(r"(?<!\w)" + re.escape(word.rstrip("*")) + ending + r"(?!\w)", re.IGNORECASE)


def bad_words(language: str, text: str) -> list[str]:
    return [
        f"{match[0]!r} in {text!r}: {better}"
        for rule, better in banned(language).items()
        if (match := rule.search(text))
    ]


def too_long(text: str) -> list[str]:
    sentences = SENTENCE.split(text)
    return [each for each in sentences if len(re.findall(r"[\w’'-]+", each)) > RULES["longest"]["words"]]


def shouted(text: str) -> list[str]:
    return [word for word in SHOUTED.findall(text) if word not in RULES["capitals"]["allowed"]]


@pytest.mark.parametrize("language", ["en", "sv"])
def test_no_text_holds_a_word_that_we_do_not_use(language):
    read = texts(language)
    found = [line for text in read for line in bad_words(language, text)]

    assert len(read) > 300
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", ["en", "sv", "ar"])
def test_sentences_are_short(language):
    found = [sentence for text in texts(language) for sentence in too_long(text)]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", ["en", "sv"])
def test_nobody_shouts(language):
    found = [f"{words}: {text}" for text in texts(language) if (words := shouted(text))]

    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Submit the form"), ("en", "Click here to go on"), ("en", "All Sessions"), ("sv", "Alla deltagare")],
)
def test_the_list_bites(language, text):
    assert bad_words(language, text)
    assert not bad_words(
        language, "Go in. Gå in. A usual question about what was clicking.".replace("clicking", "said")
    )


def test_long_sentences_and_shouting_are_found():
    assert too_long("a " * 16)
    assert not too_long("a " * 15)
    assert shouted("PRESS the button")
    assert not shouted("Poster with QR code")
