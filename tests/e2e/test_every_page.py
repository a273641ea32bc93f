"""No page is forgotten: what browser tests, pictures and judges of HTML look at is compared with the addresses."""

from tests.e2e.scenes import MAKERS, scene
from tests.every_page import NO_PAGE, ON_THE_WAY, every_page, known_addresses, names_of
from tests.policy import matrix
from tests.screenshots.story import CHAPTERS, PRINTED, PROJECTED, album


def test_every_address_is_a_page_or_known_not_to_be_one():
    only_pressed = {row.name for row in matrix.rows(matrix.OPEN) if row.how == "POST"}
    pages = {name if name.startswith("eaa:") else name.partition(":")[0] for name in every_page()}

    assert known_addresses() - pages - only_pressed - NO_PAGE.keys() == set()


def test_nothing_is_excused_that_is_not_there():
    assert NO_PAGE.keys() <= known_addresses()
    assert not ON_THE_WAY.keys() & every_page()


def seen(made) -> set[str]:
    return names_of(path for told in made for _who, path in told.pages.values())


def test_the_browser_tests_go_to_every_page(database):
    assert every_page() - seen(scene(state) for state in MAKERS) == set()


def test_there_is_a_picture_of_every_page(database):
    told = {chapter: album(chapter) for chapter in CHAPTERS}

    assert every_page() - seen(told.values()) == set()
    for chosen in (PROJECTED, PRINTED):
        assert {name for chapter, names in chosen.items() for name in names if name not in told[chapter].pages} == set()
