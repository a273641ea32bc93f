"""Redis as a carrier of hints: what is published or kept here may be lost without harm."""

import json
import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

import redis
from django.conf import settings

logger = logging.getLogger(__name__)
REST_AFTER_FAILURE = 2.0  # seconds without trying Redis again, so that a stalled one delays nobody
Result = TypeVar("Result")
Away = redis.RedisError
Client = redis.Redis

_client: redis.Redis | None = None
_rest_until = 0.0


def publish(channel: str, message: dict[str, Any]) -> None:
    """Send a hint to every hub. Never raises, never waits long."""
    attempt(lambda client: client.publish(channel, json.dumps(message)), None)


def attempt(use: Callable[[redis.Redis], Result], otherwise: Result) -> Result:
    """What USE returns, or OTHERWISE when Redis is away, slow, or has just failed."""
    global _client, _rest_until
    if time.monotonic() < _rest_until:
        return otherwise
    if _client is None:
        _client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5)
    try:
        return use(_client)
    except redis.RedisError as trouble:
        _rest_until = time.monotonic() + REST_AFTER_FAILURE
        logger.warning("redis is away", extra={"trouble": type(trouble).__name__})
        return otherwise
