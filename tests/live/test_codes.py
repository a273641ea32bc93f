"""The codes that close a socket are those of docs/protocol.md, and no others."""

import re
from pathlib import Path

from sessions_app.live import member

PROTOCOL = Path(__file__).resolve().parents[2] / "docs/protocol.md"


def test_the_table_of_the_protocol_holds_every_code_that_is_sent():
    told = {int(code) for code in re.findall(r"^\| (\d{4}) \|", PROTOCOL.read_text(), re.MULTILINE)}
    sent = {value for name, value in vars(member).items() if name.isupper() and isinstance(value, int)}

    assert told == {code for code in sent if 1000 <= code < 5000}
