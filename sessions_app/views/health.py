"""Health for load balancers and operators: alive, and ready."""

import time

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from psycopg_pool import PoolTimeout

from sessions_app import hints
from sessions_app.tasks import HEART, HEART_LASTS


@never_cache
@require_GET
def live(request: HttpRequest) -> JsonResponse:
    """This process answers."""
    return JsonResponse({"live": True})


@never_cache
@require_GET
def ready(request: HttpRequest) -> JsonResponse:
    """Database, Redis and a worker are there, and this process stays. 503 names what is not so, and nothing else."""
    parts = {"database": _database(), "redis": _redis(), "worker": _worker(), "staying": _staying(request)}
    return JsonResponse({"ready": all(parts.values()), **parts}, status=200 if all(parts.values()) else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
    except (DatabaseError, PoolTimeout):
        return False
    return True


def _redis() -> bool:
    return bool(hints.attempt(lambda client: client.ping(), False))


def _worker() -> bool:
    beat = hints.attempt(lambda client: client.get(HEART), None)
    return beat is not None and time.time() - int(beat) <= HEART_LASTS


def _staying(request: HttpRequest) -> bool:
    """False once the process has been asked to end (coproduction/departure.py)."""
    return not getattr(request, "scope", {}).get("is_leaving", False)
