"""Who may go where: the table that every address, every role and every way in is tested against.

Columns: signed out; a seat in another workshop; staff of another workshop; waiting in the lobby; taken out;
guest without a name; participant; helper; scribe; researcher (with the second step of signing in); facilitator.

Answers: ok = the page; to = done, go on; in = sign in first; no = you may see this but not do it (403);
cl = not open now (409); .. = nothing lies here (404), the same as for what does not exist.
"""

from dataclasses import dataclass

from tests.policy import (
    agreement_rows,
    coding_rows,
    export_rows,
    group_rows,
    hall,
    learning_rows,
    mails,
    record_rows,
    shown_by,
    trace_rows,
)

ROLES = ("out", "seat", "staff", "lobby", "gone", "guest", "part", "help", "scri", "rese", "faci")

# A workshop whose meeting is on: the first step is over, the second is on and lies face down, the rest are to come.
OPEN = """
how  address                out seat staff lobby gone  guest part help scri rese faci
GET  front                  ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
POST go                     to  to   to    to    to    to    to   to   to   to   to
GET  door                   ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
POST door                   to  to   to    to    to    to    to   to   to   to   to
GET  poster                 ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
GET  appearance             ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
GET  help                   ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
GET  guide                  ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
GET  accessibility          ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
GET  offline                ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
GET  worker                 ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
POST appearance             to  to   to    to    to    to    to   to   to   to   to
GET  health_live            ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
POST set_language           to  to   to    to    to    to    to   to   to   to   to
GET  workshops              in  in   ok    in    in    in    in   in   in   ok   ok
GET  new_workshop           in  in   ok    in    in    in    in   in   in   ok   ok
POST new_workshop           in  in   to    in    in    in    in   in   in   to   to
POST first_practice         in  in   to    in    in    in    in   in   in   to   to
POST remove_template        in  in   ..    in    in    in    in   in   in   ..   to
GET  workshop               ..  ..   ..    ..    ..    ok    ok   ok   ok   to   ok
GET  change_workshop        ..  ..   ..    ..    ..    no    no   no   no   no   ok
POST change_workshop        ..  ..   ..    ..    ..    no    no   no   no   no   to
POST copy_workshop          ..  ..   ..    ..    ..    no    no   no   no   no   to
POST remove_workshop        ..  ..   ..    ..    ..    no    no   no   no   no   no
GET  close_workshop         ..  ..   ..    ..    ..    no    no   no   no   no   ok
POST close_workshop         ..  ..   ..    ..    ..    no    no   no   no   no   to
GET  people                 ..  ..   ..    ..    ..    ..    ..   ok   ok   ..   ok
POST admit                  ..  ..   ..    ..    ..    ..    ..   to   to   ..   to
GET  roles                  ..  ..   ..    ..    ..    ..    ..   no   no   ..   ok
POST roles                  ..  ..   ..    ..    ..    ..    ..   no   no   ..   to
GET  remove_person          ..  ..   ..    ..    ..    ..    ..   no   no   ..   ok
POST remove_person          ..  ..   ..    ..    ..    ..    ..   no   no   ..   to
GET  lobby                  ..  ..   ..    ok    ..    to    to   to   to   to   to
GET  me                     ..  ..   ..    ..    ..    ok    ok   ok   ok   ok   ok
POST me                     ..  ..   ..    ..    ..    to    to   to   to   to   to
POST research               ..  ..   ..    ..    ..    to    to   to   to   to   to
POST place                  ..  ..   ..    ..    ..    to    to   to   to   to   to
GET  leave                  ..  ..   ..    ..    ..    ok    ok   ok   ok   ok   ok
POST leave                  ..  ..   ..    ..    ..    to    to   to   to   to   to
GET  away                   ..  ..   ..    ..    ..    ok    ok   ok   ok   to   ok
GET  before                 ..  ..   ..    ..    ..    ok    ok   ok   ok   to   ok
GET  needs                  ..  ..   ..    ..    ..    ok    ok   ok   ok   ok   ok
POST needs                  ..  ..   ..    ..    ..    to    to   to   to   to   to
GET  share_workshop         ..  ..   ..    ..    ..    no    no   no   no   no   ok
POST end_practice           ..  ..   ..    ..    ..    no    no   no   no   no   ..
GET  record                 ..  ..   ..    ..    ..    no    no   no   no   ok   ok
GET  record_pictures        ..  ..   ..    ..    ..    no    no   no   no   ok   ok
GET  new_meeting            ..  ..   ..    ..    ..    no    no   no   no   no   ok
POST new_meeting            ..  ..   ..    ..    ..    no    no   no   no   no   to
GET  new_thread             ..  ..   ..    ..    ..    no    no   no   no   no   ok
POST new_thread             ..  ..   ..    ..    ..    no    no   no   no   no   to
GET  plan                   ..  ..   ..    ..    ..    no    no   no   no   ..   ok
GET  change_meeting         ..  ..   ..    ..    ..    no    no   no   no   ..   ok
POST change_meeting         ..  ..   ..    ..    ..    no    no   no   no   ..   to
POST remove_meeting         ..  ..   ..    ..    ..    no    no   no   no   ..   to
POST cancel_meeting         ..  ..   ..    ..    ..    no    no   no   no   ..   to
GET  after                  ..  ..   ..    ..    ..    no    no   no   no   ..   ok
POST after                  ..  ..   ..    ..    ..    no    no   no   no   ..   to
GET  share                  ..  ..   ..    ..    ..    no    no   no   no   ..   ok
POST save_template          ..  ..   ..    ..    ..    no    no   no   no   ..   to
POST practise               ..  ..   ..    ..    ..    no    no   no   no   ..   to
GET  methods                ..  ..   ..    ..    ..    no    no   no   no   ..   ok
POST methods                ..  ..   ..    ..    ..    no    no   no   no   ..   to
GET  new_step               ..  ..   ..    ..    ..    no    no   no   no   ..   ok
POST new_step               ..  ..   ..    ..    ..    no    no   no   no   ..   to
GET  room                   ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
GET  room_earlier           ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
POST controls               ..  ..   ..    ..    ..    no    no   no   no   ..   to
GET  room_news              ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
GET  console                ..  ..   ..    ..    ..    no    no   ok   ok   ..   ok
GET  console_news           ..  ..   ..    ..    ..    no    no   ok   ok   ..   ok
POST send_message           ..  ..   ..    ..    ..    no    no   to   to   ..   to
POST withdraw_message       ..  ..   ..    ..    ..    no    no   no   no   ..   to
POST private_note           ..  ..   ..    ..    ..    no    no   to   to   ..   to
POST hand_over              ..  ..   ..    ..    ..    no    no   no   no   ..   to
POST mirror                 ..  ..   ..    ..    ..    no    no   no   no   ..   to
GET  scribe                 ..  ..   ..    ..    ..    no    no   no   ok   ..   ok
POST scribe                 ..  ..   ..    ..    ..    no    no   no   to   ..   to
GET  own                    ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
POST ask_turn               ..  ..   ..    ..    ..    to    to   to   to   ..   to
POST turn                   ..  ..   ..    ..    ..    no    to   no   to   ..   to
POST signal                 ..  ..   ..    ..    ..    to    to   to   to   ..   to
POST answer_signals         ..  ..   ..    ..    ..    no    no   no   no   ..   to
GET  replay                 ..  ..   ..    ..    ..    no    no   no   no   ..   ok
GET  change_step            ..  ..   ..    ..    ..    no    no   no   no   ..   ok
POST change_step            ..  ..   ..    ..    ..    no    no   no   no   ..   to
POST move_step              ..  ..   ..    ..    ..    no    no   no   no   ..   to
POST minutes                ..  ..   ..    ..    ..    no    no   no   no   ..   to
POST remove_step            ..  ..   ..    ..    ..    no    no   no   no   ..   to
POST window                 ..  ..   ..    ..    ..    no    no   no   no   ..   to
GET  thread                 ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
GET  thread_news            ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
POST bring                  ..  ..   ..    ..    ..    no    no   no   no   ..   to
GET  answer                 ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
POST answer                 ..  ..   ..    ..    ..    to    to   to   to   ..   to
GET  ballots                ..  ..   ..    ..    ..    no    no   no   ok   ..   ok
POST ballots                ..  ..   ..    ..    ..    no    no   no   to   ..   to
GET  objections             ..  ..   ..    ..    ..    no    no   no   no   ..   ok
POST objections             ..  ..   ..    ..    ..    no    no   no   no   ..   cl
GET  meant                  ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
POST meant                  ..  ..   ..    ..    ..    no    to   no   to   ..   to
GET  carry                  ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
POST carry                  ..  ..   ..    ..    ..    to    to   to   to   ..   to
POST post                   ..  ..   ..    ..    ..    to    to   to   to   ..   to
GET  headings               ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
POST headings               ..  ..   ..    ..    ..    to    to   to   to   ..   to
GET  file_contribution      ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
POST file_contribution      ..  ..   ..    ..    ..    to    to   to   to   ..   to
GET  change_contribution    ..  ..   ..    ..    ..    no    ok   no   no   ..   no
POST change_contribution    ..  ..   ..    ..    ..    no    to   no   no   ..   no
GET  withdraw_contribution  ..  ..   ..    ..    ..    no    ok   no   no   ..   no
POST withdraw_contribution  ..  ..   ..    ..    ..    no    to   no   no   ..   no
"""

# The same workshop in a state that only some may know of: what is not there for the others is not there at all.
HIDDEN = """
how  address                out seat staff lobby gone  guest part help scri rese faci
GET  thread:to_come         ..  ..   ..    ..    ..    ..    ..   ..   ..   ..   ok
GET  thread_news:to_come    ..  ..   ..    ..    ..    ..    ..   ..   ..   ..   ok
POST post:to_come           ..  ..   ..    ..    ..    ..    ..   ..   ..   ..   cl
POST bring:to_come          ..  ..   ..    ..    ..    ..    ..   ..   ..   ..   to
GET  change_contribution:face_down    ..  ..   ..    ..    ..    ..    ok   ..   ..   ..   ..
GET  file_contribution:face_down      ..  ..   ..    ..    ..    ..    no   ..   ..   ..   ..
POST file_contribution:face_down      ..  ..   ..    ..    ..    ..    no   ..   ..   ..   ..
POST read_aloud:face_down             ..  ..   ..    ..    ..    ..    no   ..   ..   ..   ..
POST withdraw_contribution:face_down  ..  ..   ..    ..    ..    ..    to   ..   ..   ..   ..
"""

# After the workshop has been closed: it can be read, and everybody can still go and take back their yes.
CLOSED = """
how  address                out seat staff lobby gone  guest part help scri rese faci
GET  door                   ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
GET  poster                 ok  ok   ok    ok    ok    ok    ok   ok   ok   ok   ok
GET  workshop               ..  ..   ..    ..    ..    ok    ok   ok   ok   to   ok
GET  change_workshop        ..  ..   ..    ..    ..    no    no   no   no   no   no
POST change_workshop        ..  ..   ..    ..    ..    no    no   no   no   no   no
POST copy_workshop          ..  ..   ..    ..    ..    no    no   no   no   no   no
POST close_workshop         ..  ..   ..    ..    ..    no    no   no   no   no   no
GET  people                 ..  ..   ..    ..    ..    ..    ..   ok   ok   ..   ok
POST admit                  ..  ..   ..    ..    ..    ..    ..   no   no   ..   no
POST roles                  ..  ..   ..    ..    ..    ..    ..   no   no   ..   no
POST remove_person          ..  ..   ..    ..    ..    ..    ..   no   no   ..   no
GET  me                     ..  ..   ..    ..    ..    ok    ok   ok   ok   ok   ok
POST research               ..  ..   ..    ..    ..    to    to   to   to   to   to
POST leave                  ..  ..   ..    ..    ..    to    to   to   to   to   to
GET  away                   ..  ..   ..    ..    ..    ok    ok   ok   ok   to   ok
GET  before                 ..  ..   ..    ..    ..    ok    ok   ok   ok   to   ok
POST needs                  ..  ..   ..    ..    ..    to    to   to   to   to   to
GET  share_workshop         ..  ..   ..    ..    ..    no    no   no   no   no   no
POST end_practice           ..  ..   ..    ..    ..    no    no   no   no   no   no
GET  record                 ..  ..   ..    ..    ..    no    no   no   no   ok   ok
GET  record_pictures        ..  ..   ..    ..    ..    no    no   no   no   ok   ok
POST new_meeting            ..  ..   ..    ..    ..    no    no   no   no   no   no
POST new_thread             ..  ..   ..    ..    ..    no    no   no   no   no   no
GET  plan                   ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST change_meeting         ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST after                  ..  ..   ..    ..    ..    no    no   no   no   ..   no
GET  share                  ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST save_template          ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST practise               ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST methods                ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST new_step               ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST remove_meeting         ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST cancel_meeting         ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST remove_workshop        ..  ..   ..    ..    ..    no    no   no   no   no   no
GET  room                   ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
POST controls               ..  ..   ..    ..    ..    no    no   no   no   ..   no
GET  console                ..  ..   ..    ..    ..    no    no   ok   ok   ..   ok
POST send_message           ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST withdraw_message       ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST private_note           ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST hand_over              ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST mirror                 ..  ..   ..    ..    ..    no    no   no   no   ..   no
GET  scribe                 ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST scribe                 ..  ..   ..    ..    ..    no    no   no   no   ..   no
GET  own                    ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
POST ask_turn               ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST turn                   ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST signal                 ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST answer_signals         ..  ..   ..    ..    ..    no    no   no   no   ..   no
GET  replay                 ..  ..   ..    ..    ..    no    no   no   no   ..   ok
POST change_step            ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST move_step              ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST minutes                ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST remove_step            ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST window                 ..  ..   ..    ..    ..    no    no   no   no   ..   no
GET  thread                 ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
POST bring                  ..  ..   ..    ..    ..    no    no   no   no   ..   no
GET  answer                 ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
POST answer                 ..  ..   ..    ..    ..    no    no   no   no   ..   no
GET  ballots                ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST ballots                ..  ..   ..    ..    ..    no    no   no   no   ..   no
GET  objections             ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST objections             ..  ..   ..    ..    ..    no    no   no   no   ..   no
GET  meant                  ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
POST meant                  ..  ..   ..    ..    ..    no    no   no   no   ..   no
GET  carry                  ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
POST carry                  ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST post                   ..  ..   ..    ..    ..    no    no   no   no   ..   no
GET  headings               ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST headings               ..  ..   ..    ..    ..    no    no   no   no   ..   no
GET  file_contribution      ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST file_contribution      ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST change_contribution    ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST withdraw_contribution  ..  ..   ..    ..    ..    no    no   no   no   ..   no
"""

SOCKETS = """
how    address              out seat staff lobby gone  guest part help scri rese faci
socket room                 ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
socket console              ..  ..   ..    ..    ..    ..    ..   ok   ok   ..   ok
socket screen               ..  ..   ..    ..    ..    ..    ..   ok   ok   ..   ok
socket thread               ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
socket group                ..  ..   ..    ..    ..    ..    ok   ..   ok   ..   ok
"""

MORE = (hall, group_rows, mails, record_rows, agreement_rows, trace_rows, learning_rows, coding_rows, export_rows)
HIDDEN += agreement_rows.HIDDEN + trace_rows.HIDDEN + coding_rows.HIDDEN
OPEN, CLOSED = OPEN + "".join(part.OPEN for part in MORE), CLOSED + "".join(part.CLOSED for part in MORE)
SHOWN_BY = {**shown_by.SHOWN_BY, **{name: page for part in MORE for name, page in part.SHOWN_BY.items()}}
# Addresses outside the table: operators' (their answer depends on no role), and allauth's, tested in tests/security.
ELSEWHERE = {"health_ready"}


@dataclass(frozen=True)
class Row:
    """One line of a table: `state` says which object of its kind is meant, e.g. to_come."""

    how: str
    name: str
    state: str
    answers: dict[str, str]

    @property
    def label(self) -> str:
        return f"{self.how} {self.name}{':' if self.state else ''}{self.state}"


SPACES = ("eaa:",)  # what the names of addresses beside the product begin with


def rows(table: str) -> list[Row]:
    head, *lines = [line.split() for line in table.strip().splitlines()]
    found = []
    for how, address, *answers in lines:
        space, name = address.split(":", 1) if address.startswith(SPACES) else ("", address)
        name, _, state = name.partition(":")
        name = f"{space}:{name}" if space else name
        found.append(Row(how, name, state, dict(zip(head[2:], answers, strict=True))))
    return found
