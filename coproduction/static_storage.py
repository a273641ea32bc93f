"""Static files with hashed names, compressed, scripts without their comments, and the style sheet in one piece."""

import re
from collections.abc import Iterator
from typing import Any

import rjsmin
from django.conf import settings
from django.core.files.base import ContentFile
from servestatic.storage import CompressedManifestStaticFilesStorage

SHEET = "css/index.css"
FACE = "css/face.css"
SCRIPT = re.compile(r"js/\w+\.js$")
IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\((\w+)\);')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE = re.compile(r"\s*\n\s*")


class OneSheetStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it brings no types
    """Puts the parts that css/index.css imports into it, each in its layer: one request instead of thirty.

    Our own scripts lose their comments and indentation, a quarter of what a phone would carry. With DEBUG the browser
    follows the imports itself. A part must not hold url(): its address would change.
    """

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        if not options.get("dry_run"):
            if SHEET in paths:
                self._bundle(paths)
            for name in [name for name in paths if SCRIPT.match(name)]:
                self._replace(paths, name, str(rjsmin.jsmin(_read(paths, name))))
            if not settings.HAS_FACE:  # it names font files that are not there
                paths.pop(FACE, None)
        yield from super().post_process(paths, *args, **options)

    def _bundle(self, paths: dict[str, Any]) -> None:
        sheet = bundle(_read(paths, SHEET), lambda part: _read(paths, f"css/{part}"))
        for part in IMPORT.findall(_read(paths, SHEET)):
            paths.pop(f"css/{part[0]}")
        self._replace(paths, SHEET, sheet)

    def _replace(self, paths: dict[str, Any], name: str, text: str) -> None:
        self.delete(name)
        self._save(name, ContentFile(text.encode()))
        paths[name] = (self, name)


def bundle(index: str, read: Any) -> str:
    """The text of one sheet: every import of `index` replaced by what `read(name)` gives, wrapped in its layer."""

    def inline(match: re.Match[str]) -> str:
        part = COMMENT.sub("", read(match[1]))
        if "url(" in part:
            raise ValueError(f"{match[1]} holds url(), which would point elsewhere from the one sheet")
        return f"@layer {match[2]}{{{part}}}"

    return SPACE.sub("\n", COMMENT.sub("", IMPORT.sub(inline, index))).strip() + "\n"


def _read(paths: dict[str, Any], name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return str(file.read().decode())
