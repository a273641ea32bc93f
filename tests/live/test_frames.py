"""What a client may say: two frames, and everything else is a mistake that harms nobody."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sessions_app.live.socket import BadMessage, parse

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=()), max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)
NUMBERS = st.integers(-3, 2**64)
NEARLY = st.dictionaries(
    st.sampled_from(["t", "after", "through", "epoch", "v", "x"]),
    st.sampled_from(["since", "seen", "e"]) | NUMBERS | VALUES,
    max_size=6,
)


@settings(max_examples=500)
@given(st.text(st.characters(exclude_categories=())) | VALUES.map(json.dumps) | NEARLY.map(json.dumps))
@example('{"t": []}')
@example('{"t": {}}')
@example('{"t": "since", "after": NaN, "epoch": "e"}')
@example('{"t": "since", "after": true, "epoch": "e"}')
@example('{"t": "seen", "through": 1, "through": 2}')
@example('{"t": "seen", "through": ' + "9" * 5000 + "}")
@example("[" * 100_000)
@example('{"t": "seen", "through": 1, "x": ' + '{"y": ' * 4000 + "1" + "}" * 4001)
@example("")
def test_any_text_is_a_frame_or_a_mistake(text):
    try:
        said = parse(text)
    except BadMessage:
        return
    number = said["after" if said["t"] == "since" else "through"]
    assert said["t"] in {"since", "seen"}
    assert type(number) is int
    assert 0 <= number < 2**63
    assert isinstance(said.get("epoch", ""), str)
    assert said["t"] == "seen" or said["epoch"]


@given(st.integers(0, 2**63 - 1), st.text(min_size=1, max_size=40))
def test_frames_of_the_protocol_are_read(number, epoch):
    assert parse(json.dumps({"t": "since", "after": number, "epoch": epoch}))["after"] == number
    assert parse(json.dumps({"t": "seen", "through": number}))["through"] == number


@pytest.mark.parametrize("number", [-1, 2**63, 1.0, "1", None, [1], True])
def test_numbers_that_no_log_has_are_mistakes(number):
    for frame in ({"t": "since", "after": number, "epoch": "e"}, {"t": "seen", "through": number}):
        with pytest.raises(BadMessage):
            parse(json.dumps(frame))


@pytest.mark.parametrize(
    "text",
    [
        '{"t": "seen", "through": 1, "through": 2}',
        '{"t": "seen", "t": "since", "through": 1, "after": 1, "epoch": "e"}',
        '{"t": "seen", "through": 1, "x": NaN}',
        '{"t": "seen", "through": 1, "x": -Infinity}',
        '{"t": "seen", "through": 1, "x": {}}',
        '{"t": "seen", "through": 1, "x": []}',
        '{"t": "seen", "through": 1, "x": ' + "9" * 5000 + "}",
        json.dumps({"t": "seen", "through": 1} | {f"x{number}": 1 for number in range(64)}),
    ],
    ids=lambda text: text[:44],
)
def test_what_is_right_but_for_one_thing_is_a_mistake(text):
    """A frame that would be taken without that one thing: the number in it is never what makes it wrong."""
    with pytest.raises(BadMessage):
        parse(text)
