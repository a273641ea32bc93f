"""The closed list of event verbs, each with its sentence in the codebook."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sessions_app.verb_names import Verb

__all__ = ["CODEBOOK", "Entry", "Verb"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What the codebook says of a verb: one sentence, and which references and data its events carry.

    `sometimes` names those of them that only some events of the verb have. The replay of what is `discreet` tells
    that it happened, and not of whom.
    """

    sentence: str | Promise
    refers_to: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    sometimes: tuple[str, ...] = ()
    discreet: bool = False


STEP = ("activity", "session")
WORDS = ("activity", "dialogue", "contribution")
TURN = ("participant", "session")
SORTED = ("activity", "dialogue")
GROUP = ("activity", "session", "dialogue")
CODEBOOK: dict[str, Entry] = {
    Verb.WORKSHOP_CREATED: Entry(_("A facilitator created the workshop.")),
    Verb.WORKSHOP_CHANGED: Entry(
        _("A facilitator changed the workshop's texts or settings, or threw an empty one away."), data=("fields",)
    ),
    Verb.WORKSHOP_CLOSED: Entry(_("A facilitator closed the workshop; nobody can enter or write any more.")),
    Verb.PARTICIPANT_JOINED: Entry(_("A person joined the workshop."), ("participant",), ("roles", "place")),
    Verb.PARTICIPANT_LISTED: Entry(
        _("A facilitator put a person on the list of the workshop."), ("participant",), ("roles", "place")
    ),
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
    Verb.ACTIVITY_PAUSED: Entry(_("The clock of a step was stopped for a while."), STEP, ("before", "rev")),
    Verb.ACTIVITY_RESUMED: Entry(_("The clock of a step went on."), STEP, ("before", "rev")),
    Verb.ACTIVITY_EXTENDED: Entry(_("A step got more time."), STEP, ("before", "rev", "minutes")),
    Verb.ACTIVITY_REVEALED: Entry(
        _("Face-down answers were turned over; overrode: before everybody in the hall and online was ready."),
        STEP,
        ("before", "rev", "overrode"),
        sometimes=("session", "before", "rev", "overrode"),
    ),
    Verb.ACTIVITY_PHASE_REACHED: Entry(
        _("A facilitator led the group to another phase of a step."), STEP, ("phase", "before", "rev")
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
    Verb.ACTIVITY_TIMED: Entry(
        _("A step got a time at which it opens by itself, or lost it."),
        STEP,
        ("opens", "until"),
        sometimes=("session", "opens", "until"),
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
    Verb.CONTRIBUTION_CONFIRMED: Entry(_("A speaker checked what was typed for them: that is what they said."), WORDS),
    Verb.CONTRIBUTION_READ_ALOUD: Entry(
        _("Somebody’s words were read aloud in the hall, or the tick was taken away again."), WORDS, ("read",)
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
        _("A host sent a message to everybody or one person, or told of the hall."),
        TURN,
        ("message",),
        sometimes=("participant", "message"),
    ),
    Verb.MESSAGE_WITHDRAWN: Entry(_("A host took a message back."), TURN, sometimes=("participant",)),
    Verb.LETTER_WRITTEN: Entry(_("A facilitator wrote a letter to some people, by mail."), data=("letter",)),
    Verb.LETTER_TAKEN_BACK: Entry(_("A facilitator took a letter back from those who wait for it."), data=("letter",)),
    Verb.SCREEN_SET: Entry(_("A host picked how the room screen looks."), ("session",)),
    Verb.PAPER_COUNTED: Entry(
        _("A scribe said how many notes of paper lie in the hall for a step."), SORTED, ("notes",)
    ),
    Verb.SESSION_HANDED_OVER: Entry(_("A host took over a task in the meeting."), TURN, ("task",)),
    Verb.MIRROR_SHOWN: Entry(_("The group was shown how its voices were shared out, without names."), ("session",)),
    Verb.MIRROR_HIDDEN: Entry(_("The picture of how voices were shared out was taken away again."), ("session",)),
    Verb.ANSWER_TAKEN_IN: Entry(
        _("A facilitator noted that an objection was taken in, or that it still stands."),
        ("activity", "dialogue"),
        ("round", "stands"),
    ),
    Verb.ANSWER_MARKED: Entry(
        _("Somebody whose words were said back told whether that was what they meant."),
        ("activity", "dialogue"),
        ("round",),
    ),
    Verb.CIRCLES_NAMED: Entry(
        _("A step's pairs or fours were named anew. Who is with whom is not in the log."), STEP, ("sizes",)
    ),
    Verb.CONTRIBUTION_CARRIED_ON: Entry(
        _("A card carries on one or more cards of an earlier step."), WORDS, ("cards",)
    ),
    Verb.GROUPS_ARRANGED: Entry(
        _("People were put into small groups; the data say who sits in which."),
        STEP,
        ("rule", "size", "groups", "seats"),
    ),
    Verb.GROUPS_GATHERED: Entry(_("All small groups were brought back together."), STEP),
    Verb.GROUPS_SENT_OUT: Entry(_("The small groups went on after they had been brought back."), STEP),
    Verb.GROUP_ADDED: Entry(_("One more small group was made."), GROUP, ("number",)),
    Verb.GROUP_REMOVED: Entry(_("A small group in which nobody sat was taken away."), GROUP),
    Verb.GROUP_PERSON_MOVED: Entry(
        _("A person came into a small group, or left it."),
        ("participant", *GROUP),
        ("group_before",),
        sometimes=("dialogue",),
    ),
    Verb.GROUP_CHANGED: Entry(_("A small group got another name or another link to a call."), GROUP, ("fields",)),
    Verb.GROUP_NOTE_TAKER: Entry(
        _("A small group got another note-taker, or none."), ("participant", *GROUP), sometimes=("participant",)
    ),
    Verb.GROUP_NOTED: Entry(_("The note-taker of a small group changed its notes."), GROUP),
    Verb.GROUP_TIMED: Entry(
        _("One small group, or all, got a time, or lost it."), GROUP, ("until",), sometimes=("dialogue", "until")
    ),
    Verb.GROUP_TOLD: Entry(
        _("A host told one small group something, or all, or took it back."), GROUP, sometimes=("dialogue",)
    ),
    Verb.CONTRIBUTION_CARRIED: Entry(
        _("Words of a small group were carried back to everybody."),
        (*WORDS, "session"),
        ("via", "place", "from_group"),
    ),
    Verb.CONTRIBUTION_UNCARRIED: Entry(_("Carrying words back from a small group was undone."), (*WORDS, "session")),
    Verb.EXPORT_ASKED: Entry(_("A researcher asked for an export."), (), ("export",)),
    Verb.EXPORT_DOWNLOADED: Entry(_("A researcher fetched an export."), (), ("export",)),
    Verb.EXPORT_MADE: Entry(_("An export was made of what people said who say yes to research."), (), ("export",)),
}
