"""What the group makes of its words: records, agreements, what people learned. Import models from here."""

from eaa.models.agreement import (
    FOUR,
    Agreement,
    AgreementState,
    AgreementVersion,
    Clause,
    Position,
    Scale,
    Signature,
    Statement,
    StatementJoin,
    Suggestion,
    SuggestionState,
)
from eaa.models.coding import CODE_ABOUT, CODE_NAME, Code, Coding, Colour, Judged, Scheme
from eaa.models.commitment import Commitment, CommitmentState
from eaa.models.evidence import Evidence
from eaa.models.learning import Effect, LearningNote, MechanismAnswer, Theme
from eaa.models.outcome import Outcome, OutcomeKind
from eaa.models.record import (
    AssetKind,
    Check,
    CheckAnswer,
    DocumentKind,
    Mechanism,
    Record,
    RecordVersion,
    Shown,
    Status,
)

__all__ = [
    "CODE_ABOUT",
    "CODE_NAME",
    "FOUR",
    "Agreement",
    "AgreementState",
    "AgreementVersion",
    "AssetKind",
    "Check",
    "CheckAnswer",
    "Clause",
    "Code",
    "Coding",
    "Colour",
    "Commitment",
    "CommitmentState",
    "DocumentKind",
    "Effect",
    "Evidence",
    "Judged",
    "LearningNote",
    "Mechanism",
    "MechanismAnswer",
    "Outcome",
    "OutcomeKind",
    "Position",
    "Record",
    "RecordVersion",
    "Scale",
    "Scheme",
    "Shown",
    "Signature",
    "Statement",
    "StatementJoin",
    "Status",
    "Suggestion",
    "SuggestionState",
    "Theme",
]
