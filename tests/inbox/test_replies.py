"""An answer by mail is a contribution like any other, once, and its writer is told of it."""

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail as sent
from django.urls import reverse

from sessions_app import clock
from sessions_app.inbox.receiving import Fate, receive
from sessions_app.models import Activity, Contribution, Event, Notice, Participant, Via
from sessions_app.operations import contributions, notices
from tests.inbox.conftest import mail
from tests.inbox.seen import said, told, whys
from tests.inbox.test_corpus import KEY, NAMES, PEOPLE, ROBOTS
from tests.mails.conftest import NOON


def test_an_answer_by_mail_is_a_contribution_and_is_told_once(address, dialogue, mailed):
    assert receive(mail(address)) == Fate.POSTED

    assert said() == [("Ben", "I can ring.", "email")]
    assert told() == [("ben@example.org", "We posted this for you")]
    (confirmation,) = sent.outbox
    (row,) = Contribution.objects.filter(via=Via.EMAIL)
    assert "“I can ring.”" in confirmation.body
    assert f"to={reverse('change_contribution', args=[row.pk])}" in confirmation.body
    assert address not in str(confirmation.message())
    event = Event.objects.get(contribution=row)
    assert (event.verb, event.data["via"], event.actor) == ("contribution.posted", "email", mailed["Ben"].participant)


def test_what_was_posted_can_be_changed_or_taken_back_where_the_mail_leads(address, browser_of):
    receive(mail(address))
    (row,) = Contribution.objects.filter(via=Via.EMAIL)
    change, back = (reverse(f"{what}_contribution", args=[row.pk]) for what in ("change", "withdraw"))

    page = browser_of("Ben").get(change).content.decode()
    assert "I can ring." in page
    assert f'href="{back}"' in page
    assert browser_of("Chidi").get(change).status_code == 403
    assert browser_of().get(change).status_code == 404
    browser_of("Ben").post(change, {"body": "I can ring on Mondays."})
    assert said() == [("Ben", "I can ring on Mondays.", "email")]
    browser_of("Ben").post(back)
    assert said() == [("Ben", "", "email")]


def test_words_by_mail_are_as_words_by_the_form(address, dialogue, mailed):
    """But for the road, the row and its event are the same."""
    receive(mail(address, "The same words."))
    contributions.post_contribution(
        dialogue=dialogue, actor=mailed["Chidi"], body="The same words.", via=Via.THREAD, client_id=uuid.uuid4()
    )
    by_mail, by_form = Contribution.objects.filter(dialogue=dialogue).order_by("seq")

    same = ("dialogue_id", "body", "language", "place", "late", "recorded_by_id", "anonymous_token", "reply_to_id")
    assert [getattr(by_mail, name) for name in same] == [getattr(by_form, name) for name in same]
    one, other = (Event.objects.get(contribution=row) for row in (by_mail, by_form))
    assert one.data | {"via": "thread"} == other.data


def test_the_same_mail_by_every_road_is_one_contribution(address, mailed):
    fates = [
        receive(mail(address)),
        receive(mail(address), envelope_from="ben@example.org", envelope_to=[address]),
        receive(mail(address.upper())),
        receive(mail(address, more="Received: from elsewhere\r\n")),
    ]

    assert fates == [Fate.POSTED] * 4
    assert len(said()) == 1
    assert len(told()) == 1
    assert receive(mail(address, "And on Mondays.", number="2")) == Fate.POSTED
    assert len(said()) == 2


def test_the_question_invites_an_answer_only_where_one_can_be_taken(question, mailed, settings, address):
    notices.make_due()
    told()
    (ben,) = [one for one in sent.outbox if one.to == ["ben@example.org"]]
    assert ben.reply_to == [address]
    assert ben.body.startswith("— Write your answer above this line —")
    assert "You can also just answer this mail. It shows your name." in ben.body
    assert "You can also just answer this mail." in ben.alternatives[0][0]
    (chidi,) = [one for one in sent.outbox if one.to == ["chidi@example.org"]]
    assert chidi.reply_to != ben.reply_to


@pytest.mark.parametrize("how", ["setting", "anonymous", "choosing", "headings", "guest"])
def test_where_no_answer_can_be_taken_none_is_invited(question, mailed, settings, how):
    if how == "setting":
        settings.REPLY_ADDRESS = ""
    if how == "anonymous":
        Activity.objects.filter(pk=question.pk).update(identity="anonymous")
    if how == "choosing":
        Activity.objects.filter(pk=question.pk).update(kind="poll", options={"choices": ["a", "b"]})
    if how == "headings":
        Activity.objects.filter(pk=question.pk).update(kind="four_lists", options={"headings": ["a", "b"]})
    if how == "guest":
        Participant.objects.filter(email__gt="").update(name="", name_key="")
    notices.make_due()
    told()

    assert len(sent.outbox) == 2
    for one in sent.outbox:
        assert "above this line" not in one.body
        assert not [where for where in one.reply_to if "+" in where]


def test_a_preview_shows_no_key(question, mailed, host, address):
    notices.make_due()
    notice = Notice.objects.get(participant=mailed["Ben"].participant, reason="thread_waits")
    page = host.get(reverse("mail", args=[mailed.workshop.slug, notice.pk])).content.decode()

    assert "Write your answer above this line" in page
    assert address.partition("+")[2].partition("@")[0] not in page


@pytest.mark.parametrize("path", [*PEOPLE, *ROBOTS], ids=lambda path: path.stem)
def test_every_mail_of_the_corpus_ends_as_it_should(path: Path, address, mailed):
    head, _sign, body = path.read_bytes().partition(b"\r\n\r\n")
    mailed["Ben"].participant.name = NAMES[0]
    mailed["Ben"].participant.save()
    fate = receive(head.replace(KEY, address.encode()) + b"\r\n\r\n" + body)

    if path in ROBOTS:
        assert fate == Fate.DROPPED
        assert (said(), told()) == ([], [])
    else:
        assert fate == Fate.POSTED
        assert [body for _name, body, _via in said()] == [path.with_suffix(".txt").read_text().rstrip("\n")]


def test_what_came_in_before_the_end_stays_posted_when_the_mail_comes_again(address):
    receive(mail(address))
    with clock.at(NOON + timedelta(days=5)):
        assert receive(mail(address)) == Fate.POSTED
    assert (len(said()), whys()) == (1, [])


def test_face_down_words_stand_in_no_mail_that_others_may_look_at(address, question, browser_of, host, mailed):
    Activity.objects.filter(pk=question.pk).update(blind=True)
    receive(mail(address, "zebrafinch"))
    notice = Notice.objects.get(reason="reply_posted")
    told()

    assert said() == [("Ben", "zebrafinch", "email")]
    assert "zebrafinch" not in sent.outbox[0].body
    page = host.get(reverse("mail", args=[mailed.workshop.slug, notice.pk])).content.decode()
    assert "We posted this for you." in page
    assert "zebrafinch" not in page
    thread = browser_of("Chidi").get(reverse("thread", args=[question.plenary.pk])).content.decode()
    assert "zebrafinch" not in thread


def test_a_withdrawn_answer_is_not_confirmed(address, mailed):
    receive(mail(address))
    row = Contribution.objects.select_related("dialogue__activity__workshop").get(via=Via.EMAIL)
    contributions.withdraw_contribution(contribution=row, actor=mailed["Ben"])

    assert told() == []


def test_an_answer_to_somebodys_answer_goes_into_the_same_thread(address, dialogue, mailed):
    from tests.mails.test_reasons import wants

    wants(mailed, "Ben", "everything")
    receive(mail(address))
    row = Contribution.objects.get(via=Via.EMAIL)
    contributions.post_contribution(
        dialogue=dialogue, actor=mailed["Chidi"], body="When?", via="thread", client_id=uuid.uuid4(), reply_to=row.pk
    )
    with clock.at(NOON + timedelta(minutes=7)):
        notices.make_due()
        told()
        (answer,) = [one for one in sent.outbox if "answered you" in one.subject]
        assert answer.reply_to == [address]
        assert receive(mail(answer.reply_to[0], "On Mondays.", number="2")) == Fate.POSTED


def test_nothing_of_what_people_wrote_is_in_the_log(address, caplog):
    caplog.set_level("DEBUG")
    for words, number in (("zebrafinch", "1"), ("> zebrafinch", "2"), ("zebrafinch " * 5000, "3")):
        receive(mail(address, words, number=number, sender="Zebrafinch <ben@example.org>"))

    assert "zebrafinch" not in caplog.text.casefold()
    assert "ben@example.org" not in caplog.text


def test_people_read_the_answer_in_their_own_language(address, mailed):
    Participant.objects.filter(pk=mailed["Ben"].participant.pk).update(language="sv")
    receive(mail(address))

    assert told() == [("ben@example.org", "Vi har lagt in det här åt dig")]
