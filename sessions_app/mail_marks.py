"""What our own mails say so that a program can find it again in an answer."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

ABOVE = _("Write your answer above this line")
SENDER = "Co-production"


def host() -> str:
    """The name behind the @ in the numbers of our mails."""
    return urlsplit(settings.PUBLIC_URL).hostname or ""
