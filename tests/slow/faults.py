"""Breaking PostgreSQL and Valkey on purpose, and mending them."""

import os
import signal

from django.db import connection, connections

from coproduction.local.servers import LocalServers


class Faults:
    """Use it as a context manager: at its end everything runs again."""

    def __init__(self, servers: LocalServers) -> None:
        self.postgres, self.valkey = servers.postgres, servers.valkey

    def __enter__(self) -> "Faults":
        return self

    def __exit__(self, *_: object) -> None:
        self.wake_valkey()
        if not self.valkey.is_running:
            self.valkey.start()
        if not self.postgres.is_running:
            self.postgres.start()

    def stall_valkey(self) -> None:
        """It keeps its connections and answers nothing."""
        os.kill(self.valkey._process.pid, signal.SIGSTOP)

    def wake_valkey(self) -> None:
        if self.valkey.is_running:
            os.kill(self.valkey._process.pid, signal.SIGCONT)

    def stop_postgres(self, mode: str) -> None:
        """What `pg_ctl stop -m MODE` does. The tests' own connections die too."""
        self.postgres.stop(mode)
        connections.close_all()
        connection.close_pool()
