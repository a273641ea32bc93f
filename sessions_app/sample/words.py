"""Words: said, written down for somebody, changed, translated, taken back."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from sessions_app.models import Contribution, Identity, Participant, Via, Workshop
from sessions_app.operations import carrying_on, contributions, dialogues, headings, sessions, translations
from sessions_app.sample import answers
from sessions_app.sample.company import Company, Cue, Rank, Told, moment

HELPER = "p-wilma"  # writes the English beside Swedish words; other languages are translated by their author
IN_GROUPS = answers.SCRIBE  # writes it where only hosts who write for everybody know what a small group says
GLOSS_AFTER = timedelta(seconds=30)
# The story's names of headings, by their place in the step.
LISTS = {
    **{"bring": 0, "hope": 1},
    **{"problem": 0, "concern": 1, "fact": 2, "solution": 3},
    **{"keep": 0, "change": 1, "feeling": 2},
}
OWN_HANDS = frozenset({Via.ROOM, Via.THREAD, Via.EMAIL})


def cues(company: Company) -> Iterator[Cue]:
    """Each contribution with what became of it."""
    for told in company.story["contributions"]:
        yield Cue(moment(told["said_at"]), Rank.WORDS, partial(say, company, told))
        if "edited_at" in told:
            yield Cue(moment(told["edited_at"]), Rank.AFTERWARDS, partial(_change, company, told))
        if "translation" in told:
            yield Cue(_glossed_at(company, told), Rank.AFTERWARDS, partial(_gloss, company, told))
        if "withdrawn_at" in told:
            yield Cue(moment(told["withdrawn_at"]), Rank.AFTERWARDS, partial(_take_back, company, told))
    sorted_in = {thread["id"] for thread in company.story["threads"] if thread["kind"] == "clustering"}
    for told in company.story["clusters"]:
        if told["activity"] in sorted_in:  # elsewhere whoever writes has chosen a list, or cards lie as they came
            yield Cue(moment(told["made_at"]), Rank.AFTERWARDS, partial(_sort, company, told))


def say(company: Company, told: Told) -> None:
    """Put words of the story on the table, or give the answer that they are the reason of."""
    if answer := answers.reasons(company.story).get(told["id"]):
        said = answers.say(company, answer, told, _text(company, told, told["text"]))
        company.said[told["id"]] = said.pk
        return
    if "builds_on" in told:
        _carry_on(company, told)
        return
    dialogue = company.dialogue(told["activity"], told.get("group", ""))
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


def _carry_on(company: Company, told: Told) -> None:
    """Put what several cards of the step before say together on the table of the step that is on."""
    posted = carrying_on.carry_on(
        dialogue=company.dialogue(told["activity"]),
        actor=company.actor(told["author"]),
        cards=[str(company.said[key]) for key in told["builds_on"]],
        body=_text(company, told, told["text"]),
        client_id=company.client_id(told["id"]),
        via=told["via"],
        language=told["language"],
    )
    company.said[told["id"]] = posted.contribution.pk
    _visit(company, company.person(told["author"]), posted.contribution)


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
    helper = IN_GROUPS if told.get("group") in company.groups else HELPER
    by = helper if told["language"] == "sv" else told["author"]
    translation = told["translation"]
    translations.gloss_contribution(
        contribution=company.contribution(told["id"]),
        actor=company.actor(by),
        text=_text(company, told, translation["text"]),
        language=translation["language"],
    )


def _sort(company: Company, told: Told) -> None:
    actor = company.actor(told["made_by"])
    dialogue = company.dialogue(told["activity"])
    heading = headings.add_heading(dialogue=dialogue, actor=actor, title=told["heading"])
    for placed in told["placements"]:
        headings.file_under(contribution=company.contribution(placed["contribution"]), actor=actor, heading=heading)


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
