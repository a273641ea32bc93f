"""Measures of shares against the vectors of the specification, and the laws that hold for all of them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.measures.shares import (
    blau,
    evenness,
    gini,
    gini_corrected,
    iqv,
    lorenz,
    representation,
    wilson,
)

# x -> G, G*, J, Blau, IQV
VECTORS = [
    ((0, 1, 3, 6), (0.5, 0.666667, 0.647731, 0.54, 0.72)),
    ((5, 5, 5, 5), (0, 0, 1, 0.75, 1)),
    ((0, 0, 0, 9), (0.75, 1, 0, 0, 0)),
    ((2, 2, 2, 3, 11), (0.38, 0.475, 0.810316, 0.645, 0.80625)),
]
COUNTS = st.lists(st.integers(0, 500), min_size=3, max_size=60).filter(sum)


@pytest.mark.parametrize(("counts", "expected"), VECTORS)
def test_the_vectors_hold(counts, expected):
    found = [measure(counts) for measure in (gini, gini_corrected, evenness, blau, iqv)]

    assert found == pytest.approx(expected, abs=5e-7)


@pytest.mark.parametrize("counts", [(), (4,), (4, 4), (0, 0, 0)])
def test_nothing_is_said_of_two_people_or_of_silence(counts):
    assert (gini(counts), gini_corrected(counts), evenness(counts)) == (None, None, None)


@given(COUNTS)
def test_a_silent_person_more_never_makes_it_look_more_equal(counts):
    assert gini([*counts, 0]) >= gini(counts)


@given(COUNTS, st.integers(1, 9))
def test_order_and_unit_do_not_matter(counts, unit):
    for measure in (gini, gini_corrected, evenness, blau):
        assert measure([unit * x for x in reversed(counts)]) == pytest.approx(measure(counts), abs=1e-9)


@given(COUNTS)
def test_everything_lies_between_nothing_and_one(counts):
    for measure in (gini, gini_corrected, evenness, blau, iqv):
        assert -1e-9 <= measure(counts) <= 1 + 1e-9


@given(COUNTS)
def test_the_area_over_the_lorenz_curve_is_the_gini(counts):
    points = lorenz(counts)
    under = sum((b[0] - a[0]) * (a[1] + b[1]) / 2 for a, b in itertools.pairwise(points))

    assert 1 - 2 * under == pytest.approx(gini(counts), abs=1e-9)


def test_a_group_that_writes_as_its_size_has_one():
    assert representation(30, 60, 5, 10) == 1
    assert representation(45, 60, 5, 10) == 1.5
    assert representation(0, 60, 5, 10) == 0
    assert representation(3, 60, 0, 10) is None


def test_wilson_as_published():
    """Newcombe (1998), table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29."""
    published = {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }
    for (successes, trials), interval in published.items():
        assert wilson(successes, trials) == pytest.approx(interval, abs=5e-5)
    assert wilson(0, 0) is None
