"""Why this machine must not be started: one sentence for each setting that would leave it open."""

from collections.abc import Iterable

SHORTEST_KEY = 50
FEWEST_SIGNS = 5  # different ones in a key


def troubles(
    *, secret_key: str, public_url: str, allowed_hosts: Iterable[str], is_debug: bool, is_demo: bool
) -> list[str]:
    """What the operator has to put right first; nothing when all is well. Without https a key may be short."""
    is_public = public_url.startswith("https://")
    hosts = set(allowed_hosts)
    found = []
    if not secret_key:
        found.append("SECRET_KEY is empty. Set it to a long random text (50 characters or more).")
    elif is_public and (len(secret_key) < SHORTEST_KEY or len(set(secret_key)) < FEWEST_SIGNS):
        found.append("SECRET_KEY is too easy to guess. Set it to a long random text (50 characters or more).")
    if not public_url.startswith(("https://", "http://")):
        found.append(
            "PUBLIC_URL is no address. Set it to where people find the pages, such as https://workshops.example."
        )
    if hosts & {"*", "."}:
        found.append(
            "ALLOWED_HOSTS must not be *. Name the hosts that the pages are found at, such as workshops.example."
        )
    if is_public and not hosts:
        found.append("ALLOWED_HOSTS is empty. Name the hosts that the pages are found at, such as workshops.example.")
    if is_public and is_debug and not is_demo:
        found.append("DEBUG shows the program's inside to everybody. Switch it off, or use a PUBLIC_URL with http://.")
    return found
