"""Agreement of coders against published examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.measures.coders import alpha, kappa

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: sections A, B and C.
MEG, OWEN = "0100000010", "1110010000"
BEN, GERRY = "aabbdcccedda", "babbbccceddd"
FOUR = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def units(*people: str) -> list[list[str]]:
    return [[value for value in column if value != "."] for column in zip(*people, strict=True)]


@pytest.mark.parametrize(("people", "expected"), [((MEG, OWEN), 0.095), ((BEN, GERRY), 0.692), (FOUR, 0.743)])
def test_krippendorffs_own_examples(people, expected):
    assert alpha(units(*people)) == pytest.approx(expected, abs=5e-4)


@pytest.mark.parametrize(
    ("table", "expected"),
    [((15, 5, 10, 70), 0.57), ((20, 5, 10, 15), 0.40)],  # Viera & Garrett (2005), table 2; the grants of every textbook
)
def test_cohens_kappa_of_published_tables(table, expected):
    cells = zip(table, ((1, 1), (1, 0), (0, 1), (0, 0)), strict=True)

    assert kappa([pair for n, pair in cells for _ in range(n)]) == pytest.approx(expected, abs=5e-3)


def test_without_difference_there_is_nothing_to_say():
    assert kappa([]) is None
    assert kappa([(1, 1)] * 5) is None
    assert alpha([[1, 1], [1, 1]]) is None
    assert alpha([[1], [2]]) is None


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40))
def test_wholly_agreed_is_one_and_nothing_is_more(pairs):
    for found in (kappa(pairs), alpha(pairs)):
        assert found is None or found <= 1
    same = [(one, one) for one, _ in pairs]
    assert kappa(same) in {None, 1}
    assert alpha(same) in {None, 1}
