"""The line of our mails above which people write, as it comes back: in whichever language the mail was."""

from functools import cache

from django.conf import settings
from django.utils import translation

from sessions_app.mail_marks import ABOVE


@cache
def above_marks() -> frozenset[str]:
    found = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.add(" ".join(str(ABOVE).split()).strip(" -–—*_").casefold())
    return frozenset(found)
