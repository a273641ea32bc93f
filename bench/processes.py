"""Server processes: started on a free port, waited for, stopped; what they print is kept for when they fail."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from coproduction.local.processes import leashed

PORTS = range(int(os.environ.get("BENCH_PORT", "8200")), int(os.environ.get("BENCH_PORT", "8200")) + 40)
HOST = "127.0.0.1"
ROOT = Path(__file__).resolve().parent.parent


class Trouble(Exception):
    """Something the bench needs did not work; the text says what, in plain words."""


def free_port(taken: set[int] | None = None) -> int:
    """A port nobody listens on, from the bench's own range. Raises Trouble when all are in use."""
    for port in PORTS:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if port in (taken or ()):
                continue
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise Trouble(f"Every port from {PORTS[0]} to {PORTS[-1]} is in use. Set BENCH_PORT to the first of 40 free ones.")


@dataclass(slots=True)
class Process:
    """One running server."""

    name: str
    port: int
    popen: subprocess.Popen[bytes]
    log: Path

    @property
    def pid(self) -> int:
        return self.popen.pid

    @property
    def address(self) -> tuple[str, int]:
        return HOST, self.port

    def kill(self) -> None:
        """End it at once, with no chance to say goodbye (SIGKILL)."""
        self.popen.kill()
        self.popen.wait()

    def stop(self, *, patience: float = 5.0) -> None:
        """Ask it to end; after `patience` seconds end it."""
        if self.popen.poll() is None:
            self.popen.send_signal(signal.SIGTERM)
            try:
                self.popen.wait(patience)
            except subprocess.TimeoutExpired:
                self.kill()


class Fleet:
    """All processes of one bench run, so that they end with it. Use it as a context manager."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self.running: list[Process] = []
        self._logs: list[IO[bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self.running):
            process.stop()
        for log in self._logs:
            log.close()

    def reserve(self, count: int) -> list[int]:
        """Ports for `count` processes that must know of each other before they start."""
        ports: list[int] = []
        for _ in range(count):
            ports.append(free_port({*ports, *(process.port for process in self.running)}))
        return ports

    def start(self, name: str, argv: Sequence[str], env: dict[str, str], port: int) -> Process:
        """Start a server that will listen on `port`, and ends with us however we end; does not wait for it."""
        log = self.work / f"{name}-{port}.log"
        out = log.open("wb")
        self._logs.append(out)
        popen = subprocess.Popen(
            leashed(argv), cwd=ROOT, env={**os.environ, **env}, stdout=out, stderr=subprocess.STDOUT
        )
        process = Process(name, port, popen, log)
        self.running.append(process)
        return process

    def stop(self, process: Process) -> None:
        process.stop()
        self.running.remove(process)


def wait_until_up(processes: Sequence[Process], *, timeout: float = 40.0) -> None:
    """Wait until each accepts connections. Raises Trouble with the end of its log when one does not."""
    until = time.monotonic() + timeout
    for process in processes:
        while not _listens(process.port):
            if process.popen.poll() is not None:
                raise Trouble(f"{process.name} ended before it was up. It said:\n{tail(process.log)}")
            if time.monotonic() > until:
                raise Trouble(f"{process.name} was not up after {timeout:.0f} seconds. It said:\n{tail(process.log)}")
            time.sleep(0.05)


def tail(log: Path, lines: int = 12) -> str:
    return "\n".join(f"  {line}" for line in log.read_text(errors="replace").splitlines()[-lines:]) or "  nothing"


def python(*arguments: str) -> list[str]:
    """The command line of a Python module or script in this same environment."""
    return [sys.executable, *arguments]


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0
