"""The cards beside which another one could lie."""

from sessions_app.models import Contribution
from sessions_app.text import shortened

MOST = 200
LONGEST = 70  # signs of each that are shown


def cards_beside(contribution: Contribution) -> list[tuple[str, str, str]]:
    """The other cards of its dialogue: number, first words, and their language. One query."""
    others = Contribution.objects.filter(dialogue=contribution.dialogue_id, withdrawn_at__isnull=True)
    found = others.exclude(pk=contribution.pk).order_by("seq").values_list("pk", "body", "language")[:MOST]
    return [(str(pk), shortened(body, LONGEST), language) for pk, body, language in found]
