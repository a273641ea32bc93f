"""Who is in the workshops that pages are looked at in, and what they say: long names, long words, two languages."""

from sessions_app.models import Place

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
