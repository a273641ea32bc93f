"""The plans that somebody has kept, as templates beside ours."""

from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext

from sessions_app.blueprints import Blueprint, Meeting, Step
from sessions_app.models import SavedPlan

OWN = "own-"


def own_blueprints(user: User) -> dict[str, Blueprint]:
    """USER's kept plans as templates, the newest first, by their keys (own-7). One query."""
    plans = SavedPlan.objects.filter(user=user, removed_at__isnull=True)
    return {f"{OWN}{plan.pk}": _blueprint(plan) for plan in plans}


def removed_plan(user: User, pk: str) -> SavedPlan | None:
    """The plan with this number if USER has taken it away, so that it can be put back."""
    if not pk.isdecimal() or len(pk) > 18:
        return None
    return SavedPlan.objects.filter(user=user, pk=pk, removed_at__isnull=False).first()


def _blueprint(plan: SavedPlan) -> Blueprint:
    meetings = tuple(
        Meeting(
            meeting["title"],
            tuple(_step(step) for step in meeting["steps"]),
            after=meeting["after"],
            lasts=meeting["minutes"],
        )
        for meeting in plan.meetings
    )
    return Blueprint(f"{OWN}{plan.pk}", plan.name, gettext("A plan that you have kept."), meetings, own=plan.pk)


def _step(kept: dict[str, Any]) -> Step:
    return Step(**{**kept, "stages": tuple(kept["stages"]), "mechanisms": tuple(kept["mechanisms"])})
