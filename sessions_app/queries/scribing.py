"""What the scribe's page shows: the step that is on, and for whom one can write."""

from django.db.models import QuerySet

from sessions_app.models import Participant, Workshop


def people_to_write_for(workshop: Workshop) -> QuerySet[Participant]:
    """Everybody in WORKSHOP who has a name, by name."""
    there = Participant.objects.filter(workshop=workshop, removed_at=None, admitted_at__isnull=False)
    return there.exclude(name="").order_by("name", "pk")
