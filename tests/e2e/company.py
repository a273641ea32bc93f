"""Who is in the workshops that pages are looked at in, and what they say: long names, long words, two languages."""

from sessions_app.models import Place
from tests.world import World, add, make_world

CROWD = (
    ("Aino Virtanen", Place.REMOTE),
    ("Lars Nilsson", Place.HALL),
    ("Fatima Warsame", Place.HALL),
    ("Elsa Hedman", Place.PHONE),
    ("Greta Falk", Place.REMOTE),
    ("Hodan Abdi", Place.REMOTE),
    ("Mehmet Kaya", Place.HALL),
    ("Siv Öberg", Place.HALL),
    ("Jan-Erik von Sydow-Mannerheim", Place.REMOTE),
    ("Oksana", Place.REMOTE),
)
WORDS = (
    "One whole minute of silence. Then I dare.",
    "Somebody who writes it down, so that I can listen.",
    "I want to know how long I have to wait, also when nobody knows.",
    "Hissen är trång. Två rullstolar möts, och en måste backa ut i korridoren igen.",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
    "A letter in large print, two days before. And the name of the person I will meet, so that I can ask for her.",
)


def crowded(title: str) -> World:
    """A workshop of Karin's with all of them in it."""
    world = make_world(title, host="Karin Lindh")
    for name, place in CROWD:
        add(world, name, usual_place=place)
    return world
