"""Words: said, written down for somebody, changed, translated, taken back."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from sessions_app.models import Contribution, Identity, Participant, Via, Workshop
from sessions_app.operations import contributions, dialogues, sessions, translations
from sessions_app.sample.company import Company, Cue, Rank, Told, moment

HELPER = "p-wilma"  # writes the English beside Swedish words; other languages are translated by their author
GLOSS_AFTER = timedelta(seconds=30)
LISTS = {"bring": 0, "hope": 1, "problem": 0, "concern": 1, "fact": 2, "solution": 3}  # the story's names of them
OWN_HANDS = frozenset({Via.ROOM, Via.THREAD, Via.EMAIL})


def cues(company: Company) -> Iterator[Cue]:
    """Each contribution with what became of it."""
    for told in company.story["contributions"]:
        yield Cue(moment(told["said_at"]), Rank.WORDS, partial(_say, company, told))
        if "edited_at" in told:
            yield Cue(moment(told["edited_at"]), Rank.AFTERWARDS, partial(_change, company, told))
        if "translation" in told:
            yield Cue(_glossed_at(company, told), Rank.AFTERWARDS, partial(_gloss, company, told))
        if "withdrawn_at" in told:
            yield Cue(moment(told["withdrawn_at"]), Rank.AFTERWARDS, partial(_take_back, company, told))


def _say(company: Company, told: Told) -> None:
    dialogue = company.dialogue(told["activity"])
    whose = told["author"] if "author" in told else _somebody(company, told)
    written_for = told.get("recorded_by")
    actor, writer = company.actor(written_for or whose), company.person(written_for or whose)
    posted = contributions.post_contribution(
        dialogue=dialogue,
        actor=actor,
        author=company.person(whose) if written_for else None,
        body=_text(company, told, told["first_text"] if "first_text" in told else told["text"]),
        via=told["via"],
        client_id=company.client_id(told["id"]),
        language=told["language"],
        place=told["place"],
        reply_to=_answered(company, told),
        heading=LISTS[told.get("list", "bring")],  # counts where the way of working asks for one
    )
    company.said[told["id"]] = posted.contribution.pk
    if told["via"] in OWN_HANDS and dialogue.activity.identity == Identity.NAMED:
        _visit(company, writer, posted.contribution)


def _answered(company: Company, told: Told) -> uuid.UUID | None:
    """What the words answer, if it lies in the same dialogue: one that says back what was said in another does not."""
    activities = {said["id"]: said["activity"] for said in company.story["contributions"]}
    answered = told.get("reply_to")
    return company.said[answered] if answered and activities[answered] == told["activity"] else None


def _somebody(company: Company, told: Told) -> str:
    """Whoever: the story does not know who wrote anonymous words, and the operation keeps no author of them."""
    here = Participant.objects.filter(pk__in=company.people.values(), removed_at__isnull=True)
    fitting = set(here.filter(roles__contains=["participant"], usual_place=told["place"]).values_list("pk", flat=True))
    written = {company.posters[other] for other in company.posters if other.startswith(f"{told['activity']} ")}
    free = [key for key, pk in company.people.items() if pk in fitting and key not in written]
    company.posters[f"{told['activity']} {told['id']}"] = chosen = company.chance.choice(free)
    return chosen


def _change(company: Company, told: Told) -> None:
    said = company.contribution(told["id"])
    actor = company.actor(_whose(company, told))
    contributions.revise_contribution(contribution=said, actor=actor, body=_text(company, told, told["text"]))


def _take_back(company: Company, told: Told) -> None:
    actor = company.actor(_whose(company, told))
    contributions.withdraw_contribution(contribution=company.contribution(told["id"]), actor=actor)


def _gloss(company: Company, told: Told) -> None:
    by = HELPER if told["language"] == "sv" else told["author"]
    translation = told["translation"]
    translations.gloss_contribution(
        contribution=company.contribution(told["id"]),
        actor=company.actor(by),
        text=_text(company, told, translation["text"]),
        language=translation["language"],
    )


def _glossed_at(company: Company, told: Told) -> datetime:
    """Soon after the last change; face-down words only once they are turned over."""
    steps = [step for session in company.story["sessions"] for step in session["activities"]]
    turned_over = {step["id"]: moment(step["revealed_at"]) for step in steps if "revealed_at" in step}
    ready = moment(told["edited_at"] if "edited_at" in told else told["said_at"])
    return max(ready, turned_over.get(told["activity"], ready)) + GLOSS_AFTER


def _whose(company: Company, told: Told) -> str:
    return told["author"] if "author" in told else company.posters[f"{told['activity']} {told['id']}"]


def _visit(company: Company, person: Participant, said: Contribution) -> None:
    """Whoever writes has come in, and has read what lies there."""
    if said.dialogue.activity.session is not None:
        sessions.enter_room(session=said.dialogue.activity.session, person=person)
    head = Workshop.objects.values_list("head_seq", flat=True).get(pk=company.workshop.pk)
    sessions.note_visit(person=person, head_seq=head)
    dialogues.read_through(person=person, dialogue=said.dialogue, seq=said.seq)


def _text(company: Company, told: Told, text: str) -> str:
    return company.calendar.words(text, moment(told["said_at"]))
