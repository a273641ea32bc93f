"""How further programs introduce what they quote; tried after the cleaning was written, not before."""

import pytest

from sessions_app.inbox.cleaning import cleaned
from sessions_app.inbox.message import Written

OURS = """\
— Write your answer above this line —

Who rings those who do not read e-mail?

“I could ring on Mondays, and quokka walks after lunch are fine too.”
Greta Falk, Wednesday 10 March

--
Karin Lindh, 070-123 45 67
"""
QUOTED = "".join(f"> {line}\n" for line in OURS.splitlines())
FROM = "Co-production <answers+abc@workshops.example>"
HEADS = {
    "yahoo": f"    On Wednesday, March 10, 2027 at 12:05:00 PM GMT+1, {FROM} wrote:  \n \n ",
    "zoho": f"---- On Wed, 10 Mar 2027 12:05:00 +0100 {FROM} wrote ----\n\n",
    "telia": "----Ursprungligt meddelande----\nFrån : answers@workshops.example\nDatum : 2027-03-10 - 12:05 (CET)\n\n",
    "outlook for mac": f"From: {FROM}\nDate: Wednesday, 10 March 2027 at 12:05\nTo: Ben\nSubject: Calmer visits\n\n",
    "outlook in bold": f"*From:* {FROM}\n*Sent:* Wednesday\n*To:* Ben\n*Subject:* Calmer visits\n\n",
    "outlook in danish": f"Fra: {FROM}\nSendt: 10. marts 2027 12:05\nTil: Ben\nEmne: Calmer visits\n\n",
}
SIGNED = {
    "roundcube": "On 2027-03-10 12:05, Co-production wrote:\n",
    "roundcube in swedish": "Den 2027-03-10 12:05, skrev Co-production:\n",
    "gmail on a telephone": "Den ons 10 mars 2027 12:05Co-production <answers+abc@workshops.example> skrev:\n\n",
    "tuta": "10 Mar 2027, 12:05 by answers@workshops.example:\n\n",
    "spark": f"On 10 Mar 2027 at 12:05 +0100, {FROM}, wrote:\n",
    "horde in swedish": f"Citerar {FROM}:\n\n",
    "kmail in swedish": "onsdag 10 mars 2027 kl. 12:05:00 CET skrev Co-production:\n",
    "zoho": HEADS["zoho"],
    "german": "Am 10.03.2027 um 12:05 schrieb Co-production:\n",
    "finnish": "ke 10. maalisk. 2027 klo 12.05 Co-production (answers+abc@workshops.example) kirjoitti:\n\n",
    "arabic": f"في الأربعاء، 10 مارس 2027 في 12:05 م تمت كتابة ما يلي بواسطة {FROM}:\n\n",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_what_is_quoted_without_a_sign_is_found(head):
    assert cleaned(Written(f"Ask the postman.\n\n{head}{OURS}")) == "Ask the postman."


@pytest.mark.parametrize("head", SIGNED.values(), ids=SIGNED)
def test_what_is_quoted_with_a_sign_is_found(head):
    assert cleaned(Written(f"Ask the postman.\n\n{head}{QUOTED}")) == "Ask the postman."
    assert cleaned(Written(f"{head}{QUOTED}\nAsk the postman.\n")) == "Ask the postman."


@pytest.mark.parametrize(
    "words",
    [
        "We meet:\n10:00\n12:30\nafter that: nothing",
        "On Mondays, as she wrote, I can.",
        "From me: yes. To you: thank you.",
        "Best of all would be a list.\nThanks to Greta.",
        "- one\n- two",
        "Tack! Jag kan.",
    ],
)
def test_words_that_only_look_like_it_are_kept(words):
    assert cleaned(Written(words), ["Ben"]) == words
