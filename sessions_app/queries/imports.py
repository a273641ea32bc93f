"""A list of people held beside those who are there: who is new, who is known, which lines have trouble."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from sessions_app.lists import Row
from sessions_app.models import MailChoice, Participant, Role, Workshop
from sessions_app.text import name_key

TAKEN = _("A facilitator here has that name. Add a letter, or choose another one.")


@dataclass(frozen=True, slots=True)
class Sorted:
    new: tuple[Row, ...]
    known: tuple[Row, ...]
    troubled: tuple[Row, ...]


def sorted_out(workshop: Workshop, rows: Iterable[Row]) -> Sorted:
    """ROWS by what would become of each. Two queries, however long the list is.

    An address is somebody's who has it, or was asked about it. A line without one is known by its name.
    """
    people = Participant.objects.filter(workshop=workshop, removed_at=None)
    told = list(people.values_list("name_key", "roles", "email", "user__email"))
    asked = MailChoice.objects.filter(participant__workshop=workshop, participant__removed_at=None)
    addresses = {one.casefold() for _key, _roles, *both in told for one in both if one}
    addresses |= {one.casefold() for one in asked.exclude(asked_address="").values_list("asked_address", flat=True)}
    names = {key for key, *_more in told if key}
    hosts = {key for key, roles, *_more in told if Role.FACILITATOR in roles}
    new, known, troubled, lines = [], [], [], dict[str, int]()
    for row in rows:
        key = row.address.casefold() or f"name {name_key(row.name)}"
        if row.trouble:
            troubled.append(row)
        elif row.address.casefold() in addresses or (not row.address and name_key(row.name) in names):
            known.append(row)
        elif row.name and name_key(row.name) in hosts:
            troubled.append(replace(row, trouble=TAKEN))
        elif key in lines:
            double = _("The same person stands in line %(line)s.") % {"line": lines[key]}
            troubled.append(replace(row, trouble=double))
        else:
            lines[key] = row.number
            new.append(row)
    return Sorted(tuple(new), tuple(known), tuple(troubled))
