"""A workshop in which mails go out: some were sent, one was refused, one is unclear, some are still to come."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlencode

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from sessions_app import clock
from sessions_app.mail_links import confirm_path, invited_path, open_key, stop_key
from sessions_app.mails import composed, written
from sessions_app.models import Activity, Contribution, MailChoice, Notice, NoticeState, Participant, Session
from sessions_app.operations import contributions, dialogues, letters, notices, sessions
from sessions_app.reasons import all_reasons
from sessions_app.reasons.base import people_of
from tests.e2e import asked_by_mail
from tests.e2e.asked_by_mail import pages_by_mail
from tests.e2e.company import CROWD, WORDS
from tests.e2e.waiting import Made
from tests.languages.pseudo import CODE
from tests.world import World, add, make_world

HOST, CITIZEN, SWEDE, ARAB = "Karin Lindh", "Aino Virtanen", "Lars Nilsson", "Hodan Abdi"
ENDS = (
    (NoticeState.UNCONFIRMED, "no_answer", ""),
    (NoticeState.FAILED, "refused", "550 <…>: no such person"),
    (NoticeState.SKIPPED, "said_stop", ""),
)


def mailing() -> Made:
    world = make_world("Calmer visits", host=HOST)
    with clock.at(clock.now() - timedelta(days=9)):
        for number, (name, place) in enumerate(CROWD):
            add(world, name, usual_place=place, email=f"person{number}@example.org" if number % 4 else "")
    person = world[CITIZEN].participant
    Participant.objects.filter(pk=person.pk).update(email="aino@example.org")
    Participant.objects.filter(pk=world[SWEDE].participant.pk).update(language="sv")
    Participant.objects.filter(pk=world[ARAB].participant.pk).update(language="ar")
    MailChoice.objects.create(participant=person, asked_address="aino.virtanen@example.org", stopped=["digests"])
    sent, said = _sent(world)
    coming = _meeting(world)
    planned = _planned(world)
    _letter(world)
    about = {"reason": "session_tomorrow", "about": f"{coming.pk}:0", "to": person.pk}
    slug = world.workshop.slug
    return world, {
        "mails": (HOST, reverse("outbox", args=[slug])),
        "kinds of mails": (HOST, reverse("mail_kinds", args=[slug])),
        "letter": (HOST, reverse("new_letter", args=[slug])),
        "mail": (HOST, reverse("mail", args=[slug, sent.pk])),
        "mail, coming": (HOST, f"{reverse('coming_mail', args=[slug])}?{urlencode(about)}"),
        "question that opens by itself": (HOST, reverse("thread", args=[planned.plenary.pk])),
        "me, with mails": (CITIZEN, reverse("me", args=[slug])),
        "link to a seat": (None, reverse("open_mail", args=[open_key(person)])),
        "behind the scenes": (HOST, reverse("work", args=[slug])),
        "people from a list": (HOST, reverse("add_people", args=[slug])),
        "invitation": (None, invited_path(person, "aino.virtanen@example.org")),
        "link that stops": (None, reverse("stop_mails", args=[stop_key(person, "questions")])),
        "link of an address": (None, confirm_path(person, "aino.virtanen@example.org")),
        **{name: (None, address) for name, address in pages_by_mail(world, person, said).items()},
        "link, void": (None, reverse("open_mail", args=["broken"])),
    }


def _meeting(world: World) -> Session:
    starts = clock.now() + timedelta(days=4)
    return sessions.plan_session(
        workshop=world.workshop,
        actor=world.ada,
        title="What we agree on",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        place="The library, Storgatan 1",
        link="https://meet.example/calmer-visits",
    )


def _letter(world: World) -> None:
    letters.write_letter(
        workshop=world.workshop,
        actor=world.ada,
        title="The bus to the library",
        body="It leaves at nine.\n\nBring a coat.",
        people=[world[name].participant for name in (CITIZEN, SWEDE, ARAB)],
        send_at=clock.now() + timedelta(days=2),
    )


def _planned(world: World) -> Activity:
    """A question that opens by itself tomorrow."""
    opens, until = (clock.now() + timedelta(days=days) for days in (1, 6))
    asked = {"prompt": "What should the second visit be like?", "opens": opens, "until": until}
    return dialogues.open_thread(workshop=world.workshop, actor=world.ada, **asked)


def _sent(world: World) -> tuple[Notice, Contribution]:
    """Mails about one question, of which most were sent. Returns one of them, and words of CITIZEN."""
    with clock.at(clock.now() - timedelta(hours=20)):
        asked = dialogues.open_thread(
            workshop=world.workshop,
            actor=world.ada,
            prompt="Who rings those who do not read e-mail?",
            until=clock.now() + timedelta(days=5),
        )
    dialogue = asked.dialogues.select_related("activity__workshop").get()
    with clock.at(clock.now() - timedelta(hours=19, minutes=30)):
        contributions.post_contribution(
            dialogue=dialogue, actor=world["Greta Falk"], body=WORDS[0], via="thread", client_id=uuid.uuid4()
        )
    notices.make_due()
    made = Notice.objects.filter(workshop=world.workshop, reason="thread_waits").order_by("participant__name")
    first, *others = made
    made.update(state=NoticeState.SENT, sent_at=clock.now() - timedelta(hours=18))
    for row, (state, why, reply) in zip(others, ENDS, strict=False):
        Notice.objects.filter(pk=row.pk).update(state=state, why=why, reply=reply)
    return first, _said(world)


def _said(world: World) -> Contribution:
    """What CITIZEN said a moment ago, about another question than the one that still waits for her."""
    another = dialogues.open_thread(
        workshop=world.workshop, actor=world.ada, prompt="What helps?", until=clock.now() + timedelta(days=5)
    )
    dialogue = another.dialogues.select_related("activity__workshop").get()
    said = contributions.post_contribution(
        dialogue=dialogue, actor=world[CITIZEN], body=WORDS[1], via="thread", client_id=uuid.uuid4()
    )
    return said.contribution


@contextmanager
def in_language_of_mails(world: World, language: str) -> Iterator[None]:
    """Pages behind a key in a mail speak as the mail does, not as the browser: here, LANGUAGE."""
    people = Participant.objects.filter(workshop=world.workshop)
    spoken = dict(people.values_list("pk", "language"))
    people.update(language=language)
    try:
        yield
    finally:
        for number, was in spoken.items():
            people.filter(pk=number).update(language=was)


def coming_mails(world: World, name: str) -> dict[str, EmailMultiAlternatives]:
    """By reason, what NAME will get."""
    found = {}
    for reason in all_reasons():
        for due in reason.due(world.workshop, people_of(world.workshop), clock.now()):
            if due.participant.name == name:
                given = {"workshop": world.workshop, "participant": due.participant, "subject": due.subject}
                notice = Notice(reason=reason.key, due_at=due.at, **given)
                mail = written(notice)
                if mail is not None:
                    found[reason.key] = composed(notice, mail, "<1@localhost>")
    return found


def in_cyrillic(world: World, citizen: str, host: str) -> dict[str, list[str]]:
    """Who stands before which pages about mails; nobody's are those that a key in a mail opens."""
    person, times = world[citizen].participant, dict.fromkeys(("due_at", "try_at", "stale_at", "made_at"), clock.now())
    Participant.objects.filter(pk=person.pk).update(email="ben@example.org", language=CODE)
    MailChoice.objects.create(participant=person, asked_address="b@example.org")
    about = {"workshop": world.workshop, "participant": person, "reason": "thread_waits"}
    sent = Notice.objects.create(**about, subject=f"{world.dialogue(0).pk}", **times)
    slug = world.workshop.slug
    coming = urlencode({"reason": "thread_waits", "about": sent.subject, "to": person.pk})
    keyed = [reverse("open_mail", args=[open_key(person)]), reverse("stop_mails", args=[stop_key(person, "questions")])]
    keyed += [confirm_path(person, "b@example.org"), invited_path(person, "b@example.org")]
    for_hosts = [
        "people/adding/",
        "mails/worker/",
        "mails/",
        "mails/new/",
        "mails/kinds/",
        f"mails/{sent.pk}/",
        f"mails/coming/?{coming}",
    ]
    pages = {host: [f"/w/{slug}/{page}" for page in for_hosts]}
    return {"": [*keyed, *asked_by_mail.in_cyrillic(world, person)], **pages}
