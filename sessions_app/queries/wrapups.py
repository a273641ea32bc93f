"""What a meeting came to, in three sentences that a facilitator can change; and their own note."""

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sessions_app.kinds.reflection import Reflection
from sessions_app.models import Dialogue, Event, Participant, Place, Session
from sessions_app.models import Reflection as OwnNote
from sessions_app.moments import day_words
from sessions_app.queries.outlines import Section, fresh_outline
from sessions_app.queries.plans import PlannedStep, PlanView
from sessions_app.verbs import Verb


def what_happened(plan: PlanView) -> str:
    """How many took part from where, how much was said about what, what stays open. One query."""
    sentences = [_who_came(plan.session), _what_was_said(plan), *_what_was_chosen(plan), _what_stays_open(plan)]
    return " ".join(filter(None, sentences))


def reflection_of(session: Session, person: Participant) -> str:
    """What PERSON noted for themselves."""
    return OwnNote.objects.filter(session=session, writer=person).values_list("body", flat=True).first() or ""


def looked_back(plan: PlanView) -> list[tuple[PlannedStep, list[Section]]]:
    """What people wrote when they looked back, prompt by prompt, for the facilitators; nothing that lies face down.

    Nobody's name is among it: such a step is anonymous unless a facilitator made it otherwise. Three queries each.
    """
    found = []
    for step in plan.steps:
        if step.kind is not Reflection or not step.said or step.activity.is_hidden:
            continue
        step.activity.workshop, step.activity.session = plan.session.workshop, plan.session
        dialogue = Dialogue(pk=step.dialogue_id, activity=step.activity)
        outline = fresh_outline(dialogue, is_facilitator=True)
        found.append((step, [section for section in outline.sections if section.count] if outline else []))
    return found


def _who_came(session: Session) -> str:
    entered = Event.objects.filter(session=session, verb=Verb.PARTICIPANT_ENTERED)
    found = dict(entered.values_list("data__place").annotate(Count("pk")))
    count = sum(found.values())
    if not count:
        return _("Nobody has come in.")
    places = ", ".join(f"{found[place.value]} {place.label}" for place in Place if place.value in found)
    came = ngettext("%(n)d person took part", "%(n)d people took part", count) % {"n": count}
    return f"{came}: {places}." if places else f"{came}."


def _what_was_said(plan: PlanView) -> str:
    told = [step for step in plan.steps if step.said]
    if not told:
        return _("Nothing was written down.")
    total = sum(step.said for step in told)
    count = ngettext("%(n)d thing was said", "%(n)d things were said", total) % {"n": total}
    questions = ", ".join(f"{step.said} – “{step.activity.prompt or step.activity.title}”" for step in told[:3])
    return f"{count}: {questions}."


def _what_was_chosen(plan: PlanView) -> list[str]:
    return [
        ngettext("%(n)d person answered “%(question)s”.", "%(n)d people answered “%(question)s”.", step.answered)
        % {"n": step.answered, "question": step.activity.prompt or step.activity.title}
        for step in plan.steps
        if step.answered
    ]


def _what_stays_open(plan: PlanView) -> str:
    still = [step.activity for step in plan.steps if step.is_open]
    if not still:
        return ""  # the host may still keep one open, on the same page
    workshop = plan.session.workshop
    return " ".join(
        _("“%(title)s” stays open until %(day)s.")
        % {"title": activity.title, "day": day_words(workshop.local(activity.open_until))}
        for activity in still[:3]
        if activity.open_until
    )
