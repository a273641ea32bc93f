"""Every page of ours as each role gets it: the answers to a walk through the table of who may go where."""

import re

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.policy import matrix
from tests.policy.cast import Cast, things
from tests.policy.sending import queries

WORN_OUT = {
    "account_confirm_email": ["no-such-key"],
    "account_reset_password_from_key": ["1", "no-such-key"],
    "mfa_remove_webauthn": [1],
    "mfa_edit_webauthn": [1],
}
# New with every answer; without it a page that is the same for several roles is judged once.
FLEETING = re.compile(r'(?<=nonce=")[^"]*|(?<=csrfmiddlewaretoken" value=")[^"]*|(?<=X-CSRFToken": ")[^"]*')
ID = re.compile(r"\w{8}-\w{4}[-\w]{23}")


def pages(cast: Cast, roles=("out", "guest", "part", "help", "rese", "faci", "lobby")) -> dict[str, str]:
    """Label -> HTML. The same HTML for several roles is kept once."""
    found: dict[str, str] = {}
    _keep_wrong_turns(found, cast)
    for role in roles:
        browser, args = cast.browser(role), things(cast, cast.world)
        for row in matrix.rows(matrix.OPEN):
            if row.how == "GET" and row.answers[role] in {"ok", "no", ".."}:
                address = reverse(row.name, args=args.get(row.name, {"": ()})[""])
                _keep(found, f"{row.name} for {role}", browser.get(address + queries(cast.world).get(row.name, "")))
    host = cast.browser("faci")
    for name in account_pages():
        address = reverse(name, args=WORN_OUT.get(name, []))
        _keep(found, f"{name} for faci", host.get(address, follow=True))
        _keep(found, f"{name} for out", cast.browser("out").get(address, follow=True))
    return found


def account_pages() -> list[str]:
    """Names of the addresses that signing in and its second step bring along."""
    names = [name for name in _names(get_resolver()) if name.startswith(("account_", "mfa_"))]
    assert len(names) > 20
    return sorted(set(names))


def _names(resolver: URLResolver) -> list[str]:
    found: list[str] = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            found += [entry.name] if entry.name else []
        else:
            found += _names(entry)
    return found


def _keep_wrong_turns(found: dict[str, str], cast: Cast) -> None:
    """What people see when something is to be put right, has expired, or is not there."""
    out, host = cast.browser("out"), cast.browser("faci")
    strict = cast.browser("out", enforce_csrf_checks=True)
    slug, session = cast.world.workshop.slug, cast.world.session.pk
    _keep(found, "nothing here", out.get("/nothing/"))
    _keep(found, "a wrong code", out.post(reverse("go"), {"code": "NOSUCH"}))
    _keep(found, "an expired form", strict.post(reverse("go"), {"code": "x", "body": "My words"}))
    _keep(found, "no host of ours", out.get("/", HTTP_HOST="evil.example"))
    _keep(found, "a button's address", host.get(reverse("controls", args=[session])))
    for name, args in (("new_workshop", []), ("new_meeting", [slug]), ("new_step", [session]), ("new_thread", [slug])):
        _keep(found, f"{name}, empty", host.post(reverse(name, args=args), {"kind": "cards"}))


def _keep(found: dict[str, str], label: str, answer) -> None:
    numbers: dict[str, str] = {}  # two things on a page stay two
    html = FLEETING.sub("", answer.content.decode())
    html = ID.sub(lambda match: numbers.setdefault(match[0], f"id{len(numbers)}"), html)
    is_page = answer.headers.get("Content-Type", "").startswith("text/html") and "<html" in html
    if is_page and not (answer.status_code == 404 and "nothing here" in found) and html not in found.values():
        found[label] = html
