"""What an agreement is called and until when it is open: checked the same wherever it is written."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from eaa.models import Agreement
from sessions_app import clock
from sessions_app.errors import BadText, Refused
from sessions_app.text import clean_body, clean_line

TITLE = 120
LONGEST = timedelta(days=366)


def check_until(until: datetime) -> None:
    now = clock.now()
    if until <= now:
        raise BadText(_("That moment has passed. Choose a later one."), field="day")
    if until > now + LONGEST:
        raise BadText(_("That is more than a year away. Choose an earlier day."), field="day")


def check_review(agreement: Agreement, review_on: date | None, until: datetime | None) -> None:
    """Raise BadText for a day that has passed, or on which people could still answer."""
    if review_on is None:
        return
    if review_on <= agreement.workshop.local(clock.now()).date():
        raise BadText(_("That day has passed. Choose a later one."), field="review_on")
    if until is not None and review_on < agreement.workshop.local(until).date():
        raise BadText(_("People can still answer on that day. Choose a later one to read it again."), field="review_on")


def is_another(until: datetime | None, before: datetime | None) -> bool:
    """Whether UNTIL is another moment than BEFORE: a form knows minutes only."""
    if until is None or before is None:
        return until is not None
    return abs(until - before) >= timedelta(minutes=1)


def clean_title(title: str) -> str:
    return line(title, TITLE, "title")


def line(text: str, limit: int, name: str) -> str:
    """One clean line. What is wrong with it is told of the field NAME."""
    try:
        return clean_line(text, limit=limit)
    except Refused as trouble:
        trouble.field = name
        raise


def body(text: str, limit: int, name: str) -> str:
    """Clean words that nobody has to write. What is wrong with them is told of the field NAME."""
    try:
        return clean_body(text, limit=limit) if text.strip() else ""
    except Refused as trouble:
        trouble.field = name
        raise
