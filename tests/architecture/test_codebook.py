"""The codebook says what the operations really record: every verb, every reference, every piece of data."""

import ast

import pytest

from eaa.verbs import Verb as FrameworkVerb
from sessions_app.models import Event
from sessions_app.verbs import CODEBOOK, Verb
from sessions_app.verification import verify
from tests.architecture.sources import dotted, files, tree
from tests.everything import go_through_everything

EVERY = {*Verb, *FrameworkVerb}
REFERENCES = ("participant", "session", "activity", "dialogue", "contribution")


@pytest.fixture
def log(world):
    go_through_everything(world)
    return list(Event.objects.filter(workshop=world.workshop).order_by("seq"))


def carried(event: Event) -> set[str]:
    return {name for name in REFERENCES if getattr(event, f"{name}_id") is not None} | set(event.data)


def test_every_verb_has_a_sentence():
    assert set(CODEBOOK) == EVERY
    assert [verb for verb, entry in CODEBOOK.items() if not str(entry.sentence).endswith(".")] == []


def test_every_verb_is_recorded_by_an_operation():
    named = {
        node.attr
        for path in files(".py", folders=("sessions_app/operations", "eaa/operations"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and dotted(node).startswith("Verb.")
    }

    assert named == {verb.name for verb in (*Verb, *FrameworkVerb)}


def test_every_verb_comes_about(log):
    assert {event.verb for event in log} == EVERY


def test_events_carry_what_the_codebook_says_and_nothing_else(log):
    told = {
        str(verb): (set(entry.refers_to) | set(entry.data), set(entry.sometimes)) for verb, entry in CODEBOOK.items()
    }
    recorded = {}
    for verb in told:
        events = [carried(event) for event in log if event.verb == verb]
        recorded[verb] = (set().union(*events), set().union(*events) - set.intersection(*events))

    assert recorded == told


def test_log_has_no_gap_and_agrees_with_the_tables(log, world):
    assert [event.seq for event in log] == list(range(1, len(log) + 1))
    assert list(verify(world.workshop.slug)) == []


def test_log_holds_nobodys_words(log):
    """Everything that somebody typed in the story, looked for in every event."""
    typed = ["calm", "Benedikt", "Hello", "Gil", "print", "Chidi", "Ingen", "lugnt", "Later", "Again", "now?"]
    texts = [f"{event.data}" for event in log]

    assert [(word, text) for word in typed for text in texts if word in text] == []


def test_anonymous_words_have_no_actor_in_the_log(log):
    secret = [event for event in log if event.contribution and event.contribution.anonymous_token]

    assert len(secret) == 4
    assert {event.actor for event in secret} | {event.participant for event in secret} == {None}
