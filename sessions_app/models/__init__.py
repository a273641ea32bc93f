"""The tables: fields, constraints, querysets, properties of own columns. Nothing here writes elsewhere."""

from sessions_app.models.activity import Activity, AnonymityKey, Identity
from sessions_app.models.contribution import Contribution, Revision, Via
from sessions_app.models.dialogue import Dialogue, Reading
from sessions_app.models.duty import Duty, Task
from sessions_app.models.event import Event
from sessions_app.models.message import Message, PrivateNote
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
    "Help",
    "Identity",
    "Message",
    "Participant",
    "Place",
    "PrivateNote",
    "Purpose",
    "Reading",
    "Reflection",
    "ResearchNotice",
    "Response",
    "Revision",
    "Role",
    "SavedPlan",
    "Seat",
    "Session",
    "Signal",
    "SignalKey",
    "SignalKind",
    "Space",
    "State",
    "Tally",
    "Task",
    "Time",
    "Turn",
    "Via",
    "Workshop",
]
