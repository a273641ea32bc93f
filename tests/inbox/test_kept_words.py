"""No word of the writer's is lost, however much it looks like the head of a quote or the end of a letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.inbox.cleaning import cleaned
from sessions_app.inbox.message import Written

NAMES = ["Ben Åkesson", "Ben"]
MARK = "— Write your answer above this line —\n\nWho rings?\n"
HEADS = {
    "a time of day": "Ring me at 10.30.\nThe nurse is there then.",
    "a time and a colon": "Ring me at 10:30 about this:\nthe stairs, and the door.",
    "lines like fields": "From: the bus stop\nTo: the ward\nit is too far to walk.\nSo we need a bus.",
    "a day and a subject": "Date: any Monday\nSubject: the ring list\nI would do it.\nAsk me.",
    "what somebody wrote": "On Mondays I can ring, as my sister wrote:\nit is best then.\nI can ring her.",
    "what a doctor wrote": "On Monday my doctor wrote:\nno more salt.\nThat is a good example.",
    "the same in Swedish": "Den 3 maj skrev läkaren:\ninget mer salt.\nDet är ett bra exempel.",
    "the same in German": "Am Montag schrieb mein Arzt:\nkein Salz.\nGut.",
    "a line drawn by hand": "Breakfast\n______________________________\nIs at eight, too early.",
    "a heading drawn by hand": "--- My second point ---\nThe stairs are steep.",
}
CLOSINGS = {
    "cheers": "I would come more often.\nCheers\nthat is what I would like to hear at the door",
    "cheers and a question": "Yes.\nCheers\nIs there coffee",
    "thanks first": "Hi\nThanks\nA list of numbers\nA chair at the door",
    "best": "What I like:\nBest\nthe garden\nthe coffee",
    "best wishes": "My best wishes are these:\nBest wishes\na lamp\na chair by the door",
    "yours": "The door that is yours\nYours\nis the heavy one",
    "tack": "Jag kan ringa.\nTack\nmen bara på måndagar\noch inte i juli",
    "greetings to others": "Hälsningar till alla\nutan er kommer ingen",
    "dashes": "What I want\n--\na chair\na lamp",
    "a long dash": "Two things.\n—\na chair\na lamp",
    "underlined": "My list\n____\na chair\na lamp",
    "where it was sent from": "I can.\nSent from my point of view this is too far.",
    "sent by telephone": "Jag hörde det.\nSkickat med telefon till doktorn",
    "one's own name as the answer": "Who should ring? I say:\nBen",
    "one's own name at the end": "Jag vill att vi frågar\nBen",
    "shukran": "شكرا\nاستطيع الاتصال يوم الاثنين\nواستطيع القيادة",
}
PHRASES = ("thanks", "Tack", "Cheers,", "Mvh", "Best", "--", "at 10.30:", "she wrote", "From: here", "3.5.2026", "____")


@pytest.mark.parametrize("words", [*HEADS.values(), *CLOSINGS.values()], ids=[*HEADS, *CLOSINGS])
def test_words_are_kept_whole(words):
    assert cleaned(Written(words), NAMES) == words


@pytest.mark.parametrize(
    "line",
    [
        "Ring me at 10.30, and please answer this:",
        "My sister is greta@example.org and she says:",
        "That is what she wrote",
        "Det var det som Greta skrev",
    ],
)
def test_a_line_above_a_quoted_one_is_kept(line):
    assert cleaned(Written(f"{line}\n> Who rings?\nI do."), NAMES) == f"{line}\n\nI do."


@pytest.mark.parametrize("below", [MARK, "________________________________\nFrom: Co-production <a@b.example>\n"])
def test_a_line_above_our_mail_is_kept(below):
    assert cleaned(Written(f"I can at 10:30, but one thing:\n{below}"), NAMES) == "I can at 10:30, but one thing:"


def test_an_answer_between_two_quoted_lines_is_kept():
    asked = "> a long quoted line that goes on and on and on until here it is?"

    assert cleaned(Written(f"{asked}\nYes, on Mondays.\n> And then?\nNo."), NAMES) == "Yes, on Mondays.\n\nNo."


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Jag kan.\nMvh\nBen\n070-12 34 56\nPS. Bara på måndagar", "Jag kan.\nPS. Bara på måndagar"),
        ("I can.\nBest regards\nBen\n\nPS: only on Mondays", "I can.\n\nPS: only on Mondays"),
        ("I can.\nMvh Ben\nI come at ten.", "I can.\nI come at ten."),
        ("I can.\nThanks\nBen\nRing me at 070-123 45 67.", "I can.\nRing me at 070-123 45 67."),
    ],
)
def test_what_stands_below_a_signature_is_kept(words, kept):
    assert cleaned(Written(words), NAMES) == kept


@pytest.mark.parametrize(
    "signed",
    [
        "Thanks\nBen\n070-123 45 67",
        "Mvh\nBengt\nSamordnare",
        "Vänliga hälsningar,\n\nBen Åkesson\nEnhetschef | Lunds kommun\n046-359 00 00",
        "--\nBengt\nben@example.org",
        "-- \nanything at all below a program's dashes",
        "Skickat från min mobil",
        "Med vänlig hälsning",
    ],
)
def test_a_signature_is_taken_away(signed):
    assert cleaned(Written(f"I can ring.\n{signed}"), NAMES) == "I can ring."


@given(st.lists(st.tuples(st.sampled_from(PHRASES), st.booleans()), min_size=1, max_size=12))
def test_no_mixture_of_such_phrases_loses_a_word(found):
    lines = [f"{phrase}\nword{number} and more of it" for number, (phrase, _alone) in enumerate(found)]
    lines = [line if alone else line.replace("\n", " ") for line, (_phrase, alone) in zip(lines, found, strict=True)]
    text = cleaned(Written("\n".join(lines)))

    assert [number for number in range(len(found)) if f"word{number} " not in text] == []
