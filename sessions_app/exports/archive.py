"""One ZIP from files on the disk: sorted, without times of its own, so that the same files give the same bytes."""

import os
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

from sessions_app.exports.writing import BLOCK, Member

THEN = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP can tell
MODE = 0o100644 << 16


def write_zip(target: Path, members: Iterable[Member]) -> None:
    """Write TARGET whole, block by block, and have it on the disk before this returns."""
    with target.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for one in sorted(members, key=lambda one: one.path):
                info = zipfile.ZipInfo(one.path, THEN)
                info.external_attr, info.create_system, info.file_size = MODE, 3, one.size
                info.compress_type = zipfile.ZIP_DEFLATED
                with one.file.open("rb") as source, archive.open(info, "w") as place:
                    shutil.copyfileobj(source, place, BLOCK)
        file.flush()
        os.fsync(file.fileno())
