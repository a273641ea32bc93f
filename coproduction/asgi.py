"""HTTP to Django, sockets to the live hub. Nothing here knows which server runs it."""

import gc
import os

import django
from django.core.handlers.asgi import ASGIHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduction.settings")
django.setup(set_prefix=False)

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402  -- apps must be loaded first
from channels.security.websocket import OriginValidator  # noqa: E402
from django.conf import settings  # noqa: E402

from coproduction.pages import Pages  # noqa: E402
from sessions_app.routing import websocket_urlpatterns  # noqa: E402

pages, files = Pages(), ASGIHandler()
files_below = f"/{settings.STATIC_URL.strip('/')}/"


async def http(scope, receive, send) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001  -- ASGI's own shape
    await (files if scope["path"].startswith(files_below) else pages)(scope, receive, send)


application = ProtocolTypeRouter(
    {"http": http, "websocket": OriginValidator(URLRouter(websocket_urlpatterns), settings.SOCKET_ORIGINS)}
)

# What was loaded until here stays for as long as the process: the collector need not walk through it again and again,
# and a busy room makes so many short-lived objects that the usual 700 would have it run a hundred times a second.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
