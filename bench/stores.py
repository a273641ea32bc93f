"""A private PostgreSQL and Valkey for one bench run, durable as in production, with statement counts switched on."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench import cpu
from bench.processes import Trouble
from coproduction.local.servers import LocalServers, local_servers
from coproduction.local.trouble import LocalTrouble

# What only opens and closes transactions, and what PostgreSQL asks itself about foreign keys, is no question of ours.
_OURS = """
    FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
    WHERE d.datname = current_database() AND s.toplevel AND s.query !~* '^(begin|commit|rollback|savepoint|release)'
    AND s.query NOT LIKE 'SELECT 1 FROM ONLY %' AND s.query NOT LIKE '%pg_stat_statements%'
"""
_COUNT = f"SELECT coalesce(sum(s.calls), 0)::bigint {_OURS}"
_TOP = f"SELECT s.calls, left(regexp_replace(s.query, '\\s+', ' ', 'g'), 160) {_OURS} ORDER BY s.calls DESC LIMIT 20"


@dataclass(frozen=True, slots=True)
class Stores:
    """The running stores: their addresses for the servers, their process ids for the figures."""

    environ: dict[str, str]
    pids: tuple[int, ...]

    def forget_statements(self) -> None:
        self._ask("SELECT pg_stat_statements_reset()")

    def statements(self) -> int:
        """How many statements the database has run since it was told to forget, without BEGIN, COMMIT and the like."""
        return int(str(self._ask(_COUNT)[0][0]))

    def busiest_statements(self) -> list[tuple[object, ...]]:
        """The most frequent statements, each with its count, to see what a figure is made of."""
        return self._ask(_TOP)

    def _ask(self, question: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.environ["DATABASE_URL"], autocommit=True) as connection:
            return connection.execute(question.encode()).fetchall()


@contextlib.contextmanager
def open_stores(folder: Path) -> Iterator[Stores]:
    """Run both stores for as long as the block lasts. Raises Trouble in plain words."""
    try:
        with local_servers(folder, private=True, throwaway=True) as servers:
            _count_statements(servers)
            mine = {os.getpid()}
            yield Stores(servers.environ, tuple(cpu.family(mine) - mine) if cpu.READABLE else ())
    except LocalTrouble as trouble:
        raise Trouble(str(trouble)) from trouble


def _count_statements(servers: LocalServers) -> None:
    assert servers.postgres is not None
    url = servers.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'")
    servers.postgres.restart("fast")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION pg_stat_statements")
