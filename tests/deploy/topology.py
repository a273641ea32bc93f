"""The processes of docker-compose.yml without containers: nginx with the very same file, web twice, worker, clock."""

import os
import re
import sys
from pathlib import Path
from typing import Any

import yaml

from coproduction.local import nginx as program
from coproduction.local import processes
from tests.e2e.web import ROOT, Web, free_port

CONF = ROOT / "deploy" / "nginx.conf"
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
PLACES = ("body", "proxy", "fastcgi", "uwsgi", "scgi")


def rendered(folder: Path, *, port: int, webs: list[int], files: str) -> str:
    """deploy/nginx.conf with this machine's ports and folders; fails when one of them is not where we look for it."""
    changes = {
        "listen 8080;": f"listen 127.0.0.1:{port};",
        **{
            f"server web{number + 1}:8000 max_fails={fails}": f"server 127.0.0.1:{webs[number]} max_fails={fails}"
            for number in (0, 1)
            for fails in (0, 1)
        },
        "alias /srv/static/;": f"alias {files}/;",
        "pid /tmp/nginx.pid;": f"pid {folder}/nginx.pid;",
        "error_log /dev/stderr crit;": f"error_log {folder}/nginx.log error;",
        "include /etc/nginx/mime.types;": "types { text/css css; text/javascript js; image/svg+xml svg; }",
        "worker_processes auto;": "worker_processes 1;" + ("user root;" if os.geteuid() == 0 else ""),
        **{f"/tmp/nginx-{place};": f"{folder}/{place};" for place in PLACES},
    }
    text = CONF.read_text()
    for old, new in changes.items():
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {CONF.name}"
        text = text.replace(old, new)
    assert not re.search(r"/etc/|/srv/|/tmp/nginx", text)
    return text


class Front:
    """nginx as people see it: an address and a port, as a web process has them."""

    def __init__(self, folder: Path, port: int, webs: list[int], files: str) -> None:
        self.port, self.address = port, f"http://127.0.0.1:{port}"
        self.conf = folder / "nginx.conf"
        self.conf.write_text(rendered(folder, port=port, webs=webs, files=files))
        self.log = folder / "nginx.log"
        self.process: Any = None

    def start(self) -> None:
        found = program.executable()
        assert found is not None, program.SENTENCE
        command = [found, "-p", self.conf.parent, "-c", self.conf, "-e", self.log, "-g", "daemon off;"]
        self.process = processes.spawn(command, log=self.log)


class Topology:
    """Use it as a context manager. `front` is where people come in; `webs` can be restarted."""

    def __init__(self, folder: Path, *, words: tuple[str, ...] = (), **environ: str) -> None:
        self.folder = folder
        port = free_port()
        self.webs: list[Web] = []
        taken = {port}
        for _ in range(2):
            web = Web(folder, taken, PUBLIC_URL=f"http://127.0.0.1:{port}", PROXY_COUNT="1", **environ)
            web.words = words or web.words
            taken.add(web.port)
            self.webs.append(web)
        self.front = Front(folder, port, [web.port for web in self.webs], os.environ["STATIC_ROOT"])
        self.others: dict[str, Any] = {}

    def __enter__(self) -> "Topology":
        try:
            for name in ("worker", "beat"):
                self._spawn(name)
            for web in self.webs:
                web.spawn()
            self.front.start()
            for web in self.webs:
                web.wait_until_it_answers()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for web in self.webs:
            web.stop()
        running = [process for process in (self.front.process, *self.others.values()) if process is not None]
        processes.stop_all(running, seconds=5)

    def _spawn(self, name: str) -> None:
        """Start a service with the words that it has in docker-compose.yml."""
        program, *words = COMPOSE["services"][name]["command"]
        assert program == "celery"
        words = [word.replace("/tmp/", f"{self.folder}/") for word in words]
        command, log = [sys.executable, "-m", program, *words], self.folder / f"{name}.log"
        self.others[name] = processes.spawn(command, log=log, environ=self.webs[0].environ, folder=ROOT)

    def logs(self) -> str:
        return "\n".join(f"{path.name}: {path.read_text()[-3000:]}" for path in sorted(self.folder.glob("*.log")))
