"""A mail when one's words came to count, for those who asked for every answer; in the news for those who read these."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eaa.models import Agreement, Evidence, Record
from eaa.queries.uses import Used, uses_since
from eaa.reasons.parts import own_words
from sessions_app.models import Notice, Participant, Workshop
from sessions_app.reasons.base import Due, Mail, Reason

SETTLES = timedelta(hours=1)  # what was just settled may yet be put right
GOES_FOR = timedelta(days=2)


class WordsUsed(Reason):
    """Once for each place in which one's words stand."""

    key = "words_used"
    name = gettext_lazy("Your words were used")
    stop = "words"
    only_if = frozenset({"everything"})

    @classmethod
    def due(cls, workshop: Workshop, people: list[Participant], now: datetime) -> Iterator[Due]:
        known = {person.pk: person for person in people}
        for used in uses_since(workshop, now - GOES_FOR - SETTLES, now):
            if used.person in known:
                at = used.at + SETTLES
                yield Due(known[used.person], used.subject, at, at + GOES_FOR)

    @classmethod
    def topics(cls, workshop: Workshop, subjects: Iterable[str]) -> dict[str, str]:
        wanted = [subject.partition(":") for subject in subjects]
        found = Record.objects.filter(
            workshop=workshop, pk__in=[int(pk) for kind, _c, pk in wanted if kind == "record"]
        )
        agreements = Agreement.objects.filter(
            workshop=workshop, pk__in=[int(pk) for kind, _c, pk in wanted if kind == "agreement"]
        )
        names = {f"record:{record.pk}": record.name for record in found}
        return names | {f"agreement:{pk}": title for pk, title in agreements.values_list("pk", "title")}

    @classmethod
    def mail(cls, notice: Notice) -> Mail | None:
        since = notice.due_at - SETTLES
        for used in uses_since(notice.workshop, since - timedelta(seconds=1), since + GOES_FOR):
            if used.person == notice.participant_id and used.subject == notice.subject:
                return _told(used, notice.participant)
        return None


def _told(used: Used, person: Participant) -> Mail | None:
    words = own_words(_evidence(used.thing), person)
    if not words:
        return None
    named = {"name": used.name}
    return Mail(
        subject=_("Your words were used: %(name)s") % named,
        title=_("Your words were used in “%(name)s”.") % named,
        lines=(),
        quotes=words,
        button=_("See what came of them"),
        path=used.address,
    )


def _evidence(thing: Record | Agreement) -> Iterable[Evidence]:
    if isinstance(thing, Agreement):
        found = Evidence.objects.filter(clause__version__agreement=thing)
        return found.filter(clause__version__number=F("clause__version__agreement__head")).order_by("pk")
    return Evidence.objects.filter(version__record=thing, version__number=thing.head).order_by("pk")
