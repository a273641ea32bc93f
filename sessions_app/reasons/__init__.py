"""Why somebody gets a mail: a registry with one class for each reason. Import `all_reasons` and `reason_of` here."""

from sessions_app.reasons.addresses import ConfirmAddress
from sessions_app.reasons.answers import AnsweredYou
from sessions_app.reasons.base import REASONS, Due, Mail, Reason, all_reasons, reason_of
from sessions_app.reasons.changes import Cancelled, Moved, OnAgain
from sessions_app.reasons.digests import DailyDigest, WeeklyDigest
from sessions_app.reasons.invitations import Invited
from sessions_app.reasons.letters import HostsLetter
from sessions_app.reasons.meetings import DoorsOpen, InAnHour, Missed, Tomorrow
from sessions_app.reasons.questions import ThreadWaits, WindowCloses
from sessions_app.reasons.replies import ReplyNotPosted, ReplyPosted

REASONS.register(Tomorrow, InAnHour, DoorsOpen, Moved, Cancelled, OnAgain, Missed)
REASONS.register(ConfirmAddress, Invited, ThreadWaits, WindowCloses, AnsweredYou, DailyDigest, WeeklyDigest)
REASONS.register(ReplyPosted, ReplyNotPosted)
REASONS.register(HostsLetter)

__all__ = ["REASONS", "Due", "Mail", "Reason", "all_reasons", "reason_of"]
