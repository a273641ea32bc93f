"""Every way of working that is there: whole in itself, with the templates that it is drawn with."""

import pytest
from django.template.loader import get_template

from sessions_app.kinds import Choosing, all_kinds
from sessions_app.kinds.options import cleaned

NEEDED = ("clean_answer", "choices", "as_sent", "result", "in_words")
CHOOSING = sorted(kind.key for kind in all_kinds().values() if issubclass(kind, Choosing))


@pytest.mark.parametrize("key", CHOOSING)
def test_who_lets_people_choose_says_how(key):
    kind = all_kinds()[key]

    assert [name for name in NEEDED if name not in vars(kind)] == []
    assert get_template(f"kinds/{key}/answer.html")
    assert get_template(f"kinds/{key}/result.html")


def test_nobody_else_lets_people_choose():
    assert {key for key, kind in all_kinds().items() if kind.takes_answers} == set(CHOOSING)


@pytest.mark.parametrize("key", sorted(all_kinds()))
def test_what_is_usual_is_itself_allowed_unless_a_list_has_to_be_written(key):
    options = all_kinds()[key].options
    given = {
        option.name: [f"Line {n}" for n in range(option.least)] for option in options if getattr(option, "least", 0)
    }

    assert set(cleaned(options, given)) == {option.name for option in options}
