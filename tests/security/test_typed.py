"""Whatever is typed into any field of any form: taken, or refused beside the field with the text still in it."""

from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.urls import reverse

from sessions_app.appearance import LookForm
from sessions_app.forms import blueprints, contributions, meetings, workshops, wrapups
from sessions_app.forms.fields import PlainForm
from sessions_app.operations import limits
from tests.policy.cast import things
from tests.policy.sending import forms
from tests.security.pages import read
from tests.text.nasty import ENCLOSED, FAMILY, NASTY, ZALGO

pytestmark = pytest.mark.django_db
GROWS = "\u0958"  # becomes two signs in NFC
MARKED = "x\u0302"
TEXTS = {
    "nul": "a\x00b",
    "controls": "a\x01\x08\x1b\x7f\x85b",
    "surrogate": "a\ud800b",
    "turned": "\u202egnp.exe\u202c \u2066abc",
    "invisible": "\u200b\u2060\ufeff",
    "tower": ZALGO,
    "enclosed": ENCLOSED,
    "families": FAMILY * 40,
    "marked": MARKED * 300,
    "grows 120": GROWS * 120,
    "html": '"><img src=x onerror=alert(1)>{{7*7}}',
    "long": "a" * 20_000,
    "two lines": "a\r\nb\rc",
}
VALUES = {
    "digits": "9" * 5000,
    "nan": "NaN",
    "minus": "-1",
    "half": "1.5",
    "large": str(2**63),
    "word": "foo",
    "first": "0001-01-01",
    "last": "9999-12-31",
    "impossible": "2027-02-31",
    "leap": "2027-02-29",
    "clock": "25:61",
    "late": "23:59:59.999999",
    "nul": "\x00",
    "surrogate": "\udfff",
    "view": "front",
}
WORDS = {  # form: fields that hold words
    "new_workshop": ("title", "question", "contact_name"),
    "change_workshop": ("title", "lead", "purpose", "contact_name", "contact_phone"),
    "me": ("name", "access_needs"),
    "new_meeting": ("title", "place", "link", "without_screen"),
    "needs": ("access_needs",),
    "change_group": ("name", "call_link"),
    "group_notes": ("note",),
    "after": ("summary", "reflection"),
    "new_step": ("title", "prompt", "hall", "online"),
    "new_thread": ("prompt", "lead"),
    "post": ("body", "name"),
    "change_contribution": ("body",),
    "headings": ("title",),
    "meant": ("words",),
    "carry": ("body", "name"),
    "file_contribution": ("title",),
    "go": ("code",),
    "scribe": ("lines",),
    "said": ("code",),
}
CHOSEN = {  # form: fields in which something is chosen, which only a program would fill with anything else
    "change_workshop": ("languages", "time_zone", "lobby", "keep_until"),
    "me": ("usual_place", "helps"),
    "new_workshop": ("client_id", "template", "day", "clock", "languages", "time_zone"),
    "new_meeting": ("client_id", "day", "begins", "ends", "last_day", "space", "time", "repeat", "times", "until"),
    "new_step": ("client_id", "kind", "minutes", "identity", "blind", "stages", "mechanisms"),
    "new_thread": ("client_id", "day", "clock", "opens_day", "opens_clock", "identity"),
    "groups": ("press",),
    "answer": ("choice", "round", "view"),
    "ballots": ("choice", "round", "person"),
    "objections": ("objection",),
    "meant": ("response", "meant", "view"),
    "carry": ("client_id", "cards", "view"),
    "methods": ("client_id", "method", "undo"),
    "post": ("client_id", "language", "reply_to", "view", "pass", "heading"),
    "headings": ("press", "heading"),
    "file_contribution": ("heading", "view"),
    "roles": ("roles",),
    "scribe": ("client_id", "person", "step", "heading"),
    "slip": ("press", "body"),
    "pack": ("cards",),
    "set_screen": ("theme", "captions", "link"),
    "count_paper": ("notes",),
    "tell_of_room": ("note",),
    "research": ("answer", "next", "version", "read_in"),
    "place": ("place", "next"),
    "window": ("day", "clock", "opens_day", "opens_clock", "end", "forget"),
    "add_people": ("invite", "add"),
    "bring": ("meeting",),
    "controls": ("press", "rev"),
    "minutes": ("by",),
    "appearance": ("size", "spacing", "theme", "news", "language", "next"),
    "set_language": ("language", "next"),
    "remove_step": ("undo",),
    "move_step": ("earlier",),
}
FORMS = [LookForm, contributions.ContributionForm] + [
    form
    for module in (blueprints, meetings, workshops, wrapups)
    for form in vars(module).values()
    if isinstance(form, type) and issubclass(form, PlainForm)
]
CUT = {"code", "name"}  # no work is lost when the end of one of these is
FORM = "application/x-www-form-urlencoded"


def who(name: str) -> str:
    """A role that may send the form, and to whom all its fields are shown."""
    guests = dict.fromkeys(("post", "carry", "me"), "guest")
    return {**guests, **dict.fromkeys(("change_contribution", "group_notes"), "part")}.get(name, "faci")


def send(cast, browser, address: str, **given):
    limits._buckets.clear()
    args = things(cast, cast.world).get(address, {"": ()})[""]
    sent = urlencode(forms(cast.world).get(address, {}) | given, doseq=True, errors="surrogatepass")
    with transaction.atomic():
        answer = browser.post(reverse(address, args=args), sent, content_type=FORM)
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize(("name", "field"), [(name, field) for name, fields in WORDS.items() for field in fields])
def test_words_are_taken_or_stay_in_their_field(cast, name, field):
    browser, wrong = cast.browser(who(name)), []
    for label, text in TEXTS.items():
        answer = send(cast, browser, name, **{field: text})
        if answer.status_code != 302:
            page = read(answer)
            kept = page.values.get(field, "").split() == seen_by_a_browser(text).split()
            if answer.status_code != 422 or not (kept or field in CUT) or not page.marked.get(field):
                wrong.append((label, answer.status_code, kept, page.marked.get(field)))
    assert wrong == []


def seen_by_a_browser(text: str) -> str:
    """TEXT as it comes through a form: what is no sign at all becomes the sign for that."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize(("name", "field"), [(name, field) for name, fields in CHOSEN.items() for field in fields])
def test_forged_choices_are_refused_in_words(cast, name, field):
    browser, wrong = cast.browser(who(name)), []
    for label, text in {**VALUES, "html": TEXTS["html"], "long": TEXTS["long"], "several": ["foo", "bar"]}.items():
        answer = send(cast, browser, name, **{field: text})
        if answer.status_code not in {200, 302, 422}:
            wrong.append((label, answer.status_code))
        elif answer.status_code == 422 and not read(answer).text.strip():
            wrong.append((label, "no words"))
    assert wrong == []


@pytest.mark.parametrize("text", NASTY, ids=lambda text: ascii(text)[:30])
def test_anything_at_all_can_be_said(cast, text):
    """Contributions take everything that can be kept, and give back what can't."""
    answer = send(cast, cast.browser("part"), "post", body=text)

    assert answer.status_code in {302, 422}
    if answer.status_code == 422:
        assert read(answer).values["body"].split() == seen_by_a_browser(text).split()


def test_every_field_of_every_form_is_tried(cast):
    """A new field joins the lists above."""
    tried = {field for table in (WORDS, CHOSEN) for fields in table.values() for field in fields}
    found = {field for form in FORMS for field in form.base_fields}

    assert found - tried == set()
