"""What a person has answered, by purpose; and the question about research as it is worded now."""

from django.db.models import Exists

from sessions_app.models import Consent, Participant, Purpose, ResearchNotice, Role, Workshop


def notice_of(workshop: Workshop) -> ResearchNotice:
    """The newest wording of the research question."""
    return ResearchNotice.objects.filter(workshop=workshop).order_by("-version")[0]


def question_for(person: Participant) -> ResearchNotice | None:
    """The research question, when it is time to ask: the person has a name here, and has not answered yet.

    Whoever leads is not asked while they lead: it would stand in the way of the cards. They find it under “Me”.
    """
    if not person.is_named or Role.FACILITATOR in person.roles or person.workshop.is_practice:
        return None
    answered = Consent.objects.filter(participant=person, purpose=Purpose.RESEARCH)
    asked = ResearchNotice.objects.filter(~Exists(answered), workshop=person.workshop)
    return asked.order_by("-version").first()


def answers_of(person: Participant) -> dict[str, bool]:
    """Purpose -> yes or no; a purpose that was never answered is absent."""
    return {answer.purpose: answer.withdrawn_at is None for answer in Consent.objects.filter(participant=person)}
