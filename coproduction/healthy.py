"""Does the web process of this machine answer? python -m coproduction.healthy --port 8000; exit code 0 or 1.

For container health checks and for scripts that restart one process after the other; it needs no Django.
"""

import argparse
import http.client
import os
import sys
from urllib.parse import urlsplit


def answer(port: int, path: str) -> tuple[int, str]:
    """Status and text. The site's own name is said, since others are refused."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", path, headers={"Host": urlsplit(os.environ.get("PUBLIC_URL", "")).netloc or "127.0.0.1"})
        got = line.getresponse()
        return got.status, got.read(500).decode(errors="replace")
    except (OSError, http.client.HTTPException) as trouble:
        return 0, str(trouble)
    finally:
        line.close()


def main() -> None:
    words = argparse.ArgumentParser(description="Ask the web process how it is.")
    words.add_argument("--port", type=int, default=8000)
    words.add_argument("--ready", action="store_true", help="database, Redis and worker too")
    asked = words.parse_args()
    status, text = answer(asked.port, "/health/ready" if asked.ready else "/health/live")
    if status != 200:
        sys.exit(text)


if __name__ == "__main__":
    main()
