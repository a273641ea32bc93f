"""Who works with whom, by name, as it stands on every screen of the room."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sessions_app.models import Activity, Participant


@dataclass(frozen=True, slots=True)
class Circle:
    """Two, four, or one more."""

    people: tuple[Participant, ...]

    @property
    def names(self) -> list[str]:
        return [person.name or _("Guest") for person in self.people]


def circles_in(activity: Activity) -> tuple[Circle, ...]:
    """The circles of ACTIVITY with those of their people who are still in the workshop. One query, none without."""
    if not activity.circles:
        return ()
    ids = {pk for circle in activity.circles for pk in circle}
    people = Participant.objects.filter(removed_at=None).in_bulk(ids)
    found = [tuple(people[pk] for pk in circle if pk in people) for circle in activity.circles]
    return tuple(Circle(circle) for circle in found if circle)
