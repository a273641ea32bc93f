"""What a person has answered, by purpose; and the question about research as it is worded now."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from sessions_app.models import Consent, Participant, Purpose, ResearchNotice, Role, Workshop

STANDARD = _("May the researchers read what you write, too? They study how we work together. They never use your name.")


@dataclass(frozen=True, slots=True)
class Notice:
    """The research question as somebody reads it: its words, and the language that they are in."""

    version: int
    text: str
    language: str


def notice_of(workshop: Workshop, language: str = "", version: int | None = None) -> Notice | None:
    """The research question in VERSION (else the newest): the standard one in LANGUAGE (else that of the page).

    None when there never was such a version.
    """
    versions = ResearchNotice.objects.filter(workshop=workshop, **({} if version is None else {"version": version}))
    return _as_read(versions.order_by("-version").first(), language)


def _as_read(found: ResearchNotice | None, language: str = "") -> Notice | None:
    if found is None:
        return None
    if found.text:
        return Notice(found.version, found.text, found.language)
    read_in = language or translation.get_language() or ""
    if read_in not in dict(settings.LANGUAGES):
        read_in = settings.LANGUAGE_CODE
    with translation.override(read_in):
        return Notice(found.version, str(STANDARD), read_in)


def question_for(person: Participant) -> Notice | None:
    """The research question, when it is time to ask: the person has a name here, and has not answered yet.

    Whoever leads is not asked while they lead: it would stand in the way of the cards. They find it under “Me”.
    """
    if not person.is_named or Role.FACILITATOR in person.roles or person.workshop.is_practice:
        return None
    answered = Consent.objects.filter(participant=person, purpose=Purpose.RESEARCH)
    asked = ResearchNotice.objects.filter(~Exists(answered), workshop=person.workshop)
    return _as_read(asked.order_by("-version").first())


def latest_answers(people: QuerySet[Participant], purpose: str) -> dict[int, bool]:
    """Person -> the last yes or no of each of PEOPLE to PURPOSE; who never answered is absent. One query."""
    found = Consent.objects.filter(participant__in=people, purpose=purpose).order_by("pk")
    return {answer.participant_id: answer.withdrawn_at is None for answer in found}


def answers_of(person: Participant) -> dict[str, bool]:
    """Purpose -> yes or no; a purpose that was never answered is absent."""
    return {answer.purpose: answer.withdrawn_at is None for answer in Consent.objects.filter(participant=person)}
