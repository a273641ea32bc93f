"""Pages on which somebody answers from a mail, each opened by a key and by nothing else."""

from datetime import timedelta

from django.urls import reverse

from eaa.models import Agreement, Mechanism, Record
from eaa.operations import agreements
from eaa.operations.checks import return_record
from eaa.operations.clauses import Wording
from eaa.operations.evidence import Rests
from eaa.operations.records import make_record, revise_record
from sessions_app import clock
from sessions_app.mail_links import answer_key
from sessions_app.models import Activity, Contribution, Participant
from sessions_app.operations import dialogues
from tests.world import World

WEEK = timedelta(days=7)
TEXT = "Nothing is decided before those who were not in the hall have had seven days to answer."
QUESTIONS = {
    "poll": ("When shall we meet?", {"choices": ["Mondays after lunch", "Whenever there is cake"], "several": False}),
    "ranking": ("In which order?", {"things": ["A bench at every second door", "Light in the long corridor"]}),
    "gradients": ("How far are you with us?", {"steps": "8"}),
}


def pages_by_mail(world: World, person: Participant, said: Contribution) -> dict[str, str]:
    """By name, what PERSON is asked; SAID are words of theirs. The texts of the record and one agreement are new."""
    questions = {
        f"by mail: {kind}": choice_by_mail(
            person,
            dialogues.open_thread(
                workshop=world.workshop,
                actor=world.ada,
                kind=kind,
                prompt=prompt,
                options=options,
                until=clock.now() + WEEK,
            ),
        )
        for kind, (prompt, options) in QUESTIONS.items()
    }
    record = returned(world, said, "People want to know how long it takes.")
    revise_record(record=record, actor=world.ada, head=1, text="People want to know why, and how long.")
    made = agreements.create_agreement(
        workshop=world.workshop,
        actor=world.ada,
        title="How we decide between the meetings",
        clauses=[Wording(TEXT, "Nobody is decided over"), Wording("We write how many were silent.")],
    )
    agreements.open_agreement(
        agreement=made, actor=world.ada, until=clock.now() + WEEK, silence_means="Silence is counted as silence."
    )
    gone = answer_key(person, "check", f"{10**9}:1")
    return questions | {
        "by mail: check": check_by_mail(person, record),
        "by mail: position": position_by_mail(person, made),
        "by mail: over": reverse("eaa:check_by_mail", args=[gone]),
    }


def returned(world: World, said: Contribution, text: str) -> Record:
    record = make_record(
        workshop=world.workshop,
        actor=world.ada,
        mechanism=Mechanism.INTERPRETATION,
        text=text,
        rests=[Rests(said.pk)],
    )
    return return_record(record=record, actor=world.ada, head=1, until=clock.now() + WEEK)


def check_by_mail(person: Participant, record: Record, seen: int = 1) -> str:
    return reverse("eaa:check_by_mail", args=[answer_key(person, "check", f"{record.pk}:{seen}")])


def position_by_mail(person: Participant, agreement: Agreement, seen: int = 1) -> str:
    return reverse("eaa:position_by_mail", args=[answer_key(person, "position", f"{agreement.pk}:{seen}")])


def choice_by_mail(person: Participant, step: Activity) -> str:
    return reverse("choose_by_mail", args=[answer_key(person, "choice", f"{step.pk}:1")])


def in_cyrillic(world: World, person: Participant) -> list[str]:
    """The same of a world in which records and agreements were played in Cyrillic: PERSON has answered an old text."""
    record = Record.objects.get(workshop=world.workshop, status="returned")
    made = Agreement.objects.get(workshop=world.workshop, state="open")
    step = dialogues.open_thread(
        workshop=world.workshop,
        actor=world.ada,
        kind="poll",
        prompt="Когда?",
        options={"choices": ["Утро", "Вечер"], "several": False},
        until=clock.now() + WEEK,
    )
    gone = reverse("eaa:check_by_mail", args=[answer_key(person, "check", f"{10**9}:1")])
    return [check_by_mail(person, record), position_by_mail(person, made), choice_by_mail(person, step), gone]
