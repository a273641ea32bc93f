"""Waiting for an answer: quartiles as R has them, and Kaplan and Meier's curve against a published one."""

import pytest

from sessions_app.measures.waits import median_wait, quartiles, survival

# Gehan (1965), 6-MP in leukaemia, as in every textbook: weeks to relapse, and whether it came.
RELAPSED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
WATCHED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
SIX_MP = [(week, True) for week in RELAPSED] + [(week, False) for week in WATCHED]
KNOWN = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}


def test_the_curve_of_the_textbooks():
    found = dict(survival(SIX_MP)[1:])

    assert found == pytest.approx(KNOWN, abs=6e-4)
    assert median_wait(SIX_MP) == 23


def test_half_that_were_never_answered_have_no_median():
    assert median_wait([(1, True), (2, False), (3, False)]) is None
    assert median_wait([]) is None


def test_quartiles_lie_between_the_nearest_values():
    """R: quantile(c(1, 2, 4, 8, 16)) and quantile(c(1, 2, 3, 4))."""
    assert quartiles([16, 1, 8, 2, 4]) == (2, 4, 8)
    assert quartiles([1, 2, 3, 4]) == (1.75, 2.5, 3.25)
    assert quartiles([7]) == (7, 7, 7)
    assert quartiles([]) is None
