"""Six pretend people for practising, and what they say: data, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Name, and where they take part from.
PEOPLE: tuple[tuple[str, str], ...] = (
    ("Aino", "remote"),
    ("Omar", "hall"),
    ("Greta", "remote"),
    ("Hodan", "hall"),
    ("Lars", "phone"),
    ("Mei", "remote"),
)
SENTENCES: dict[str, tuple[str | Promise, ...]] = {
    "check_in_round": (
        _("I came by bus. It rained the whole way."),
        _("I have a cup of tea, and the cat is asleep."),
        _("Pass."),
        _("I am a little nervous, and curious too."),
        _("I ring in from my kitchen."),
        _("Good to see you all."),
    ),
    "cards": (
        _("Somebody who writes it down, so that I can listen."),
        _("Tell us how long we have to wait, also when nobody knows."),
        _("A letter in large print, two days before."),
        _("I know the building, and where the lift stops."),
        _("One whole minute of silence."),
        _("Ask those who are not here, too."),
    ),
    "open_dialogue": (
        _("I think so too. It was like that for my mother."),
        _("I am not sure. What does it cost?"),
        _("Can somebody say it once more, a little slower?"),
        _("For me the waiting is the worst, not the visit."),
        _("We tried that last year, and it nearly worked."),
        _("What would it take to try it for a month?"),
    ),
    "check_out": (
        _("I dared to say it. Thank you."),
        _("Keep the break. Change the chairs."),
        _("I was heard."),
        _("I take a question with me."),
        _("It went fast at the end."),
        _("I come back next time."),
    ),
}
