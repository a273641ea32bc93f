"""The few pictures that are part of the project: in the README and in the guides. KEEP_PICTURES=1 takes them anew."""

import io
import os
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.e2e.person import DESK, PHONE
from tests.screenshots.story import CITIZEN, HOST, story
from tests.screenshots.test_screenshots import settle

ROOT = Path(__file__).resolve().parents[2]
README_PICTURE = ROOT / "docs" / "images" / "room.png"
GUIDES = ROOT / "static" / "help"
WIDE = {"width": 960, "height": 760}
# name of the picture: stage of the sample, page, who looks, size of the window
PICTURES = {
    "door": ("live", "door", None, PHONE),
    "room": ("live", "room", CITIZEN, PHONE),
    "run-sheet": ("planned", "run-sheet", HOST, WIDE),
    "host": ("live", "room-host", HOST, WIDE),
    "console": ("live", "console", HOST, WIDE),
    "people": ("live", "people", HOST, WIDE),
    "record": ("closed", "record", HOST, WIDE),
}

if os.environ.get("KEEP_PICTURES"):  # only when the pictures are to change

    def test_the_picture_in_the_readme(arrive):
        told = story("live")
        visitor = arrive(told.cookies(CITIZEN), viewport=DESK)
        told.all_sit_down()
        settle(visitor.goes_to(told.pages["room"][1]))
        expect(visitor.page.locator("#room-seats .pip").nth(5)).to_be_visible()
        picture = Image.open(io.BytesIO(visitor.page.screenshot(animations="disabled")))
        README_PICTURE.parent.mkdir(parents=True, exist_ok=True)
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(README_PICTURE, optimize=True)

    @pytest.mark.parametrize("name", PICTURES)
    def test_the_pictures_in_the_guides(arrive, name):
        stage, page, who, window = PICTURES[name]
        told = story(stage)
        visitor = arrive(told.cookies(who), viewport=window, device_scale_factor=2)
        told.all_sit_down()
        settle(visitor.goes_to(told.pages[page][1]))
        if page.startswith("room"):
            expect(visitor.page.locator("#room-seats .pip").first).to_be_visible()
        picture = Image.open(io.BytesIO(visitor.page.screenshot(animations="disabled", caret="hide")))
        GUIDES.mkdir(parents=True, exist_ok=True)
        picture.convert("RGB").save(GUIDES / f"{name}.webp", quality=80, method=6)
