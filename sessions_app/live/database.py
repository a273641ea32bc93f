"""Database work of the live hub: in threads of its own, so that a slow query never freezes a socket."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import connections

Given = ParamSpec("Given")
Result = TypeVar("Result")
_threads = ThreadPoolExecutor(max_workers=3, thread_name_prefix="live")


async def in_thread(read: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
    """Run READ in one of the hub's threads and give its connection back to the pool afterwards."""
    return await asyncio.get_running_loop().run_in_executor(_threads, partial(_clean, partial(read, *args, **kwargs)))


def _clean(read: Callable[[], Result]) -> Result:
    try:
        return read()
    finally:
        connections.close_all()
