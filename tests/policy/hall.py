"""The rows of matrix.py that belong to the hall: slips, pack, tablet, screen, paper."""

OPEN = """\
GET  said                   ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
POST said                   to  to   to    to    to    to    to   to   to   to   to
GET  slip                   ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
POST slip                   to  to   to    to    to    to    to   to   to   to   to
GET  slips                  ..  ..   ..    ..    ..    no    no   no   ok   ..   ok
GET  pack                   ..  ..   ..    ..    ..    no    no   no   no   ..   ok
POST pack                   ..  ..   ..    ..    ..    no    no   no   no   ..   to
GET  tablet                 ..  ..   ..    ..    ..    no    no   no   ok   ..   ok
POST tablet                 ..  ..   ..    ..    ..    no    no   no   to   ..   to
GET  screen                 ..  ..   ..    ..    ..    no    no   ok   ok   ..   ok
GET  screen_news            ..  ..   ..    ..    ..    no    no   ok   ok   ..   ok
POST set_screen             ..  ..   ..    ..    ..    no    no   to   to   ..   to
POST tell_of_room           ..  ..   ..    ..    ..    no    no   to   to   ..   to
POST count_paper            ..  ..   ..    ..    ..    no    no   no   to   ..   to
POST read_aloud             ..  ..   ..    ..    ..    no    no   no   to   ..   to
"""

CLOSED = """\
GET  slip                   ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
POST slip                   no  no   no    no    no    no    no   no   no   no   no
GET  slips                  ..  ..   ..    ..    ..    no    no   no   no   ..   no
GET  pack                   ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST pack                   ..  ..   ..    ..    ..    no    no   no   no   ..   no
GET  tablet                 ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST tablet                 ..  ..   ..    ..    ..    no    no   no   no   ..   no
GET  screen                 ..  ..   ..    ..    ..    no    no   ok   ok   ..   ok
POST set_screen             ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST tell_of_room           ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST count_paper            ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST read_aloud             ..  ..   ..    ..    ..    no    no   no   no   ..   no
"""

SHOWN_BY = {
    "said": "said",
    "slip": "slip",
    "pack": "pack",
    "tablet": "tablet",
    "set_screen": "console",
    "tell_of_room": "console",
    "count_paper": "scribe",
    "read_aloud": "scribe",
}
