"""What came of an answer by mail: posted, with a way to change it; or not posted, and why. Once for each."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions_app import clock
from sessions_app.models import Contribution, Dialogue, Frequency, Notice, Participant, ReturnedWords, Workshop
from sessions_app.queries.promises import promise_of
from sessions_app.reasons.base import Due, Mail, Quoted, Reason

FILES = "files"
# Why an answer was not posted: what we say first, and what can be done.
NOT_POSTED: dict[str, tuple[str | Promise, str | Promise]] = {
    "over": (
        gettext_lazy("This workshop is over."),
        gettext_lazy("Your answer came after that, so we could not post it."),
    ),
    "closed": (
        gettext_lazy("This question has closed."),
        gettext_lazy("Your answer came after that, so we could not post it."),
    ),
    "empty": (
        gettext_lazy("We found no words of yours in your mail."),
        gettext_lazy("Write above the mail that you answer, and send it again."),
    ),
    FILES: (
        gettext_lazy("There were no words in your mail, only a file."),
        gettext_lazy("We can take words, but no files or pictures. Tell us in words what they show."),
    ),
    "too_long": (
        gettext_lazy("Your answer is longer than we can take."),
        gettext_lazy("Make it shorter, or send it in two mails."),
    ),
    "too_big": (
        gettext_lazy("Your mail is too big for us to read."),
        gettext_lazy("Send the words again without the files or pictures."),
    ),
    "bad_text": (
        gettext_lazy("There are signs in your mail that we can't keep."),
        gettext_lazy("Answer on the page instead."),
    ),
    "anonymous": (
        gettext_lazy("This question can't be answered by mail."),
        gettext_lazy("Nobody may know who answers it, and a mail says who wrote it."),
    ),
    "page": (
        gettext_lazy("This question can't be answered by mail."),
        gettext_lazy("It asks for more than words. Answer on the page."),
    ),
    "other_address": (
        gettext_lazy("An answer for you came from an address that we do not know."),
        gettext_lazy("We did not post it. If it was yours, send it from this address here."),
    ),
    "too_fast": (
        gettext_lazy("Many mails came from you in a few minutes."),
        gettext_lazy("We did not post the last one. Wait a little, then send it again."),
    ),
}


RETURNED = frozenset({"over", "closed", "page", "too_long", "too_fast"})  # in these cases the words go back


class _Replied(Reason):
    """An operation makes it, when a mail has come in; so it goes out at any hour, and to whoever wrote."""

    stop = ""
    is_urgent = True
    counts = False
    only_if = frozenset(Frequency.values)

    @classmethod
    def due(cls, workshop: Workshop, people: list[Participant], now: datetime) -> Iterable[Due]:
        return ()


class ReplyPosted(_Replied):
    key = "reply_posted"
    name = gettext_lazy("We posted an answer that came by mail")

    @classmethod
    def subject(cls, contribution: Contribution, *, has_files: bool) -> str:
        return f"{contribution.pk}:{FILES}" if has_files else str(contribution.pk)

    @classmethod
    def mail(cls, notice: Notice) -> Mail | None:
        number, _sign, files = notice.subject.partition(":")
        found = Contribution.objects.select_related("dialogue__activity", "author")
        row = found.filter(pk=uuid.UUID(number), author=notice.participant_id, withdrawn_at=None).first()
        if row is None:
            return None
        activity = row.dialogue.activity
        lines = [_("We took it from your mail, without what you quoted."), promise_of(activity)]
        if files:
            lines.append(_("We can take words, but no files or pictures. Those were left out."))
        # Facilitators may look at this mail, and what lies face down is not theirs to read either.
        quoted = () if activity.is_hidden else (Quoted(row.body, notice.participant.name, row.language),)
        return Mail(
            subject=_("We posted this for you"),
            title=_("We posted this for you."),
            lines=tuple(lines),
            quotes=quoted,
            button=_("Change it or take it back"),
            path=reverse("change_contribution", args=[row.pk]),
        )


class ReplyNotPosted(_Replied):
    key = "reply_not_posted"
    name = gettext_lazy("We could not post an answer that came by mail")
    outlives = True

    @classmethod
    def subject(cls, why: str, dialogue: Dialogue, mail: str) -> str:
        """MAIL tells this mail from others; the same one is answered once."""
        return f"{why}:{dialogue.pk}:{mail[:24]}"

    @classmethod
    def mail(cls, notice: Notice) -> Mail | None:
        why, number, _mail = notice.subject.split(":")
        found = Dialogue.objects.select_related("activity").filter(activity__workshop=notice.workshop_id)
        dialogue = found.filter(pk=int(number)).first()
        if dialogue is None or why not in NOT_POSTED:
            return None
        activity = dialogue.activity
        activity.workshop = notice.workshop
        what, then = NOT_POSTED[why]
        is_open = activity.is_open(clock.now())
        return Mail(
            subject=_("Not posted: %(question)s") % {"question": activity.prompt or activity.title},
            title=str(what),
            lines=(str(then),),
            button=_("Answer on the page") if is_open else _("Read what was said"),
            path=f"{reverse('thread', args=[dialogue.pk])}{'#write' if is_open else ''}",
        )

    @classmethod
    def for_its_reader(cls, notice: Notice, mail: Mail) -> Mail:
        kept = ReturnedWords.objects.filter(notice=notice).first()
        if kept is None:
            return mail
        lines = (*mail.lines, _("Here are your words again. Nobody else has read them."))
        return replace(mail, lines=lines, quotes=(Quoted(kept.words, notice.participant.name, ""),))
