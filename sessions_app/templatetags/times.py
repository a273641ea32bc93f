"""Times as template tags. Builtins: no load needed."""

from datetime import datetime

from django import template

from sessions_app import clock, moments
from sessions_app.models import Session, Workshop

register = template.Library()


@register.simple_tag
def meeting_time(session: Session) -> str:
    """When a meeting is, on its workshop's clock."""
    workshop = session.workshop
    return moments.meeting_words(workshop.local(session.starts_at), workshop.local(session.ends_at))


@register.simple_tag
def clock_time(moment: datetime, workshop: Workshop) -> str:
    return moments.clock_words(workshop.local(moment))


@register.simple_tag
def day(moment: datetime, workshop: Workshop) -> str:
    """With the year when it is another one than now."""
    return moments.local_day_words(workshop.local(moment).date(), workshop.local(clock.now()).date())
