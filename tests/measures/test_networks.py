"""Measures of who follows and who answers whom, counted by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.measures.networks import centralisation, reciprocity, turn_taking


@pytest.mark.parametrize(
    ("runs", "expected"),
    [(["abab"], 1), (["aaaa"], 0), (["aab"], 0.5), (["aab", "ab", "c"], 2 / 3), (["a", "b"], None), ([], None)],
)
def test_turn_taking(runs, expected):
    assert turn_taking(runs) == expected


def test_reciprocity_weighs_and_ignores_talking_to_oneself():
    edges = {("a", "b"): 3, ("b", "a"): 1, ("a", "c"): 2, ("a", "a"): 9}

    assert reciprocity(edges) == 2 / 6
    assert reciprocity({("a", "a"): 1}) is None


def test_a_star_is_wholly_central_and_a_ring_is_not_at_all():
    star = {("a", other): 2 for other in "bcde"}
    ring = dict.fromkeys(zip("abcde", "bcdea", strict=True), 1)

    assert centralisation(star, 5) == 1
    assert centralisation(ring, 5) == 0
    assert centralisation(star, 6) == pytest.approx((6 * 4 - 4) / 25)
    assert centralisation({("a", "b"): 1}, 2) is None
    assert centralisation({}, 5) is None


@given(st.dictionaries(st.tuples(st.integers(0, 6), st.integers(0, 6)), st.integers(1, 5)))
def test_all_answers_answered_is_one(edges):
    both = {**edges, **{(j, i): w for (i, j), w in edges.items()}}
    even = {(i, j): max(w, both[j, i]) for (i, j), w in both.items()}

    assert reciprocity(even) in {None, 1}
    assert centralisation(edges, 7) is None or 0 <= centralisation(edges, 7) <= 1
