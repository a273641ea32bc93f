"""Only events.py writes the log and announces; transports call operations and write nothing themselves."""

from pathlib import Path

from tests.architecture.sources import ROOT, calls, files

PRODUCT = ("sessions_app", "eaa", "coproduction")
DOOR = Path("sessions_app/events.py")
# What is said over Redis beside the news, and may be lost: a seat or a login has ended, a table has changed.
PUBLISHERS = {
    DOOR,
    Path("sessions_app/accounts.py"),
    Path("sessions_app/operations/devices.py"),
    Path("sessions_app/live/presence.py"),
}
TRANSPORTS = (
    "sessions_app/views",
    "sessions_app/live/socket.py",
    "sessions_app/tasks.py",
    "sessions_app/templatetags",
)
TABLE_WORK = {"save", "create", "filter", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "raw"}
CHANGES = {"create", "bulk_create", "get_or_create", "update_or_create", "update", "bulk_update", "delete"}


def test_only_the_door_makes_events():
    makers = {
        str(path)
        for path in files(".py", folders=PRODUCT)
        for _, name in calls(path)
        if name.split(".")[-1] == "Event" or ("Event.objects." in name and name.split(".")[-1] in CHANGES)
    }

    # Two modules import asyncio.Event or threading.Event under their own names, which are no log lines.
    assert {name for name in makers if "asyncio.Event(" not in (ROOT / name).read_text()} == {str(DOOR)}


def test_only_the_door_and_the_kicks_publish():
    publishers = {
        path
        for path in files(".py", folders=PRODUCT)
        for _, name in calls(path)
        if name.split(".")[-1] == "publish" and path != Path("sessions_app/hints.py")
    }

    assert publishers == PUBLISHERS


def test_nothing_else_speaks_to_redis():
    speakers = {str(path) for path in files(".py", folders=("sessions_app", "eaa")) if imports_redis(path)}

    assert speakers == {"sessions_app/hints.py", "sessions_app/live/hub.py"}


def test_transports_do_no_table_work():
    found = [
        f"{path}:{call.lineno} {name}"
        for path in files(".py", folders=TRANSPORTS)
        for call, name in calls(path)
        if "." in name and name.split(".")[-1] in TABLE_WORK
    ]

    assert found == []


def test_nothing_is_done_by_signals():
    found = [
        f"{path}:{call.lineno}"
        for path in files(".py", folders=PRODUCT)
        for call, name in calls(path)
        if name.split(".")[-1] == "receiver" or name.endswith(("_save.connect", "_delete.connect"))
    ]

    assert found == []


def imports_redis(path: Path) -> bool:
    return any(line.startswith(("import redis", "from redis")) for line in (ROOT / path).read_text().splitlines())
