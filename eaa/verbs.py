"""The framework's event verbs, each with its sentence in the codebook; the product's list takes them in at start.

Events refer to records and agreements by number in their data, since the product does not know them.
"""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from sessions_app.verbs import Entry


class Verb(StrEnum):
    RECORD_MADE = "record.made"
    RECORD_REVISED = "record.revised"
    RECORD_RETURNED = "record.returned"
    RECORD_CHECKED = "record.checked"
    RECORD_SETTLED = "record.settled"
    RECORD_REOPENED = "record.reopened"
    RECORD_REMOVED = "record.removed"
    ASSET_SHOWN = "asset.shown"
    OUTCOME_TOLD = "outcome.told"
    AGREEMENT_DRAFTED = "agreement.drafted"
    AGREEMENT_REVISED = "agreement.revised"
    AGREEMENT_OPENED = "agreement.opened"
    AGREEMENT_REVIEWED = "agreement.under_review"
    AGREEMENT_AGREED = "agreement.in_force"
    AGREEMENT_ENDED = "agreement.ended"
    AGREEMENT_REMOVED = "agreement.removed"
    SUGGESTION_MADE = "suggestion.made"
    SUGGESTION_WITHDRAWN = "suggestion.withdrawn"
    SUGGESTION_SETTLED = "suggestion.settled"
    POSITION_TAKEN = "position.taken"
    POSITION_WITHDRAWN = "position.withdrawn"
    OBJECTION_TAKEN_IN = "objection.taken_in"
    SIGNATURE_GIVEN = "signature.given"
    SIGNATURE_TAKEN_BACK = "signature.taken_back"
    STATEMENT_MADE = "statement.made"
    STATEMENT_JOINED = "statement.joined"
    STATEMENT_LEFT = "statement.left"
    STATEMENT_WITHDRAWN = "statement.withdrawn"
    COMMITMENT_MADE = "commitment.made"
    COMMITMENT_CHANGED = "commitment.changed"
    COMMITMENT_REMOVED = "commitment.removed"
    LEARNING_TOLD = "learning.told"
    LEARNING_WITHDRAWN = "learning.withdrawn"
    CODE_MADE = "code.made"
    CODE_CHANGED = "code.changed"
    CODE_MERGED = "code.merged"
    CODE_REMOVED = "code.removed"
    CODING_MADE = "coding.made"
    CODING_REMOVED = "coding.removed"


RECORD = ("record", "version")
AGREEMENT = ("agreement", "version")
PERSON = ("participant",)
ENTRIES: dict[str, Entry] = {
    Verb.RECORD_MADE: Entry(
        _("Somebody wrote a record of what was said, what it means, or why we meet."),
        (),
        (*RECORD, "mechanism"),
    ),
    Verb.RECORD_REVISED: Entry(_("A record got a new version, or rests on other words."), (), (*RECORD, "status")),
    Verb.RECORD_RETURNED: Entry(_("An interpretation went back to the people whose words it rests on."), (), RECORD),
    Verb.RECORD_CHECKED: Entry(
        _("Somebody told whether an interpretation is what they meant. What they said is not in the log."),
        PERSON,
        (*RECORD, "via", "first"),
    ),
    Verb.RECORD_SETTLED: Entry(
        _("An interpretation became an understanding, or its difference stays visible."), (), (*RECORD, "status")
    ),
    Verb.RECORD_REOPENED: Entry(_("An understanding was opened for answers once more."), (), RECORD),
    Verb.RECORD_REMOVED: Entry(_("A record was thrown away, or put back."), (), ("record", "gone")),
    Verb.ASSET_SHOWN: Entry(
        _("Somebody showed, hid or took back something of what they bring."), PERSON, ("record", "shown")
    ),
    Verb.OUTCOME_TOLD: Entry(
        _("Somebody told what happened to a contribution."), ("activity", "dialogue", "contribution"), ("outcome",)
    ),
    Verb.AGREEMENT_DRAFTED: Entry(_("Somebody began to write an agreement."), (), AGREEMENT),
    Verb.AGREEMENT_REVISED: Entry(_("An agreement got a new version."), (), (*AGREEMENT, "clauses")),
    Verb.AGREEMENT_OPENED: Entry(_("An agreement was opened for answers until a day."), (), (*AGREEMENT, "until")),
    Verb.AGREEMENT_REVIEWED: Entry(_("An agreement is being looked over again."), (), AGREEMENT),
    Verb.AGREEMENT_AGREED: Entry(_("The time for answers was over, and the agreement holds."), (), AGREEMENT),
    Verb.AGREEMENT_ENDED: Entry(_("An agreement holds no more."), (), AGREEMENT),
    Verb.AGREEMENT_REMOVED: Entry(
        _("The draft of an agreement was thrown away, or put back."), (), ("agreement", "gone")
    ),
    Verb.SUGGESTION_MADE: Entry(_("Somebody suggested other words for an agreement."), PERSON, AGREEMENT),
    Verb.SUGGESTION_WITHDRAWN: Entry(_("Somebody took their suggestion back."), PERSON, AGREEMENT),
    Verb.SUGGESTION_SETTLED: Entry(_("A suggestion was taken in, or not."), (), (*AGREEMENT, "accepted")),
    Verb.POSITION_TAKEN: Entry(
        _("Somebody said where they stand on a version. What they chose is not in the log."),
        PERSON,
        (*AGREEMENT, "via", "first"),
    ),
    Verb.POSITION_WITHDRAWN: Entry(_("Somebody took back where they stand."), PERSON, AGREEMENT),
    Verb.OBJECTION_TAKEN_IN: Entry(
        _("A facilitator noted that an objection was taken in, or that it still stands."), (), (*AGREEMENT, "stands")
    ),
    Verb.SIGNATURE_GIVEN: Entry(_("Somebody signed a version of an agreement."), PERSON, (*AGREEMENT, "via")),
    Verb.SIGNATURE_TAKEN_BACK: Entry(_("Somebody took their signature back."), PERSON, AGREEMENT),
    Verb.STATEMENT_MADE: Entry(_("A minority wrote down together what it sees differently."), PERSON, AGREEMENT),
    Verb.STATEMENT_JOINED: Entry(_("Somebody stands behind a minority’s statement."), PERSON, AGREEMENT),
    Verb.STATEMENT_LEFT: Entry(_("Somebody does not stand behind a minority’s statement any more."), PERSON, AGREEMENT),
    Verb.STATEMENT_WITHDRAWN: Entry(_("A minority’s statement was taken back."), PERSON, AGREEMENT),
    Verb.COMMITMENT_MADE: Entry(_("Somebody promised to do something."), (), ("agreement", "commitment")),
    Verb.COMMITMENT_CHANGED: Entry(
        _("A promise was changed, or somebody told what became of it."), (), ("agreement", "commitment")
    ),
    Verb.COMMITMENT_REMOVED: Entry(
        _("A promise was taken away, or put back."), (), ("agreement", "commitment", "gone")
    ),
    Verb.LEARNING_TOLD: Entry(
        _("Somebody answered the questions about the work itself. What they said is not in the log."),
        (*PERSON, "session", "activity"),
        ("note",),
        ("session", "activity", "note"),
        discreet=True,
    ),
    Verb.LEARNING_WITHDRAWN: Entry(
        _("Somebody took back what they had said about the tools."),
        (*PERSON, "session", "activity"),
        ("note",),
        ("session", "activity"),
        discreet=True,
    ),
    Verb.CODE_MADE: Entry(_("Somebody who studies the workshop put a code into the codebook."), (), ("code",)),
    Verb.CODE_CHANGED: Entry(_("A code got another name, description or colour."), (), ("code",)),
    Verb.CODE_MERGED: Entry(_("A code went into another one."), (), ("code", "into")),
    Verb.CODE_REMOVED: Entry(_("A code was taken away, or put back."), (), ("code", "gone")),
    Verb.CODING_MADE: Entry(
        _("Somebody who studies the workshop put words under a code. Whose words is not in the log."),
        (),
        ("code", "coding"),
    ),
    Verb.CODING_REMOVED: Entry(
        _("Somebody who studies the workshop took words from under a code."), (), ("code", "coding")
    ),
}
