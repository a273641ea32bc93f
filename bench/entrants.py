"""Who takes part: the anchors and ours, each as running processes and a way to talk to them."""

import shutil
import subprocess
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bench.client import Processes
from bench.dialects import Dialect, Plain, SocketIO
from bench.processes import ROOT, Fleet, Process, python, wait_until_up
from bench.stores import Stores

TUTORIAL, DAPHNE, UVICORN, UVICORN_ALONE, NODE_WS, SOCKET_IO, RAW = (
    "tutorial",
    "ours, daphne",
    "ours, uvicorn",
    "ours, 1 uvicorn",
    "node ws",
    "Socket.IO",
    "raw limit",
)
# Processes of the tutorial and of ours. The others are one, as their own pages show them; UVICORN_ALONE stands beside.
IN_PAIRS = 2


@dataclass(frozen=True, slots=True)
class Entrant:
    """One server under test. `talk(members)` makes a dialect for a room of that many people."""

    name: str
    running: list[Process]
    pids: Processes
    talk: Callable[[int], Awaitable[Dialect]]


def tutorial(fleet: Fleet, stores: Stores, *, count: int = IN_PAIRS) -> Entrant:
    """The Channels tutorial chat on daphne processes that share a Redis channel layer. It keeps nothing."""
    running = [
        fleet.start(
            "tutorial",
            python(
                "-m", "daphne", "-v", "0", "-b", "127.0.0.1", "-p", str(port), "bench.anchors.tutorial.asgi:application"
            ),
            {"REDIS_URL": stores.environ["REDIS_URL"]},
            port,
        )
        for port in fleet.reserve(count)
    ]
    wait_until_up(running)
    addresses = [process.address for process in running]

    async def talk(members: int) -> Dialect:
        return Plain(addresses, f"/ws/chat/room{members}/")

    return Entrant(TUTORIAL, running, Processes(tuple(process.pid for process in running), stores.pids), talk)


def raw(fleet: Fleet, _: Stores) -> Entrant:
    """One Python process which writes ready frames to bare sockets."""
    [port] = fleet.reserve(1)
    return _single(RAW, fleet, python("-m", "bench.anchors.raw", "--port", str(port)), port, _plain)


def node_ws(fleet: Fleet, _: Stores) -> Entrant:
    [port] = fleet.reserve(1)
    return _single(NODE_WS, fleet, ["node", "bench/anchors/ws_chat.js", str(port)], port, _plain)


def socket_io(fleet: Fleet, _: Stores) -> Entrant:
    [port] = fleet.reserve(1)
    return _single(
        SOCKET_IO,
        fleet,
        ["node", "bench/anchors/socketio_chat.js", str(port)],
        port,
        lambda address: SocketIO([address]),
    )


def node_packages() -> str | None:
    """Install the Node servers' packages when they are not there yet; a word why not when that cannot be."""
    if not shutil.which("node") or not shutil.which("npm"):
        return "node and npm are not installed"
    if (ROOT / "bench/node_modules/socket.io").is_dir() and (ROOT / "bench/node_modules/ws").is_dir():
        return None
    command = ["npm", "ci", "--prefix", "bench", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else f"npm ci failed: {(done.stderr.strip().splitlines() or ['no reason'])[-1]}"


def _plain(address: tuple[str, int]) -> Dialect:
    return Plain([address], "/")


def _single(
    name: str, fleet: Fleet, argv: list[str], port: int, dialect: Callable[[tuple[str, int]], Dialect]
) -> Entrant:
    process = fleet.start(name.replace(" ", "-"), argv, {}, port)
    wait_until_up([process])

    async def talk(_: int) -> Dialect:
        return dialect(process.address)

    return Entrant(name, [process], Processes((process.pid,)), talk)
