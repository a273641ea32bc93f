"""The squares that phones read: what a camera gets from the poster and from the page for sharing, in every look."""

import io

import pytest
import zxingcpp
from PIL import Image

from tests.e2e.cookies import cookies_of
from tests.e2e.person import DESK, PHONE

LOOKS = [
    *({"viewport": PHONE}, {"viewport": DESK}, {"viewport": PHONE, "color_scheme": "dark"}),
    {"viewport": DESK, "forced_colors": "active", "color_scheme": "dark"},
]
NAMES = ["phone", "desk", "dark", "forced colours"]


def read(page) -> list[str]:
    """What every square in a picture of the whole PAGE says."""
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True, animations="disabled")))
    return [found.text for found in zxingcpp.read_barcodes(picture.convert("L"))]


@pytest.mark.parametrize("look", LOOKS, ids=NAMES)
def test_the_poster_leads_through_the_door_of_the_hall(arrive, web, world, look):
    visitor = arrive(**look).goes_to(f"/d/{world.session.code}/poster/")
    world.go_live()
    here = f"{web.address}/d/{world.session.code}/?from=hall"

    on_screen = read(visitor.page)
    visitor.page.emulate_media(media="print")
    on_paper = read(visitor.page)
    visitor.page.emulate_media(media="screen")

    assert (on_screen, on_paper) == ([here], [here])
    visitor.goes_to(here).presses("Go in")
    assert visitor.page.url.endswith(f"/meetings/{world.session.pk}/room/")


@pytest.mark.parametrize("look", LOOKS, ids=NAMES)
def test_the_page_for_sharing_leads_to_the_door(arrive, web, world, look):
    host = arrive(cookies_of(world, "Ada"), **look)

    assert read(host.goes_to(f"/meetings/{world.session.pk}/share/").page) == [f"{web.address}/d/{world.session.code}/"]
    assert read(host.goes_to(f"/w/{world.workshop.slug}/share/").page) == [f"{web.address}/d/{world.workshop.code}/"]
