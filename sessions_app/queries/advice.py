"""What is worth a thought about a run sheet. Quiet, never in the way."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sessions_app import clock
from sessions_app.models import Activity, Session, State
from sessions_app.queries.plans import PlanView
from sessions_app.tags import MECHANISMS

BREAK_BY = 45  # minutes in a row without a break
SHORT = 60  # a meeting of an hour can do without one
LONG = 90


@dataclass(frozen=True, slots=True)
class Thought:
    """One piece of advice. `field` names the field of the meeting's form where it can be answered."""

    text: str
    field: str = ""


def advice(plan: PlanView) -> list[Thought]:
    """Everything worth a thought, what the clock says first. Two queries."""
    texts = [_passed(plan.session), *_overlaps(plan.session), _too_full(plan), _too_long(plan), _no_break(plan)]
    texts += [*_no_question(plan), *_mechanisms(plan)]
    thoughts = [Thought(text) for text in texts if text]
    if not plan.session.without_screen and plan.session.is_to_come:
        thoughts.append(Thought(_("Who cannot use this, and how do they take part?"), field="without_screen"))
    return thoughts


def _passed(session: Session) -> str:
    if session.state == State.PLANNED and session.starts_at < clock.now():
        return _("The day of this meeting has passed. Change it if that is not meant.")
    return ""


def _overlaps(session: Session) -> list[str]:
    others = Session.objects.to_come().filter(workshop=session.workshop_id, starts_at__lt=session.ends_at)
    at_once = others.filter(ends_at__gt=session.starts_at).exclude(pk=session.pk)
    return [_("“%(title)s” is at the same time.") % {"title": other.title} for other in at_once[:3]]


def _too_full(plan: PlanView) -> str:
    if plan.is_over:
        return _("The steps take %(total)d minutes, the meeting has %(planned)d.") % {
            "total": plan.total,
            "planned": plan.planned,
        }
    return ""


def _too_long(plan: PlanView) -> str:
    if max(plan.total, plan.planned) > LONG:
        return _("More than 90 minutes is hard for many. Two shorter meetings may be kinder.")
    return ""


def _no_question(plan: PlanView) -> list[str]:
    """Steps from before their kind asked for a question, or from a plan that has none."""
    bare = [step.activity.title for step in plan.steps if step.kind.needs_question and not step.activity.prompt]
    return [_("“%(title)s” has no question yet.") % {"title": title} for title in bare[:3]]


def _no_break(plan: PlanView) -> str:
    if plan.total <= SHORT:
        return ""
    if not any(step.kind.rests for step in plan.steps):
        return _("There is no break. Put one before 45 minutes have gone.")
    run = 0
    for step in plan.steps:
        run = 0 if step.kind.rests else run + step.minutes
        if run > BREAK_BY:
            return _("People sit for more than 45 minutes without a break.")
    return ""


def _mechanisms(plan: PlanView) -> list[str]:
    if not plan.steps:
        return []
    planned = Activity.objects.planned().filter(workshop=plan.session.workshop_id, session__removed_at__isnull=True)
    touched = {key for keys in planned.values_list("mechanisms", flat=True) for key in keys}
    here = {key for step in plan.steps for key in step.activity.mechanisms}
    never = [str(tag.name) for tag in MECHANISMS.tags.values() if tag.key not in touched]
    texts = []
    if "understanding" in touched and "understanding" not in here:
        texts.append(_("Nothing here helps people check that they have understood each other."))
    if never:
        text = ngettext(
            "No meeting of the workshop has a step for this yet: %(names)s.",
            "No meeting of the workshop has a step for these yet: %(names)s.",
            len(never),
        )
        texts.append(text % {"names": ", ".join(never)})
    return texts
