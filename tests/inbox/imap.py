"""A mailbox with a folder in it, as far as somebody who fetches unread mails sees of IMAP (RFC 3501)."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Folder:
    """Its mails, and the flags of each. `password` is what is wanted; `commands` is what was said."""

    mails: list[bytes] = field(default_factory=list)
    flags: dict[int, set[str]] = field(default_factory=dict)
    password: str = "a secret"
    commands: list[str] = field(default_factory=list)
    port: int = 0

    def unread(self) -> list[int]:
        return [number for number, _mail in enumerate(self.mails, 1) if r"\Seen" not in self.flags.get(number, set())]


class Visit(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.say("* OK ready")
        while line := self.rfile.readline().decode().strip():
            tag, _space, command = line.partition(" ")
            self.server.folder.commands.append(command.split(" ")[0] if command.startswith("LOGIN") else command)
            if not self.answered(tag, command):
                return

    def answered(self, tag: str, command: str) -> bool:
        folder: Folder = self.server.folder
        if command.startswith("LOGIN") and folder.password not in command:
            self.say(f"{tag} NO wrong")
        elif command.startswith("SELECT") and "INBOX" not in command:
            self.say(f"{tag} NO no such folder")
        elif command == "LOGOUT":
            self.say("* BYE", f"{tag} OK")
            return False
        else:
            self.said(command)
            self.say(f"{tag} OK done")
        return True

    def said(self, command: str) -> None:
        folder: Folder = self.server.folder
        if command == "CAPABILITY":
            self.say("* CAPABILITY IMAP4rev1")
        elif command.startswith("SELECT"):
            self.say(f"* {len(folder.mails)} EXISTS")
        elif command.startswith("UID SEARCH UNSEEN"):
            self.say("* SEARCH " + " ".join(map(str, folder.unread())))
        elif found := re.fullmatch(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", command):
            raw = folder.mails[int(found[1]) - 1][: int(found[2])]
            self.say(f"* {found[1]} FETCH (UID {found[1]} BODY[]<0> {{{len(raw)}}}")
            self.wfile.write(raw)
            self.say(")")
        elif found := re.fullmatch(r"UID STORE (\d+) \+FLAGS \((.*)\)", command):
            folder.flags.setdefault(int(found[1]), set()).update(found[2].split())

    def say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())


@contextmanager
def mailbox(*mails: bytes) -> Iterator[Folder]:
    """A folder with MAILS that can be reached at its port."""
    folder = Folder(list(mails))
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Visit) as server:
        server.daemon_threads = True
        server.folder, folder.port = folder, server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield folder
        finally:
            server.shutdown()


def url(folder: Folder, path: str = "INBOX", password: str = "a%20secret") -> str:
    return f"imap://answers:{password}@127.0.0.1:{folder.port}/{path}"
