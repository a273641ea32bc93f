"""Everything on this machine, with the sample workshop: python -m coproduction.local.demo [--port 8000] [--forget]."""

import argparse
import hashlib
import os
import secrets
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from celery import Celery

from . import catalogues, processes, static_files
from .servers import LocalServers, forget, local_servers, sole_user
from .trouble import LocalTrouble, last_lines

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".local" / "demo"
SECONDS_TO_GET_READY = 90.0
NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))
PEOPLE = ("facilitator", "citizen", "researcher")


class Demo:
    """One run: `prepare`, `start`, `watch`; `children` are the processes to stop, by the name people know them by."""

    def __init__(self, port: int, folder: Path = FOLDER) -> None:
        self.port = port
        self.folder = folder.resolve()
        self.address = f"http://127.0.0.1:{port}"
        self.began = time.monotonic()
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def run(self) -> None:
        """Returns never; raises LocalTrouble, KeyboardInterrupt or SystemExit, with everything stopped by then."""
        with ExitStack() as stack:
            stack.enter_context(processes.signals_end_the_program(interrupt=True))
            stack.enter_context(sole_user(self.folder, "The demo"))
            end_leftovers(self.folder)
            check_port(self.port)
            self.say("Starting PostgreSQL and Valkey.")
            servers = stack.enter_context(local_servers(self.folder / "servers"))
            stack.callback(self.stop)
            environ = self.environ(servers)
            self.prepare(environ)
            note(environ, self.folder / "environ")
            self.fill_and_start(servers, environ)
            self.wait_until_ready()
            self.tell()
            self.watch(servers)

    def environ(self, servers: LocalServers) -> dict[str, str]:
        """What the processes find in their environment."""
        mail = self.folder / "mail"
        mail.mkdir(exist_ok=True)
        return {
            **os.environ,
            **servers.environ,
            "DJANGO_SETTINGS_MODULE": "coproduction.settings",
            "DEMO": "1",
            "SECRET_KEY": secret(self.folder / "secret"),
            "PSEUDONYM_KEY": secret(self.folder / "pseudonyms"),
            "EXPORT_FOLDER": str(self.folder / "exports"),
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            "PUBLIC_URL": self.address,
            "SIGNUP_OPEN": "1",
            "EMAIL_VERIFICATION": "none",
            "MFA_REQUIRED_FOR_RESEARCHERS": "0",
            "EMAIL_BACKEND": "coproduction.local.mail.MailFolder",
            "MAIL_FOLDER": str(mail),
            "PYTHONUNBUFFERED": "1",
        }

    def prepare(self, environ: dict[str, str]) -> None:
        """Texts and static files."""
        catalogues.compile_newer()
        self.say("Collecting pictures, styles and scripts.")
        environ["STATIC_ROOT"] = str(static_files.collected())

    def fill_and_start(self, servers: LocalServers, environ: Mapping[str, str]) -> None:
        """Tables, sample workshop, processes; the processes first when the tables are those of last time."""
        tables = fingerprint_of_tables()
        if servers.postgres and servers.postgres.note == tables:
            self.start(environ)
            self.step("Looking for the sample workshop.", "demo_workshop", environ)
            return
        self.step("Bringing the database up to date.", "migrate", environ, "--no-input", "--verbosity", "0")
        self.step("Loading the sample workshop.", "demo_workshop", environ)
        if servers.postgres:
            servers.postgres.note = tables
        self.start(environ)

    def step(self, sentence: str, command: str, environ: Mapping[str, str], *words: str) -> None:
        """Run one management command to its end."""
        self.say(sentence)
        log = self.log_of(command)
        log.unlink(missing_ok=True)
        python = [sys.executable, "manage.py", command, *words]
        process = self.children[command] = processes.spawn(python, log=log, environ=environ, folder=ROOT)
        if process.wait():
            raise LocalTrouble(
                f"`manage.py {command}` failed. Its log {shown(log)} ends with:\n{last_lines(log)}\n"
                "If the demo's data is in the way, `make clean` deletes it."
            )
        del self.children[command]

    def start(self, environ: Mapping[str, str]) -> None:
        """Start web server, worker and clock."""
        self.say("Starting the web server, the worker and the clock.")
        celery = [sys.executable, "-m", "celery", "-A", "coproduction.celery"]
        alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]  # there is no other worker to talk to
        web = ["coproduction.serve", "--port", str(self.port), "--notice", "0", "--spread", "0"]
        commands = {
            "web server": [sys.executable, "-m", *web],
            "worker": [*celery, "worker", "-c", "1", "-P", "threads", "-l", "WARNING", *alone],
            "clock": [*celery, "beat", "-l", "WARNING", "-s", str(self.folder / "schedule"), "--pidfile="],
        }
        for name, command in commands.items():
            self.log_of(name).unlink(missing_ok=True)
            self.children[name] = processes.spawn(command, log=self.log_of(name), environ=environ, folder=ROOT)
        beat_once(environ.get("CELERY_BROKER_URL") or environ["REDIS_URL"])
        pids_in(self.folder).write_text("\n".join(str(process.pid) for process in self.children.values()))

    def wait_until_ready(self) -> None:
        """Return when the web server says that database, Valkey and worker are there."""
        deadline = time.monotonic() + SECONDS_TO_GET_READY
        answer = "nothing yet"
        while time.monotonic() < deadline:
            self.check_children()
            answer = ready_answer(self.address)
            if answer == "ready":
                return
            time.sleep(0.25)
        raise LocalTrouble(
            f"The demo did not get ready in {SECONDS_TO_GET_READY:.0f} seconds. "
            f"{self.address}/health/ready says: {answer}\nThe logs are in {shown(self.folder)}."
        )

    def tell(self) -> None:
        links = "\n".join(f"  {person:<12} {self.address}/demo/{person}/" for person in PEOPLE)
        print(
            f"\nReady after {time.monotonic() - self.began:.0f} s. Open one of these in a browser:\n\n{links}\n\n"
            f"Mail is not sent: it is in {shown(self.folder / 'mail')}. Logs are in {shown(self.folder)}.\n"
            "Stop everything with Ctrl-C.",
            flush=True,
        )

    def watch(self, servers: LocalServers) -> None:
        """Wait until something stops."""
        while True:
            self.check_children()
            if stopped := servers.stopped():
                raise LocalTrouble(
                    f"{stopped} stopped unexpectedly, so the demo has been stopped. Start it again: make demo"
                )
            time.sleep(0.5)

    def check_children(self) -> None:
        for name, process in self.children.items():
            if process.poll() is not None:
                raise LocalTrouble(
                    f"The {name} stopped unexpectedly, so the demo has been stopped. "
                    f"Its log {shown(self.log_of(name))} ends with:\n{last_lines(self.log_of(name))}"
                )

    def stop(self) -> None:
        processes.stop_all(self.children.values(), seconds=8)

    def log_of(self, name: str) -> Path:
        return self.folder / f"{name.replace(' ', '-')}.log"

    def say(self, sentence: str) -> None:
        print(f"{time.monotonic() - self.began:5.1f} s  {sentence}", flush=True)


def end_leftovers(folder: Path) -> None:
    """End the processes of a run that was killed, where the system has not done so."""
    pids = pids_in(folder)
    if pids.exists():
        for pid in pids.read_text().split():
            processes.stop_leftover(int(pid), "coproduction.")
        pids.unlink()


def pids_in(folder: Path) -> Path:
    return folder / "processes"


def check_port(port: int) -> None:
    """Refuse a port that cannot be used, before anything is started."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise LocalTrouble(
                f"Port {port} is not open to ordinary users. Take one above 1023: make demo PORT=8000"
            ) from error
        except OSError as error:
            raise LocalTrouble(
                f"Port {port} is taken by another program. Start the demo on another one: make demo PORT={port + 1}"
            ) from error


def fingerprint_of_tables() -> str:
    """Changes when a migration of ours or a package that brings its own changes."""
    digest = hashlib.sha256()
    for path in sorted([*ROOT.glob("*/migrations/*.py"), ROOT / "requirements" / "base.txt"]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def beat_once(broker: str) -> None:
    """Ask for the worker's first heartbeat, which the clock would send only after a while."""
    with Celery(broker=broker, set_as_current=False) as app:
        app.send_task("sessions_app.tasks.beat_heart", ignore_result=True)


def ready_answer(address: str) -> str:
    """`ready`, or what the web server says or the network reports instead."""
    try:
        with NO_PROXY.open(f"{address}/health/ready", timeout=5):
            return "ready"
    except urllib.error.HTTPError as error:
        return error.read(500).decode(errors="replace")
    except OSError as error:
        return str(error)


def secret(file: Path) -> str:
    """A key of the demo, made once."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(60))
    return file.read_text()


def note(environ: Mapping[str, str], file: Path) -> None:
    """Keep what differs from our own ENVIRON as lines that a shell reads, for commands beside the demo."""
    file.touch(mode=0o600)
    ours = {name: value for name, value in environ.items() if os.environ.get(name) != value}
    file.write_text("".join(f"{name}={shlex.quote(value)}\n" for name, value in sorted(ours.items())))


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


def delete(folder: Path) -> None:
    """Delete the demo's data, unless it is running."""
    if folder.exists():
        with sole_user(folder, "The demo"):
            end_leftovers(folder)
            forget(folder / "servers")
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    words = argparse.ArgumentParser(description="Run the sample workshop on this machine.")
    words.add_argument("--port", default=os.environ.get("PORT", "8000"))
    words.add_argument("--folder", type=Path, default=FOLDER, help="where its data and logs are")
    words.add_argument("--forget", action="store_true", help="delete the demo's data instead")
    asked = words.parse_args()
    try:
        if asked.forget:
            return delete(asked.folder)
        if not asked.port.isdecimal() or not 0 < int(asked.port) < 65536:
            raise LocalTrouble(f"{asked.port!r} is no port. Give a number from 1024 to 65535: make demo PORT=8000")
        Demo(int(asked.port), asked.folder).run()
    except LocalTrouble as trouble:
        sys.exit(str(trouble))
    except KeyboardInterrupt:
        print("\nStopped.")
    except SystemExit:
        print("Stopped.")
        raise


if __name__ == "__main__":
    main()
