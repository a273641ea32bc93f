"""The mail that asks whether an address is somebody's own: once for each time that they gave one."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions_app.mail_links import confirm_path, digest_of
from sessions_app.models import Frequency, MailChoice, Notice, Participant, Workshop
from sessions_app.reasons.base import Due, Mail, Reason


class ConfirmAddress(Reason):
    key = "confirm_address"
    name = gettext_lazy("Is this your address?")
    stop = ""
    is_urgent = True
    counts = False
    only_if = frozenset(Frequency.values)

    @classmethod
    def subject(cls, address: str) -> str:
        """A new one each time; it begins with what tells ADDRESS from others without naming it."""
        return f"{digest_of(address)}:{uuid.uuid4().hex}"

    @classmethod
    def address(cls, notice: Notice) -> str:
        """The one that was given then, as long as no other one was given since."""
        found = MailChoice.objects.filter(participant=notice.participant_id).first()
        address = found.asked_address if found is not None else ""
        return address if address and notice.subject.startswith(f"{digest_of(address)}:") else ""

    @classmethod
    def due(cls, workshop: Workshop, people: list[Participant], now: datetime) -> Iterable[Due]:
        return ()  # an operation makes it

    @classmethod
    def mail(cls, notice: Notice) -> Mail | None:
        address = cls.address(notice)
        if not address:
            return None
        return Mail(
            subject=_("Is this your address?"),
            title=_("Is this your address?"),
            lines=(_("Somebody gave it in the workshop. Press the button, and mails come here."),),
            button=_("Yes, send mails here"),
            path=confirm_path(notice.participant, address),
            is_open=False,
        )
