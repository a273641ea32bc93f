"""Run as a program with a public server's settings: visits it as a browser would and prints what came back."""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402  -- settings must be there first
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

PROXY = {"HTTP_HOST": "workshops.example", "HTTP_X_FORWARDED_FOR": "192.0.2.7", "HTTP_X_FORWARDED_PROTO": "https"}


def main(code: str, email: str, password: str) -> dict:
    browser = Client(**PROXY)
    front = browser.get(reverse("front"))
    browser.post(reverse("door", args=[code]))
    browser.post(reverse("appearance"), {"size": "100", "spacing": "normal", "theme": "auto", "language": "en"})
    browser.post(reverse("account_login"), {"login": email, "password": password})
    plain = Client(HTTP_HOST="workshops.example", HTTP_X_FORWARDED_FOR="192.0.2.7").get("/d/x/?from=hall")
    return {
        "cookies": {name: dict(cookie) for name, cookie in browser.cookies.items()},
        "names": {"device": settings.DEVICE_COOKIE, "staff": settings.SESSION_COOKIE_NAME},
        "headers": dict(front.headers),
        "plain": {"status": plain.status_code, "to": plain.headers.get("Location"), "headers": dict(plain.headers)},
        "health": Client(HTTP_HOST="workshops.example").get(reverse("health_live")).status_code,
        "demo": Client(**PROXY).get("/demo/facilitator/").status_code,
        "components": Client(**PROXY).get("/components/").status_code,
        "other_host": Client(**(PROXY | {"HTTP_HOST": "evil.example"})).get("/").status_code,
    }


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
