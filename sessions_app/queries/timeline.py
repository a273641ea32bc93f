"""What was said in a dialogue, ready to be shown: names by identity level, gaps where words were taken back."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from sessions_app import clock
from sessions_app.anonymity import known_token
from sessions_app.headings import list_id, title_of
from sessions_app.kinds import kind_of
from sessions_app.models import Contribution, Dialogue, Group, Identity, Participant, Place, Via
from sessions_app.models.joined import Joined
from sessions_app.moments import when_words
from sessions_app.neighbours import Became

PAGE = 60  # contributions on one page; older ones are a press away
# On paper or aloud, and whether the speaker has said that these are their words.
ROADS = {
    (True, False): gettext_lazy("Written on paper. %(name)s typed it."),
    (True, True): gettext_lazy("Written on paper. %(name)s typed it. Confirmed by the writer."),
    (False, False): gettext_lazy("%(name)s wrote this down."),
    (False, True): gettext_lazy("%(name)s wrote this down. Confirmed by the speaker."),
}
WITH = ("author", "recorded_by", "reply_to__author", "from_group")

COUNTS = """
    SELECT heading, count(*) FILTER (WHERE withdrawn_at IS NULL), count(*) FILTER (WHERE seq < %s)
    FROM sessions_app_contribution WHERE dialogue_id = %s AND uncarried_at IS NULL GROUP BY heading
"""
SPOKEN = """
    SELECT {columns} FROM sessions_app_contribution c
    LEFT JOIN sessions_app_participant p ON p.id = c.author_id
    LEFT JOIN sessions_app_participant r ON r.id = c.recorded_by_id
    LEFT JOIN sessions_app_contribution q ON q.id = c.reply_to_id
    LEFT JOIN sessions_app_participant o ON o.id = q.author_id
    LEFT JOIN sessions_app_group g ON g.id = c.from_group_id
    WHERE c.dialogue_id = %s AND c.id = ANY(%s) AND c.uncarried_at IS NULL ORDER BY c.seq
"""
_spoken = Joined(SPOKEN, c=Contribution, p=Participant, r=Participant, q=Contribution, o=Participant, g=Group)


@dataclass(frozen=True, slots=True)
class Said:
    """One contribution as somebody may see it. Everything a template needs; templates never cause a query."""

    contribution: Contribution
    dialogue_id: int
    is_mine: bool
    can_change: bool
    shows_author: bool
    is_new: bool = False
    said_on: str = ""
    unnamed: bool = False  # brought to a meeting: shown without a name, whatever the level
    heading: str = ""  # the title under which it lies
    list_id: str = ""  # of the list on the page in which it lies
    can_file: bool = False  # whether people may put it under another heading
    is_anonymous: bool = False
    shows_source: bool = False  # whether everybody who gets this may read where it was carried back from
    has_led: bool = False  # whether there is a page that says what the words led to
    became: Became | None = None  # what a host told of one's own words

    @property
    def seq(self) -> int:
        return self.contribution.seq

    @property
    def element_id(self) -> str:
        return f"said-{self.contribution.pk}"

    @property
    def is_from_room(self) -> bool:
        """Told only where names are: the place of what has no name is nobody's business."""
        tells = self.shows_author and not self.unnamed and not self.contribution.is_withdrawn
        return tells and self.contribution.is_from_room

    @property
    def from_group(self) -> str:
        """The small group that carried the words back; not told where nobody can know who wrote, since groups are
        small."""
        group = self.contribution.from_group
        return group.label if group is not None and not self.unnamed and not self.is_anonymous else ""

    @property
    def who(self) -> str:
        author = self.contribution.author
        if self.is_from_room:
            return self.from_group or gettext("From the room")
        if self.contribution.is_withdrawn or not self.shows_author or author is None or self.unnamed:
            return gettext("Someone")
        return author.first_name or gettext("Someone")

    @property
    def initials(self) -> str:
        author, hidden = self.contribution.author, self.contribution.is_withdrawn or self.unnamed
        return "?" if hidden or not self.shows_author or author is None else author.initials

    @property
    def place(self) -> str:
        """Where it was said from; told only with the name, since the one person on the phone would be known by it."""
        return self.contribution.place if self.shows_author and not self.unnamed else ""

    @property
    def place_words(self) -> str:
        return str(Place(self.place).label) if self.place else ""

    @property
    def road_words(self) -> str:
        """By which road the words came, when it was not the person's own hands in the room or the thread."""
        recorder = self.contribution.recorded_by
        if recorder is not None and self.shows_author and not self.unnamed:
            return str(ROADS[self.contribution.via == Via.PAPER, self.is_confirmed]) % {"name": recorder.first_name}
        if self.contribution.via in {Via.EMAIL, Via.TABLET, Via.PAPER}:
            return str(Via(self.contribution.via).label).capitalize()
        return ""

    @property
    def is_confirmed(self) -> bool:
        return self.contribution.confirmed_at is not None

    @property
    def road_icon(self) -> str:
        return "mail" if self.contribution.via == Via.EMAIL else "pen"

    @property
    def can_answer(self) -> bool:
        return self.can_change

    @property
    def answer_address(self) -> str:
        """The place in the thread where these words are answered."""
        return f"{_thread(self.dialogue_id)}?answer={self.contribution.pk}#write"

    @property
    def answers(self) -> str:
        """Whom this answers, if anybody can be named."""
        answered = self.contribution.reply_to
        if answered is None:
            return ""
        if answered.author is None or not self.shows_author or answered.is_withdrawn:
            return gettext("someone")
        return answered.author.first_name


@lru_cache(maxsize=1024)  # asked for with every card that is drawn
def _thread(dialogue_id: int) -> str:
    return reverse("thread", args=[dialogue_id])


def timeline(
    dialogue: Dialogue,
    *,
    viewer: Participant | None = None,
    is_facilitator: bool = False,
    before: int | None = None,
    seen_through: int | None = None,
    limit: int = PAGE,
    among: Q = Q(),
) -> list[Said]:
    """The last LIMIT contributions (below BEFORE, AMONG some) that VIEWER may see, oldest first. One query, two if
    anonymous. While answers lie face down a viewer gets their own, nobody else's.
    """
    found = Contribution.objects.filter(among, dialogue=dialogue, uncarried_at=None).select_related(*WITH)
    token = _token(dialogue, viewer)
    if dialogue.activity.is_hidden:
        if viewer is None:
            return []
        found = found.filter(anonymous_token=token) if token else found.filter(_kept_by(viewer))
    if before is not None:
        found = found.filter(seq__lt=before)
    rows = list(found.order_by("-seq")[:limit])[::-1]
    return _shown(dialogue, rows, viewer, token, is_facilitator, seen_through)


def newest(dialogues: Iterable[Dialogue], *, after: int, limit: int) -> dict[int, list[Said]]:
    """The last LIMIT contributions above AFTER of each dialogue, oldest first, as everybody may see them. One query."""
    open_ones = {dialogue.pk: dialogue for dialogue in dialogues if not dialogue.activity.is_hidden}
    place = Window(RowNumber(), partition_by="dialogue_id", order_by=F("seq").desc())
    found = Contribution.objects.filter(dialogue__in=list(open_ones), seq__gt=after, uncarried_at=None)
    found = found.select_related(*WITH)
    rows: dict[int, list[Contribution]] = {pk: [] for pk in open_ones}
    for row in found.annotate(from_the_end=place).filter(from_the_end__lte=limit).order_by("seq"):
        rows[row.dialogue_id].append(row)
    return {pk: shown(dialogue, rows[pk], is_facilitator=False) for pk, dialogue in open_ones.items()}


def said_by_ids(dialogue: Dialogue, ids: Iterable[uuid.UUID | None], *, is_facilitator: bool = False) -> list[Said]:
    """Some contributions of DIALOGUE as everybody may see them: none while they lie face down."""
    if dialogue.activity.is_hidden:
        return []
    return shown(dialogue, rows_by_ids(dialogue, ids), is_facilitator=is_facilitator)


def rows_by_ids(dialogue: Dialogue, ids: Iterable[uuid.UUID | None]) -> list[Contribution]:
    """The contributions with these ids and everybody they name, in order. One query."""
    rows = []
    for said, author, recorder, answered, other, group in _spoken.rows([dialogue.pk, [pk for pk in ids if pk]]):
        said.dialogue, said.author, said.recorded_by, said.reply_to = dialogue, author, recorder, answered
        said.from_group = group
        if answered is not None:
            answered.author = other
        rows.append(said)
    return rows


def shown(dialogue: Dialogue, rows: list[Contribution], *, is_facilitator: bool) -> list[Said]:
    """ROWS as everybody of the same tier sees them; nobody's own. Call it only for what lies face up."""
    return _shown(dialogue, rows, None, "", is_facilitator, None)


def ids_that_mention(dialogue: Dialogue, people: set[int | None], answered: set[uuid.UUID | None]) -> set[uuid.UUID]:
    """Contributions that show the name of one of PEOPLE, or answer one of ANSWERED."""
    found = Contribution.objects.filter(dialogue=dialogue).filter(
        Q(author__in=people)
        | Q(recorded_by__in=people)
        | Q(reply_to__author__in=people)
        | Q(reply_to__in=[pk for pk in answered if pk])
    )
    return set(found.values_list("pk", flat=True))


def holds_more_than(dialogue: Dialogue, ids: Iterable[uuid.UUID]) -> bool:
    """Whether something else than these contributions stands in DIALOGUE, or stood there."""
    return Contribution.objects.filter(dialogue=dialogue).exclude(pk__in=ids).exists()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many contributions of a dialogue stand, by their heading; `earlier` are those below a number."""

    by_heading: dict[int | None, int]
    earlier: int

    @property
    def standing(self) -> int:
        return sum(self.by_heading.values())


def counts_of(dialogue: Dialogue, before: int = 0) -> Counts:
    """How many contributions stand there, and how many (also taken back) have a number below BEFORE. One query."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [before, dialogue.pk])
        rows = cursor.fetchall()
    return Counts({heading: standing for heading, standing, _before in rows}, sum(row[2] for row in rows))


def _shown(
    dialogue: Dialogue,
    rows: list[Contribution],
    viewer: Participant | None,
    token: str,
    is_facilitator: bool,
    seen_through: int | None,
) -> list[Said]:
    identity = dialogue.activity.identity
    activity = dialogue.activity
    accepts = activity.is_open(clock.now())
    can_file = accepts and kind_of(activity.kind).headings == "sorted" and not activity.is_hidden
    zone, today = dialogue.activity.workshop.zone, clock.now()
    shows_author = identity == Identity.NAMED or (identity == Identity.GROUP and is_facilitator)
    shown = []
    for row in rows:
        row.dialogue = dialogue  # who holds the words can ask for their step without a query
        by_name = viewer is not None and row.keeper_id == viewer.pk
        is_mine = by_name or (bool(token) and row.anonymous_token == token)
        shown.append(
            Said(
                contribution=row,
                dialogue_id=dialogue.pk,
                is_mine=is_mine,
                can_change=accepts and not row.is_withdrawn,
                shows_author=shows_author,
                said_on=when_words(row.said_at, zone, today),
                is_new=seen_through is not None and row.seq > seen_through and not is_mine,
                heading=title_of(activity, row.heading),
                list_id=list_id(dialogue.pk, activity, row.heading),
                can_file=can_file and not row.is_withdrawn,
                is_anonymous=identity == Identity.ANONYMOUS,
                shows_source=is_facilitator and row.carried_from_id is not None,
            )
        )
    return shown


def _kept_by(viewer: Participant) -> Q:
    """What VIEWER wrote under their name, or typed for someone who is not named."""
    return Q(author=viewer, anonymous_token="") | Q(author=None, recorded_by=viewer)


def _token(dialogue: Dialogue, viewer: Participant | None) -> str:
    if viewer is None or dialogue.activity.identity != Identity.ANONYMOUS:
        return ""
    return known_token(dialogue.activity, viewer)
