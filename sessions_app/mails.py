"""Makes a mail of what a reason says: text and HTML in its reader's language, with links that do one thing each."""

import re
from email.utils import formataddr
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from sessions_app.mail_links import calendar_path, open_key, stop_key
from sessions_app.mail_marks import ABOVE, SENDER
from sessions_app.models import Notice
from sessions_app.reasons import Mail, reason_of
from sessions_app.reasons.base import STOP_WORDS
from sessions_app.text import clean_line, shortened

SUBJECT = 150
NOWHERE = "#"
BLANKS = re.compile(r"\n{3,}")
ONE_CLICK = "List-Unsubscribe=One-Click"


def written(notice: Notice) -> Mail | None:
    """What NOTICE says as things are now, in its reader's language; None when it is not right any more."""
    reason = reason_of(notice.reason)
    with translation.override(notice.participant.language):
        return reason.mail(notice) if reason is not None else None


def for_its_reader(notice: Notice) -> Mail | None:
    """The same, as it leaves: with what nobody else may see."""
    found, reason = written(notice), reason_of(notice.reason)
    if found is None or reason is None:
        return None
    with translation.override(notice.participant.language):
        return reason.for_its_reader(notice, found)


def composed(notice: Notice, mail: Mail, message_id: str, *, is_preview: bool = False) -> EmailMultiAlternatives:
    """MAIL to the person of NOTICE. Nobody's own words get into an address or break a header.

    The links of a preview lead nowhere: they would be another person's.
    """
    person, workshop, reason = notice.participant, notice.workshop, reason_of(notice.reason)
    assert reason is not None  # noqa: S101  -- it has written the mail
    stop = f"{settings.PUBLIC_URL}{reverse('stop_mails', args=[stop_key(person, reason.stop)])}" if reason.stop else ""
    seat = reverse("open_mail", args=[open_key(person)])
    links = {
        "address": _address(mail.path, seat if mail.is_open else ""),
        "detail": _address(mail.detail, seat),
        "stop": stop,
        "calendar": f"{settings.PUBLIC_URL}{calendar_path(person)}" if reason.stop == "meetings" else "",
        "choose": _address(f"{reverse('me', args=[workshop.slug])}#mail-h", seat) if reason.stop else "",
    }
    if is_preview:
        links = {name: NOWHERE if link else "" for name, link in links.items()}
    subject, text, html = _words(notice, mail, {**links, "stop_words": STOP_WORDS.get(reason.stop, ""), "above": ABOVE})
    headers = {
        "Message-ID": message_id,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Content-Language": person.language,
    }
    answers = mail.reply_to if mail.reply_to and not is_preview else workshop.contact_email
    message = EmailMultiAlternatives(
        subject=subject,
        body=text,
        from_email=formataddr((SENDER, settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">").strip())),
        to=[reason.address(notice)],
        reply_to=[answers] if answers else None,
        headers=headers | ({"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": ONE_CLICK} if stop else {}),
    )
    message.attach_alternative(html, "text/html")
    return message


def _words(notice: Notice, mail: Mail, more: dict[str, Any]) -> tuple[str, str, str]:
    """Subject, text and HTML, in the reader's language."""
    person, workshop = notice.participant, notice.workshop
    with translation.override(person.language):
        context = {
            "mail": mail,
            "workshop": workshop,
            "person": person,
            "language": person.language,
            "is_rtl": translation.get_language_bidi(),
            **more,
        }
        subject = clean_line(shortened(f"{workshop.title}: {mail.subject}", SUBJECT), limit=SUBJECT)
        text = render_to_string("mail/notice.txt", context).replace(f"\n{NOWHERE}\n", "\n…\n").strip() + "\n"
        return subject, BLANKS.sub("\n\n", text), render_to_string("mail/notice.html", context)


def _address(path: str, seat: str) -> str:
    """The address of a button that leads to PATH: after one press that takes the SEAT, where there is one."""
    if not path:
        return ""
    return f"{settings.PUBLIC_URL}{seat}?to={quote(path, safe='/')}" if seat else f"{settings.PUBLIC_URL}{path}"
