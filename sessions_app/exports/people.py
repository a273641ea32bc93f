"""Who is in an export: whoever says yes to research at the moment when it is made. Nobody else, hosts included."""

from dataclasses import dataclass

from sessions_app.models import Consent, Participant, Purpose, Workshop


@dataclass(frozen=True, slots=True)
class People:
    """`included` said yes; `withdrew` had said yes once and took it back; the others never said yes."""

    all: dict[int, Participant]
    included: frozenset[int]
    withdrew: frozenset[int]
    quoted: frozenset[int]

    def shown(self, pk: int | None) -> int | None:
        """PK if the person is in the export, else nobody."""
        return pk if pk in self.included else None


def people_of(workshop: Workshop) -> People:
    """Two queries. The last answer to a purpose counts; who never answered said no."""
    everybody = {
        person.pk: person
        for person in Participant.objects.filter(workshop=workshop).select_related("user").order_by("pk")
    }
    answers: dict[str, dict[int, list[bool]]] = {}
    for answer in Consent.objects.filter(participant__workshop=workshop).order_by("pk"):
        given = answers.setdefault(answer.purpose, {}).setdefault(answer.participant_id, [])
        given.append(answer.withdrawn_at is None)
    research = answers.get(Purpose.RESEARCH, {})
    included = frozenset(pk for pk, given in research.items() if given[-1])
    return People(
        all=everybody,
        included=included,
        withdrew=frozenset(pk for pk, given in research.items() if any(given) and not given[-1]),
        quoted=frozenset(pk for pk, given in answers.get(Purpose.QUOTED, {}).items() if given[-1]) & included,
    )
