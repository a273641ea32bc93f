"""What an operation may refuse, each with a sentence for people; transports only present them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """The base of every refusal. `code` is for programs, `text` for people, `status` for HTTP."""

    code = "refused"
    status = 422
    text = _("That is not possible just now. Nothing you wrote is lost.")

    def __init__(self, text: str | Promise | None = None, *, field: str | None = None) -> None:
        self.field = field
        self.message = text or self.text
        super().__init__(str(self.message))


class NotFound(Refused):
    """Absent and hidden look the same from outside."""

    code, status = "not_found", 404
    text = _("We can't find that. It may have moved, or it is not yours to see.")


class NotAllowed(Refused):
    code, status = "not_allowed", 403
    text = _("That is for the facilitators to do. Ask one of them if you need it.")


class Closed(Refused):
    code, status = "closed", 409
    text = _("This question has closed. Your words are still here: copy them, or ask the facilitator to open it again.")


class Stale(Refused):
    """Somebody else was first: the page showed an older state."""

    code, status = "stale", 409
    text = _("Somebody else was a little faster. Look at what has changed, then press again if you still want to.")


class BadText(Refused):
    code = "bad_text"
    text = _("There are signs in the text that we can't keep. Take them out and send again.")


class TooLong(Refused):
    code = "too_long"
    text = _("That is longer than we can take. Make it shorter, or send it in two parts.")


class TooFast(Refused):
    code, status = "too_fast", 429
    text = _("That was very quick. Wait a few seconds and press again; your words are still here.")
