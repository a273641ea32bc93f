"""Counts of few people are never told apart, nor can they be worked out from what is told."""

from hypothesis import given
from hypothesis import strategies as st

from sessions_app.queries.records import FEW, folded

COUNTS = st.lists(st.integers(0, 12), max_size=6).map(lambda ns: [(f"row {n}", count) for n, count in enumerate(ns)])


@given(COUNTS)
def test_every_number_told_is_nobody_many_or_all(counts):
    told = folded(counts)

    numbers = [int(number) for _label, number in told]
    total = sum(count for _label, count in counts)
    assert sum(numbers) == total
    assert all(number == 0 or number >= FEW or number == total for number in numbers)


@given(COUNTS)
def test_every_row_is_named_and_told_once(counts):
    labels = " ".join(label for label, _number in folded(counts))

    assert sorted(label for label, _count in counts if label in labels) == sorted(label for label, _count in counts)


def test_few_are_told_with_the_next_few():
    assert folded([("yes", 21), ("no", 2), ("unasked", 0)]) == (("unasked", "0"), ("yes, or no", "23"))
    assert folded([("yes", 9), ("no", 3), ("unasked", 4)]) == (("yes", "9"), ("no, or unasked", "7"))
    assert folded([("yes", 3)]) == (("yes", "3"),)
