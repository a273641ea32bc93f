"""Why somebody gets a mail about records and agreements; `eaa.wiring` adds these to the product's reasons."""

from eaa.reasons.checks import CheckCloses, CheckWaits
from eaa.reasons.positions import AgreementCloses, PositionWaits
from eaa.reasons.promises import PromiseDue
from eaa.reasons.reviews import ReviewDay
from eaa.reasons.words import WordsUsed

ALL = (CheckWaits, CheckCloses, PositionWaits, AgreementCloses, PromiseDue, ReviewDay, WordsUsed)

__all__ = ["ALL"]
