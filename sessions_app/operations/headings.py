"""Sort cards under headings: put a card there, make a heading, write it in other words, take it away."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sessions_app import clock, events
from sessions_app.errors import BadText, Closed, NotAllowed, NotFound, Refused
from sessions_app.headings import EVER, LIMIT, MOST, OPTION, headings_of, title_of, titles_of
from sessions_app.kinds import kind_of
from sessions_app.models import Activity, Contribution, Dialogue, Identity
from sessions_app.operations.contributions import is_own
from sessions_app.policy import Actor, require
from sessions_app.text import clean_line
from sessions_app.verbs import Verb

GONE = _("That heading is not there any more. Choose another one; the card is where it was.")
OVER = _("This step is over, so the cards stay where they are.")


def file_under(*, contribution: Contribution, actor: Actor, heading: int | None) -> Contribution:
    """Put a card under HEADING, or (None) back to those that are not sorted. The last press wins.

    Refuses with NotFound, NotAllowed, Closed, or BadText when the heading is gone or was never there.
    """
    require(actor, "contribution.file", contribution)
    with _locked(contribution.dialogue) as activity:
        contribution.refresh_from_db(fields=["heading", "withdrawn_at", "anonymous_token"])
        may_be_sorted(contribution, actor)
        if heading is not None and not title_of(activity, heading):
            raise BadText(GONE, field="heading")
        before = contribution.heading
        if before != heading:
            contribution.heading = heading
            contribution.save(update_fields=["heading"])
            told = {"heading": heading, "heading_before": before}
            _record(Verb.CONTRIBUTION_FILED, contribution.dialogue, actor, contribution, **told)
    return contribution


def file_under_new(*, contribution: Contribution, actor: Actor, title: str) -> Contribution:
    """Make a heading and put a card under it, both or neither: nobody sees the one without the other."""
    with transaction.atomic():
        heading = add_heading(dialogue=contribution.dialogue, actor=actor, title=title)
        return file_under(contribution=contribution, actor=actor, heading=heading)


def file_beside(*, contribution: Contribution, actor: Actor, other: Contribution) -> Contribution:
    """Put a card with OTHER, which is like it: under its heading, or with it under a new one that says they are alike.

    Whoever finds a better heading for both rewords it. Refuses as file_under does.
    """
    require(actor, "contribution.file", other)
    with _locked(contribution.dialogue) as activity:
        other.refresh_from_db(fields=["heading", "withdrawn_at"])
        if other.dialogue_id != contribution.dialogue_id or other.pk == contribution.pk or other.is_withdrawn:
            raise BadText(_("That card is not there any more. Choose another one."), field="beside")
        heading = other.heading
        if heading is None or not title_of(activity, heading):
            heading = add_heading(dialogue=contribution.dialogue, actor=actor, title=_alike(activity))
            file_under(contribution=other, actor=actor, heading=heading)
        return file_under(contribution=contribution, actor=actor, heading=heading)


def _alike(activity: Activity) -> str:
    """A title that no other heading has; nobody's words, since theirs may be taken back."""
    titles = (gettext("Alike %(number)d") % {"number": number} for number in range(1, EVER + 2))
    return next(title for title in titles if _place_of(activity, title) is None)


def may_be_sorted(contribution: Contribution, actor: Actor) -> None:
    """Raise what file_under would refuse whatever the heading: NotFound, NotAllowed or Closed."""
    activity = contribution.dialogue.activity
    if activity.is_hidden and not is_own(contribution, actor.participant):
        raise NotFound
    _check(activity)
    if contribution.is_withdrawn:
        raise Closed(_("These words have been taken back already."))


def may_have_headings(dialogue: Dialogue) -> None:
    """Raise what every operation on the headings of DIALOGUE would refuse: NotAllowed or Closed."""
    _check(dialogue.activity)


def add_heading(*, dialogue: Dialogue, actor: Actor, title: str) -> int:
    """Make a heading and return its place. Two people who want the same one get the same."""
    require(actor, "dialogue.sort", dialogue)
    words = _clean(title)
    with _locked(dialogue) as activity:
        _check(activity)
        if (already := _place_of(activity, words)) is not None:
            return already
        titles = titles_of(activity)
        if len(headings_of(activity)) >= MOST or len(titles) >= EVER:
            raise Refused(_("There are so many headings already. Use one of them, or empty one first."), field="title")
        _keep(activity, [*titles, words])
        _record(Verb.HEADING_ADDED, dialogue, actor, heading=len(titles))
    return len(titles)


def rename_heading(*, dialogue: Dialogue, actor: Actor, heading: int, title: str) -> None:
    """Write a heading in other words. Its cards stay under it."""
    require(actor, "dialogue.reword_headings", dialogue)
    words = _clean(title)
    with _locked(dialogue) as activity:
        _check(activity)
        titles = _with(activity, heading)
        if _place_of(activity, words) not in {None, heading}:
            raise BadText(_("There is a heading with these words already."), field="title")
        if titles[heading] != words:
            titles[heading] = words
            _keep(activity, titles)
            _record(Verb.HEADING_RENAMED, dialogue, actor, heading=heading)


def remove_heading(*, dialogue: Dialogue, actor: Actor, heading: int) -> None:
    """Take a heading away. Its cards go back to those that are not sorted; its place is never given to another."""
    require(actor, "dialogue.reword_headings", dialogue)
    with _locked(dialogue) as activity:
        _check(activity)
        titles = _with(activity, heading)
        titles[heading] = ""
        _keep(activity, titles)
        Contribution.objects.filter(dialogue=dialogue, heading=heading).update(heading=None)
        _record(Verb.HEADING_REMOVED, dialogue, actor, heading=heading)


@contextmanager
def _locked(dialogue: Dialogue) -> Iterator[Activity]:
    """The activity of DIALOGUE as it is now, with its workshop locked until the block ends."""
    with transaction.atomic():
        workshop = events.lock(dialogue.activity.workshop_id)
        dialogue.activity.refresh_from_db()
        dialogue.activity.workshop = workshop
        yield dialogue.activity


def _check(activity: Activity) -> None:
    if kind_of(activity.kind).headings != "sorted":
        raise NotAllowed(_("Nothing is sorted in this step."))
    if activity.is_hidden:
        raise NotAllowed(_("The cards still lie face down. They can be sorted once they are turned over."))
    if not activity.is_open(clock.now()):
        raise Closed(OVER)


def _clean(title: str) -> str:
    try:
        return clean_line(title, limit=LIMIT)
    except Refused as trouble:
        trouble.field = "title"
        raise


def _place_of(activity: Activity, words: str) -> int | None:
    return next((place for place, title in headings_of(activity) if title.casefold() == words.casefold()), None)


def _with(activity: Activity, heading: int) -> list[str]:
    if not title_of(activity, heading):
        raise BadText(_("That heading is not there any more."), field="heading")
    return titles_of(activity)


def _keep(activity: Activity, titles: list[str]) -> None:
    activity.options = {**activity.options, OPTION: titles}
    activity.save(update_fields=["options"])


def _record(
    verb: Verb, dialogue: Dialogue, actor: Actor, contribution: Contribution | None = None, **data: Any
) -> None:
    """Where nobody can know who said what, nobody can know who sorted it either."""
    activity = dialogue.activity
    events.record(
        verb,
        workshop_id=activity.workshop_id,
        actor=None if activity.identity == Identity.ANONYMOUS else actor.participant,
        dialogue=dialogue,
        activity=activity,
        contribution=contribution,
        data=data,
    )
