"""The tables: fields, constraints, querysets, properties of own columns. Nothing here writes elsewhere."""

from sessions_app.models.activity import Activity, AnonymityKey, Identity
from sessions_app.models.contribution import Contribution, Revision, Via
from sessions_app.models.dialogue import Dialogue, Reading
from sessions_app.models.duty import Duty, Task
from sessions_app.models.event import Event
from sessions_app.models.export import Export, ExportDownload, ExportedPerson, ExportState
from sessions_app.models.group import Group, GroupRule, Membership
from sessions_app.models.hall import PaperNotes, Screen, Slip
from sessions_app.models.letter import Letter
from sessions_app.models.message import Message, PrivateNote
from sessions_app.models.notice import Frequency, MailChoice, Notice, NoticeState, ReturnedWords
from sessions_app.models.parked import Parked
from sessions_app.models.participant import Consent, Device, Help, Participant, Place, Purpose, Role, Seat
from sessions_app.models.response import Response
from sessions_app.models.saved_plan import SavedPlan
from sessions_app.models.session import Reflection, Session, Space, State, Time
from sessions_app.models.signal import Signal, SignalKey, SignalKind
from sessions_app.models.tally import Tally
from sessions_app.models.turn import Turn
from sessions_app.models.workshop import ResearchNotice, Workshop

__all__ = [
    "Activity",
    "AnonymityKey",
    "Consent",
    "Contribution",
    "Device",
    "Dialogue",
    "Duty",
    "Event",
    "Export",
    "ExportDownload",
    "ExportState",
    "ExportedPerson",
    "Frequency",
    "Group",
    "GroupRule",
    "Help",
    "Identity",
    "Letter",
    "MailChoice",
    "Membership",
    "Message",
    "Notice",
    "NoticeState",
    "PaperNotes",
    "Parked",
    "Participant",
    "Place",
    "PrivateNote",
    "Purpose",
    "Reading",
    "Reflection",
    "ResearchNotice",
    "Response",
    "ReturnedWords",
    "Revision",
    "Role",
    "SavedPlan",
    "Screen",
    "Seat",
    "Session",
    "Signal",
    "SignalKey",
    "SignalKind",
    "Slip",
    "Space",
    "State",
    "Tally",
    "Task",
    "Time",
    "Turn",
    "Via",
    "Workshop",
]
