"""What our own mails say so that a program can find it again in an answer."""

from django.utils.translation import gettext_lazy as _

ABOVE = _("Write your answer above this line")
SENDER = "Co-production"
