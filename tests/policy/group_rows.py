"""Who may go where in small groups: Ben (part) sits in this one and takes its notes. More of matrix.py's tables."""

# how  address              out seat staff lobby gone  guest part help scri rese faci
OPEN = """\
GET  groups                 ..  ..   ..    ..    ..    no    no   no   no   ..   ok
POST groups                 ..  ..   ..    ..    ..    no    no   no   no   ..   to
POST find_seat              ..  ..   ..    ..    ..    to    to   to   to   ..   to
GET  group                  ..  ..   ..    ..    ..    ..    ok   ..   ok   ..   ok
GET  group_news             ..  ..   ..    ..    ..    ..    ok   ..   ok   ..   ok
GET  change_group           ..  ..   ..    ..    ..    ..    no   ..   no   ..   ok
POST change_group           ..  ..   ..    ..    ..    ..    no   ..   no   ..   to
POST join_group             ..  ..   ..    ..    ..    to    to   to   to   ..   to
POST note_taker             ..  ..   ..    ..    ..    ..    to   ..   to   ..   to
POST group_notes            ..  ..   ..    ..    ..    ..    to   ..   no   ..   no
"""

CLOSED = """\
GET  groups                 ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST groups                 ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST find_seat              ..  ..   ..    ..    ..    no    no   no   no   ..   no
GET  group                  ..  ..   ..    ..    ..    ..    ok   ..   ok   ..   ok
POST change_group           ..  ..   ..    ..    ..    ..    no   ..   no   ..   no
POST join_group             ..  ..   ..    ..    ..    ..    no   ..   no   ..   no
POST note_taker             ..  ..   ..    ..    ..    ..    no   ..   no   ..   no
POST group_notes            ..  ..   ..    ..    ..    ..    no   ..   no   ..   no
"""

SHOWN_BY = {
    "groups": "groups",
    "find_seat": "room",
    "change_group": "groups",
    "join_group": "room",
    "note_taker": "group",
    "group_notes": "group",
}
