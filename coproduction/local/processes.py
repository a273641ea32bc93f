"""Starting programs that end with us, stopping them, and finding those that an earlier run left behind."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

LEASH = Path(__file__).with_name("leash.py")


def leashed(command: Sequence[str | Path], *, user: str = "", death_signal: int = signal.SIGTERM) -> list[str]:
    """The command line that runs `command` as `user` and sends it `death_signal` when this process dies."""
    leash = [sys.executable, "-I", "-S", str(LEASH), str(os.getpid()), str(int(death_signal)), user or "-"]
    return [*leash, *map(str, command)]


def spawn(
    command: Sequence[str | Path],
    *,
    log: Path,
    user: str = "",
    death_signal: int = signal.SIGTERM,
    environ: Mapping[str, str] | None = None,
    folder: Path | str = "/",
) -> subprocess.Popen[bytes]:
    """Start a program in its own process group, writing to `log`. Call it from a thread that lives as long as we do."""
    with log.open("ab") as output:
        return subprocess.Popen(
            leashed(command, user=user, death_signal=death_signal),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=None if environ is None else dict(environ),
            process_group=0,  # Ctrl-C in the terminal reaches only us: we stop the others in order
        )


def stop(process: subprocess.Popen[bytes], ask: int = signal.SIGTERM, seconds: float = 10) -> None:
    """Ask a program to end; after `seconds` end it and whatever it started."""
    if process.poll() is None:
        process.send_signal(ask)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    _end_group(process)


def stop_all(children: Iterable[subprocess.Popen[bytes]], seconds: float = 10) -> None:
    """Ask all to end at once; together they have `seconds`."""
    children = list(children)
    for process in children:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + seconds
    for process in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, deadline - time.monotonic()))
    for process in children:
        _end_group(process)


def stop_leftover(pid: int, word: str, ask: int = signal.SIGTERM, seconds: float = 10) -> bool:
    """Stop process `pid` of an earlier run if its command line contains `word`. False when it is not ours."""
    if word not in command_of(pid):
        return False
    for number, patience in ((ask, seconds), (signal.SIGKILL, 5.0)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if word not in command_of(pid):
                return True
            time.sleep(0.05)
    return True


def command_of(pid: int) -> str:
    """The command line of a running process, or nothing."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        return ""
    found = subprocess.run(["ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False)
    return found.stdout.strip()


def pid_in(file: Path) -> int:
    """The process number on the first line of `file`, or 0."""
    try:
        return int(file.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return 0


@contextlib.contextmanager
def signals_end_the_program(*, interrupt: bool = False) -> Iterator[None]:
    """Turn SIGTERM and SIGHUP into SystemExit while we run, so that every `with` and `finally` is reached.

    With `interrupt` Ctrl-C counts once too, also in the background; a second one does not break off the tidying up.
    """
    before: dict[signal.Signals, Any] = {}

    def leave(number: int, _frame: FrameType | None) -> None:
        for handled in before:
            signal.signal(handled, signal.SIG_IGN)
        raise KeyboardInterrupt if number == signal.SIGINT else SystemExit(128 + number)

    with contextlib.suppress(ValueError):  # not in the main thread: whoever owns that thread handles signals
        numbers = [number for number in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(number) == signal.SIG_DFL]
        for number in [*numbers, *([signal.SIGINT] if interrupt else [])]:
            before[number] = signal.signal(number, leave)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a program and all that it started and left."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
