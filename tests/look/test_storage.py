"""The style sheet leaves in one piece, hashed, compressed and small, with or without the reading face."""

import gzip
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from coproduction.static_storage import bundle

STATIC = Path(__file__).parents[2] / "static"
LIMIT = 20_000  # bytes of gzip for all style sheets together
FONTS = ["atkinson-hyperlegible-next-latin-wght-normal.woff2", "atkinson-hyperlegible-next-latin-ext-wght-normal.woff2"]


@pytest.fixture
def collect(settings, tmp_path):
    def run(*more):
        settings.STATIC_ROOT = str(tmp_path / "collected")
        settings.STATICFILES_DIRS = [STATIC, *more]
        settings.HAS_FACE = bool(more)
        settings.STORAGES = {
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "coproduction.static_storage.OneSheetStorage"},
        }
        call_command("collectstatic", interactive=False, verbosity=0)
        root = tmp_path / "collected"
        return root, json.loads((root / "staticfiles.json").read_text())["paths"]

    return run


def test_one_sheet_with_every_part_in_its_layer(collect):
    root, names = collect()
    sheet = (root / names["css/index.css"]).read_text()
    assert "@import" not in sheet
    assert sheet.startswith("@layer tokens, reset, base, layout, components, views, utilities;")
    for part in ["@layer tokens{", "@layer base{", "@layer components{", "@layer views{", "@layer utilities{"]:
        assert part in sheet
    assert ".pip--hall" in sheet


def test_the_parts_are_not_delivered_twice(collect):
    _root, names = collect()
    assert "css/tokens.css" not in names


def test_it_is_compressed_and_small(collect):
    root, names = collect()
    sheets = [root / f"{name}.gz" for source, name in names.items() if source.startswith("css/")]
    sizes = {sheet.name.partition(".")[0]: len(sheet.read_bytes()) for sheet in sheets}
    common = sizes.pop("index")
    assert common + max(sizes.values()) <= LIMIT  # no page has more than one sheet of its own
    assert gzip.decompress(sheets[0].read_bytes())


def test_scripts_leave_without_comments_and_indentation(collect):
    root, names = collect()
    script = (root / names["js/board.js"]).read_text()
    assert "export class Board" in script
    assert not any(line.startswith((" ", "//")) for line in script.splitlines())


def test_collecting_twice_gives_the_same_name(collect):
    _root, first = collect()
    _root, second = collect()
    assert first["css/index.css"] == second["css/index.css"]


def test_without_the_face_nothing_asks_for_it(collect):
    _root, names = collect()
    assert "css/face.css" not in names


def test_with_the_face_its_fonts_are_hashed(collect, tmp_path):
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    for name in FONTS:
        (fonts / name).write_bytes(b"font")
    root, names = collect(("face", fonts))
    sheet = (root / names["css/face.css"]).read_text()
    for name in FONTS:
        assert Path(names[f"face/{name}"]).name in sheet


def test_a_part_with_an_address_is_refused():
    with pytest.raises(ValueError, match="url"):
        bundle('@import url("a.css") layer(base);', lambda name: "p { background: url(a.png) }")


def test_comments_stay_at_home():
    sheet = bundle('/* why */\n@import url("a.css") layer(base);', lambda name: "/* also */\np { color: red }")
    assert sheet == "@layer base{\np { color: red }}\n"
