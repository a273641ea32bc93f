"""The closed list of event verbs, each with its sentence in the codebook."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Entry:
    """What the codebook says of a verb: one sentence, and which references and data its events carry.

    `sometimes` names those of them that only some events of the verb have.
    """

    sentence: str | Promise
    refers_to: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    sometimes: tuple[str, ...] = ()


class Verb(StrEnum):
    WORKSHOP_CREATED = "workshop.created"
    WORKSHOP_CHANGED = "workshop.changed"
    WORKSHOP_CLOSED = "workshop.closed"
    PARTICIPANT_JOINED = "participant.joined"
    PARTICIPANT_ADMITTED = "participant.admitted"
    PARTICIPANT_RENAMED = "participant.renamed"
    PARTICIPANT_MOVED = "participant.moved"
    PARTICIPANT_ROLES_CHANGED = "participant.roles_changed"
    PARTICIPANT_REMOVED = "participant.removed"
    PARTICIPANT_ENTERED = "participant.entered"
    CONSENT_GIVEN = "consent.given"
    CONSENT_WITHDRAWN = "consent.withdrawn"
    SESSION_PLANNED = "session.planned"
    SESSION_CHANGED = "session.changed"
    SESSION_REMOVED = "session.removed"
    SESSION_CANCELLED = "session.cancelled"
    SESSION_ON_AGAIN = "session.on_again"
    DOORS_OPENED = "session.doors_opened"
    SESSION_STARTED = "session.started"
    SESSION_CLOSED = "session.closed"
    SESSION_SUMMED_UP = "session.summed_up"
    CONTROL_UNDONE = "session.control_undone"
    ACTIVITY_PLANNED = "activity.planned"
    ACTIVITY_CHANGED = "activity.changed"
    ACTIVITY_REMOVED = "activity.removed"
    ACTIVITY_OPENED = "activity.opened"
    ACTIVITY_EXTENDED = "activity.extended"
    ACTIVITY_REVEALED = "activity.revealed"
    ACTIVITY_ASKED_AGAIN = "activity.asked_again"
    ACTIVITY_CLOSED = "activity.closed"
    ACTIVITY_KEPT_OPEN = "activity.kept_open"
    ACTIVITY_ENDED = "activity.ended"
    ACTIVITY_BROUGHT = "activity.brought_to_meeting"
    CONTRIBUTION_POSTED = "contribution.posted"
    CONTRIBUTION_REVISED = "contribution.revised"
    CONTRIBUTION_WITHDRAWN = "contribution.withdrawn"
    CONTRIBUTION_GLOSSED = "contribution.glossed"
    CONTRIBUTION_FILED = "contribution.filed"
    HEADING_ADDED = "heading.added"
    HEADING_RENAMED = "heading.renamed"
    HEADING_REMOVED = "heading.removed"
    ANSWER_GIVEN = "answer.given"
    ANSWER_TAKEN_BACK = "answer.taken_back"
    TURN_ASKED = "turn.asked"
    TURN_WITHDRAWN = "turn.withdrawn"
    TURN_GIVEN = "turn.given"
    TURN_PUT_BACK = "turn.put_back"
    TURN_PROLONGED = "turn.prolonged"
    TURN_ENDED = "turn.ended"
    SIGNAL_RAISED = "signal.raised"
    SIGNAL_TAKEN_BACK = "signal.taken_back"
    SIGNAL_ANSWERED = "signal.answered"
    MESSAGE_SENT = "message.sent"
    MESSAGE_WITHDRAWN = "message.withdrawn"
    SESSION_HANDED_OVER = "session.handed_over"
    MIRROR_SHOWN = "session.mirror_shown"
    MIRROR_HIDDEN = "session.mirror_hidden"
    ANSWER_TAKEN_IN = "answer.taken_in"


STEP = ("activity", "session")
WORDS = ("activity", "dialogue", "contribution")
TURN = ("participant", "session")
SORTED = ("activity", "dialogue")
CODEBOOK: dict[Verb, Entry] = {
    Verb.WORKSHOP_CREATED: Entry(_("A facilitator created the workshop.")),
    Verb.WORKSHOP_CHANGED: Entry(
        _("A facilitator changed the workshop's texts or settings, or threw an empty one away."),
        data=("fields",),
    ),
    Verb.WORKSHOP_CLOSED: Entry(_("A facilitator closed the workshop; nobody can enter or write any more.")),
    Verb.PARTICIPANT_JOINED: Entry(_("A person joined the workshop."), ("participant",), ("roles", "place")),
    Verb.PARTICIPANT_ADMITTED: Entry(_("A person who waited in the lobby was let in."), ("participant",)),
    Verb.PARTICIPANT_RENAMED: Entry(_("A person chose what the group should call them."), ("participant",)),
    Verb.PARTICIPANT_MOVED: Entry(_("A person said where they take part from now on."), ("participant",), ("place",)),
    Verb.PARTICIPANT_ROLES_CHANGED: Entry(_("A person's roles in the workshop changed."), ("participant",), ("roles",)),
    Verb.PARTICIPANT_REMOVED: Entry(_("A person was taken out of the workshop, or left it."), ("participant",)),
    Verb.PARTICIPANT_ENTERED: Entry(
        _("A person came into the room of a meeting (once per person and meeting)."),
        ("participant", "session"),
        ("place",),
    ),
    Verb.CONSENT_GIVEN: Entry(_("A person said yes to a purpose."), ("participant",), ("purpose", "version")),
    Verb.CONSENT_WITHDRAWN: Entry(_("A person said no, or took a yes back."), ("participant",), ("purpose", "version")),
    Verb.SESSION_PLANNED: Entry(
        _("A meeting was planned, or put back after it had been taken off the plan."), ("session",)
    ),
    Verb.SESSION_CHANGED: Entry(_("A planned meeting was changed."), ("session",), ("fields",)),
    Verb.SESSION_REMOVED: Entry(_("A meeting in which nothing had happened was taken off the plan."), ("session",)),
    Verb.SESSION_CANCELLED: Entry(_("A meeting was cancelled before it had begun."), ("session",)),
    Verb.SESSION_ON_AGAIN: Entry(_("A meeting that was cancelled takes place after all."), ("session",)),
    Verb.DOORS_OPENED: Entry(_("The doors of a meeting opened."), ("session",), ("before", "rev")),
    Verb.SESSION_STARTED: Entry(_("A meeting began."), ("session",), ("before", "rev")),
    Verb.SESSION_CLOSED: Entry(_("A meeting ended."), ("session",), ("before", "rev")),
    Verb.SESSION_SUMMED_UP: Entry(_("A facilitator wrote down what happened in a meeting."), ("session",)),
    Verb.CONTROL_UNDONE: Entry(
        _("A facilitator took back the last press of a button in the room."), ("session",), ("undid",)
    ),
    Verb.ACTIVITY_PLANNED: Entry(
        _("A step was added to a run sheet, or a thread was prepared."), STEP, ("kind",), sometimes=("session",)
    ),
    Verb.ACTIVITY_CHANGED: Entry(_("A step was changed or moved."), STEP, ("fields",), sometimes=("session",)),
    Verb.ACTIVITY_REMOVED: Entry(
        _("A step that was never opened was taken off the run sheet."),
        STEP,
        ("kind", "position"),
        sometimes=("session",),
    ),
    Verb.ACTIVITY_OPENED: Entry(
        _("A step opened for answers."), STEP, ("before", "rev"), sometimes=("session", "before", "rev")
    ),
    Verb.ACTIVITY_EXTENDED: Entry(_("A step got more time."), STEP, ("before", "rev", "minutes")),
    Verb.ACTIVITY_REVEALED: Entry(
        _("Face-down answers were turned over."), STEP, ("before", "rev"), sometimes=("session", "before", "rev")
    ),
    Verb.ACTIVITY_ASKED_AGAIN: Entry(
        _("The same question was put once more; earlier answers stay as an earlier round."),
        STEP,
        ("round", "before", "rev"),
        sometimes=("before", "rev"),
    ),
    Verb.ACTIVITY_CLOSED: Entry(_("A step ended in the room."), STEP, ("before", "rev")),
    Verb.ACTIVITY_KEPT_OPEN: Entry(
        _("A step was kept open between the meetings."), STEP, ("until",), sometimes=("session",)
    ),
    Verb.ACTIVITY_ENDED: Entry(_("The time for answering between the meetings ran out."), STEP, sometimes=("session",)),
    Verb.ACTIVITY_BROUGHT: Entry(_("A thread was brought to a meeting as a step of its own."), STEP, ("from",)),
    Verb.CONTRIBUTION_POSTED: Entry(
        _("Somebody's words were put into a dialogue."),
        WORDS,
        ("via", "place", "late", "heading"),
        sometimes=("heading",),
    ),
    Verb.CONTRIBUTION_REVISED: Entry(_("Somebody changed their own words."), WORDS),
    Verb.CONTRIBUTION_WITHDRAWN: Entry(_("Somebody took their own words back."), WORDS),
    Verb.CONTRIBUTION_GLOSSED: Entry(
        _("Somebody wrote a translation beside words, changed it, or took it away."), WORDS
    ),
    Verb.CONTRIBUTION_FILED: Entry(
        _("Somebody put a card under another heading, or under none."), WORDS, ("heading", "heading_before")
    ),
    Verb.HEADING_ADDED: Entry(_("Somebody made a new heading."), SORTED, ("heading",)),
    Verb.HEADING_RENAMED: Entry(_("A facilitator or a scribe wrote a heading in other words."), SORTED, ("heading",)),
    Verb.HEADING_REMOVED: Entry(
        _("A facilitator or a scribe took a heading away; its cards are not sorted any more."), SORTED, ("heading",)
    ),
    Verb.ANSWER_GIVEN: Entry(
        _("Somebody answered by choosing, or changed their answer. What they chose is not in the log."),
        ("activity", "dialogue", "participant"),
        ("round", "via", "place", "late", "first"),
        sometimes=("participant",),
    ),
    Verb.ANSWER_TAKEN_BACK: Entry(
        _("Somebody took their answer back."),
        ("activity", "dialogue", "participant"),
        ("round",),
        sometimes=("participant",),
    ),
    Verb.TURN_ASKED: Entry(_("Somebody asked for the word."), TURN, ("via", "place", "reply")),
    Verb.TURN_WITHDRAWN: Entry(_("Somebody left the line of those who want to speak."), TURN),
    Verb.TURN_GIVEN: Entry(_("Somebody got the word."), TURN),
    Verb.TURN_PUT_BACK: Entry(_("The word was given by mistake: the person is back in the line."), TURN),
    Verb.TURN_PROLONGED: Entry(_("Whoever speaks got more time."), TURN),
    Verb.TURN_ENDED: Entry(_("Somebody finished speaking."), TURN, ("seconds",)),
    Verb.SIGNAL_RAISED: Entry(
        _("Somebody could not follow, or asked for a break or more time. Nobody knows who."), ("session",), ("kind",)
    ),
    Verb.SIGNAL_TAKEN_BACK: Entry(_("Somebody took their own signal back."), ("session",), ("kind",)),
    Verb.SIGNAL_ANSWERED: Entry(_("A facilitator answered all signals of one kind."), ("session",), ("kind",)),
    Verb.MESSAGE_SENT: Entry(
        _("A host sent a message to everybody, or to one person."), TURN, sometimes=("participant",)
    ),
    Verb.MESSAGE_WITHDRAWN: Entry(_("A host took a message back."), TURN, sometimes=("participant",)),
    Verb.SESSION_HANDED_OVER: Entry(_("A host took over a task in the meeting."), TURN, ("task",)),
    Verb.MIRROR_SHOWN: Entry(_("The group was shown how its voices were shared out, without names."), ("session",)),
    Verb.MIRROR_HIDDEN: Entry(_("The picture of how voices were shared out was taken away again."), ("session",)),
    Verb.ANSWER_TAKEN_IN: Entry(
        _("A facilitator noted that an objection was taken in, or that it still stands."),
        ("activity", "dialogue"),
        ("round", "stands"),
    ),
}
