"""One web process: python -m coproduction.serve --port 8001. SIGTERM lets it end without anybody noticing.

daphne by default; uvicorn with `--server uvicorn` where that is installed.
"""

import argparse
import os
import signal
import socket
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from daphne.server import Server as DaphneServer
from daphne.server import twisted_loop
from django.core.exceptions import ImproperlyConfigured

from coproduction.departure import LONGEST, NOTICE, SPREAD, Departure, Doorway, Server

WAITING = 1024  # connections that the system holds for us while we are busy
LARGEST_FRAME = 64 * 1024  # bytes that a socket may send at once; the product itself takes 4096
# daphne's other limit holds for what it sends as well: a wall of sixty long cards is one message.
LARGEST_MESSAGE = 16 * 1024 * 1024
HEAD_WITHIN = 8  # seconds of silence in the middle of a request's head, or between two requests of one connection
PING, PONG_WITHIN = 20, 30  # seconds; proxies must read at least this long before they give up
Depart = Callable[[Server], Departure]


class Daphne:
    """daphne, whose own way of ending is not asked."""

    def __init__(self, doorway: Doorway, door: socket.socket, depart: Depart) -> None:
        address = f"fd:fileno={door.detach()}"  # daphne copies it and closes this one
        self.inside = DaphneServer(
            doorway,
            [address],
            signal_handlers=False,
            ping_interval=PING,
            ping_timeout=PONG_WITHIN,
            server_name="",
            websocket_max_message_size=LARGEST_MESSAGE,
            websocket_max_frame_size=LARGEST_FRAME,
        )
        self.inside.listen_success = self._listens  # the only place at which daphne shows what listens
        self.ports: list[Any] = []
        self.departure = depart(self)

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            twisted_loop.add_signal_handler(number, self.departure.begin)
        self.inside.run()

    def _listens(self, port: Any) -> None:
        self.ports.append(port)
        self.inside.http_factory.timeOut = HEAD_WITHIN  # it is there only now

    def doors(self) -> list[int]:
        return [port.fileno() for port in self.ports]

    def close_doors(self) -> None:
        for port in self.ports:
            port.stopReading()
            port.connectionLost(None)  # stopListening() would do so one round later, and cut who knocked meanwhile

    def end(self) -> None:
        self.inside.stop()


class Uvicorn:
    """uvicorn, which would close all sockets in the same moment."""

    def __init__(self, doorway: Doorway, door: socket.socket, depart: Depart) -> None:
        try:
            import uvicorn  # noqa: PLC0415  -- need not be installed
        except ImportError:
            sys.exit("uvicorn is not installed here. Install it, or leave out --server uvicorn.")

        self.door = door
        self.inside = uvicorn.Server(
            uvicorn.Config(
                doorway,
                lifespan="off",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                ws="websockets-sansio",
                ws_max_size=LARGEST_FRAME,
                ws_per_message_deflate=False,  # costs every socket a stream, and lets a small frame become a large one
                ws_ping_interval=PING,
                ws_ping_timeout=PONG_WITHIN,
                timeout_graceful_shutdown=int(LONGEST),
            )
        )
        self.departure = depart(self)

    def run(self) -> None:
        self.inside.handle_exit = self._hear  # type: ignore[method-assign]
        self.inside.run(sockets=[self.door])

    def _hear(self, sig: int, frame: FrameType | None) -> None:
        self.departure.begin()  # signals come between two steps of the one thread that runs the loop

    def doors(self) -> list[int]:
        return [self.door.fileno()]

    def close_doors(self) -> None:
        for listener in self.inside.servers:
            listener.close()
        self.door.close()

    def end(self) -> None:
        self.inside.force_exit = self.inside.should_exit
        self.inside.should_exit = True


SERVERS: dict[str, type[Daphne] | type[Uvicorn]] = {"daphne": Daphne, "uvicorn": Uvicorn}


async def send_away(spread: float) -> None:
    from sessions_app.live.hub import Hub  # noqa: PLC0415  -- not before the apps are loaded

    await Hub.here().send_away(spread)


def arguments() -> argparse.Namespace:
    words = argparse.ArgumentParser(description="Run one web process.")
    words.add_argument("--host", default="127.0.0.1")
    words.add_argument("--port", type=int, default=8000)
    words.add_argument("--server", choices=list(SERVERS), default="daphne")
    words.add_argument("--notice", type=float, default=NOTICE, help="seconds of /health/ready saying no before we go")
    words.add_argument("--spread", type=float, default=SPREAD, help="seconds over which sockets move")
    return words.parse_args()


def main() -> None:
    asked = arguments()
    try:
        from coproduction.asgi import application  # noqa: PLC0415  -- reads the settings, which may refuse
    except ImproperlyConfigured as trouble:
        sys.exit(str(trouble))
    try:
        door = socket.create_server((asked.host, asked.port), backlog=WAITING)
    except OSError as trouble:
        sys.exit(f"Nothing can listen on {asked.host}:{asked.port}: {os.strerror(trouble.errno or 0)}.")
    doorway = Doorway(application)
    depart: Depart = lambda server: Departure(doorway, server, send_away, asked.notice, asked.spread)  # noqa: E731
    SERVERS[asked.server](doorway, door, depart).run()


if __name__ == "__main__":
    main()
