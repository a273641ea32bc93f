"""What makes a browser somebody's browser."""

from django.conf import settings
from django.test import Client

from tests.world import World


def cookies_of(world: World, name: str) -> dict[str, str]:
    """What makes a browser the browser of NAME: a staff login for the host, else the device's cookie."""
    if name in world.cookies:
        return {settings.DEVICE_COOKIE: world.cookies[name]}
    return login_of(world[name].participant.user)


def login_of(user) -> dict[str, str]:
    """The login of somebody with an account."""
    client = Client()
    client.force_login(user)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
