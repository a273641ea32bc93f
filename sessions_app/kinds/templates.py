"""Finds the templates that lie in the folders of the kinds."""

from pathlib import Path

from django.template.loaders.filesystem import Loader

from sessions_app import kinds


class KindTemplates(Loader):
    """`kinds/<key>/...` from `sessions_app/kinds/<key>/templates/`; also of kinds that lie elsewhere on the path."""

    def get_dirs(self) -> list[str | Path]:
        return [folder for base in kinds.__path__ for folder in sorted(Path(base).glob("*/templates"))]
