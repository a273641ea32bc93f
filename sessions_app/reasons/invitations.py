"""The mail that invites somebody whom a facilitator put on the list: it goes once to each address."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions_app.mail_links import digest_of, invited_path
from sessions_app.models import Frequency, MailChoice, Notice, Participant, Workshop
from sessions_app.reasons.base import Due, Mail, Reason


class Invited(Reason):
    key = "invited"
    name = gettext_lazy("An invitation")
    stop = ""
    counts = False
    only_if = frozenset(Frequency.values)

    @classmethod
    def subject(cls, address: str) -> str:
        """What tells ADDRESS from others without naming it."""
        return digest_of(address)

    @classmethod
    def address(cls, notice: Notice) -> str:
        """The one on the list, as long as nobody said yes or no there, and no other one was given since."""
        found = MailChoice.objects.filter(participant=notice.participant_id).first()
        address = found.asked_address if found is not None else ""
        return address if address and notice.subject == cls.subject(address) else ""

    @classmethod
    def due(cls, workshop: Workshop, people: list[Participant], now: datetime) -> Iterable[Due]:
        return ()  # an operation makes it

    @classmethod
    def mail(cls, notice: Notice) -> Mail | None:
        address, workshop = cls.address(notice), notice.workshop
        if not address:
            return None
        told = {"workshop": workshop.title}
        lines = [workshop.lead] if workshop.lead else []
        return Mail(
            subject=_("Would you like to take part?"),
            title=_("Would you like to take part?"),
            lines=(
                _("A facilitator of “%(workshop)s” asks you.") % told,
                *lines,
                _("Press the button to read what it is about. Then say yes or no. Nothing happens before that."),
            ),
            button=_("Read more, and answer"),
            path=invited_path(notice.participant, address),
            is_open=False,
            note=_("If you do not answer, you get no more mails about it."),
        )
