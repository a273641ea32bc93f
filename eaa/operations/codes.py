"""The codebook: begin it, add a code, change it, let one go into another, take one away, and undo each of these."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from eaa.models import CODE_ABOUT, CODE_NAME, Code, Colour, Scheme
from eaa.operations.locking import lock_for
from eaa.operations.records import cleaned_text, named
from eaa.stages import CMO, DEFINITIONS, MECHANISMS
from eaa.verbs import Verb
from sessions_app import clock, events
from sessions_app.errors import BadText, NotFound, TooLong
from sessions_app.models import Workshop
from sessions_app.policy import Actor, require
from sessions_app.text import clean_line

MOST = 500
TAKEN = _("There is a code of that name already. Use that one, or choose another name.")
COLOURS = {"engagement": Colour.CLAY, "alignment": Colour.SKY, "agreement": Colour.LEAF}


def begin_codebook(*, workshop: Workshop, actor: Actor) -> list[Code]:
    """Put the framework's codes into the codebook: six mechanisms, and context, mechanism, outcome. Twice does nothing
    more; names that are taken already stay those of their makers."""
    with transaction.atomic():
        _locked(workshop, actor)
        known = Code.objects.filter(workshop=workshop)
        keys, names = set(known.values_list("key", flat=True)), {one.name.casefold() for one in known.standing()}
        made = []
        ready = [(Scheme.EAA, tag.key, f"EAA: {tag.key}", COLOURS[tag.stage]) for tag in MECHANISMS]
        ready += [(Scheme.CMO, key, f"CMO: {name}", Colour.PLUM) for key, name in CMO.items()]
        for scheme, key, name, colour in ready:
            if key not in keys and name.casefold() not in names:
                told = {"scheme": scheme, "key": key, "name": name, "colour": colour}
                made.append(_made(workshop, actor, {**told, "description": DEFINITIONS[key]}))
    return made


def add_code(*, workshop: Workshop, actor: Actor, name: str, description: str = "", colour: str = "") -> Code:
    """A code of one's own. Refused: no name, a name that another has, more than 500 codes."""
    given = _cleaned(name, description, colour)
    with transaction.atomic():
        _locked(workshop, actor)
        return _made(workshop, actor, given)


def add_codes(*, workshop: Workshop, actor: Actor, codes: list[tuple[str, str]]) -> list[Code]:
    """Many (name, description) at once, as from a file. Those whose name is there already are left out."""
    with transaction.atomic():
        _locked(workshop, actor)
        here = {
            name.casefold() for name in Code.objects.standing().filter(workshop=workshop).values_list("name", flat=True)
        }
        made = []
        for name, description in codes:
            given = _cleaned(name, description, "")
            if given["name"].casefold() not in here:
                here.add(given["name"].casefold())
                made.append(_made(workshop, actor, given))
    return made


def change_code(*, code: Code, actor: Actor, name: str, description: str, colour: str) -> Code:
    """Other words or another colour. The framework's own codes keep their names."""
    given = _cleaned(name if code.is_own else code.name, description, colour)
    with transaction.atomic():
        _standing(code, actor)
        if all(getattr(code, field) == value for field, value in given.items()):
            return code
        if _is_taken(code, given["name"]):
            raise BadText(TAKEN, field="name")
        for field, value in given.items():
            setattr(code, field, value)
        code.save(update_fields=list(given))
        _tell(Verb.CODE_CHANGED, code, actor)
    return code


def merge_code(*, code: Code, actor: Actor, into: Code) -> Code:
    """Let CODE go into another: what lies under it counts for that one, until it is put back."""
    with transaction.atomic():
        _standing(code, actor)
        into.refresh_from_db()
        if into.workshop_id != code.workshop_id or into.removed_at is not None:
            raise NotFound
        if into.pk == code.pk:
            raise BadText(_("A code cannot go into itself."), field="into")
        code.merged_into, code.removed_at = into, clock.now()
        code.save(update_fields=["merged_into", "removed_at"])
        _tell(Verb.CODE_MERGED, code, actor, into=into.pk)
    return code


def remove_code(*, code: Code, actor: Actor) -> Code:
    """Take CODE away; what lies under it stays where it is, for the day when it is put back."""
    with transaction.atomic():
        _standing(code, actor)
        code.removed_at = clock.now()
        code.save(update_fields=["removed_at"])
        _tell(Verb.CODE_REMOVED, code, actor, gone=True)
    return code


def put_back_code(*, code: Code, actor: Actor) -> Code:
    """Undo that CODE was taken away, or went into another. Refused when another has its name by now."""
    with transaction.atomic():
        _locked(code.workshop, actor)
        code.refresh_from_db()
        if code.removed_at is None:
            return code
        if _is_taken(code, code.name):
            raise BadText(TAKEN, field="name")
        code.merged_into, code.removed_at = None, None
        code.save(update_fields=["merged_into", "removed_at"])
        _tell(Verb.CODE_REMOVED, code, actor, gone=False)
    return code


def _made(workshop: Workshop, actor: Actor, given: dict[str, Any]) -> Code:
    """Inside the transaction, under the workshop's lock."""
    if Code.objects.filter(workshop=workshop).count() >= MOST:
        raise BadText(_("A codebook holds at most 500 codes."), field="name")
    try:
        with transaction.atomic():
            code = Code.objects.create(workshop=workshop, created_by=named(actor), created_at=clock.now(), **given)
    except IntegrityError as trouble:
        raise BadText(TAKEN, field="name") from trouble
    _tell(Verb.CODE_MADE, code, actor)
    return code


def _cleaned(name: str, description: str, colour: str) -> dict[str, Any]:
    try:
        line = clean_line(name, limit=CODE_NAME)
    except (BadText, TooLong) as trouble:
        raise type(trouble)(trouble.message, field="name") from trouble
    about = cleaned_text(description, field="description", limit=CODE_ABOUT) if description.strip() else ""
    if colour and colour not in Colour.values:
        raise BadText(_("Choose one of the answers in the list."), field="colour")
    return {"name": line, "description": about, "colour": colour or Colour.PINE}


def _is_taken(code: Code, name: str) -> bool:
    others = Code.objects.standing().filter(workshop=code.workshop_id).exclude(pk=code.pk)
    return others.filter(name__iexact=name).exists()


def _locked(workshop: Workshop, actor: Actor) -> None:
    lock_for(workshop.pk, actor)
    require(actor, "eaa.code", workshop)


def _standing(code: Code, actor: Actor) -> None:
    workshop = code.workshop
    _locked(workshop, actor)
    code.refresh_from_db()
    code.workshop = workshop
    if code.removed_at is not None:
        raise NotFound


def _tell(verb: Verb, code: Code, actor: Actor, **data: Any) -> None:
    told = {"code": code.pk, **data}
    events.record(verb, workshop_id=code.workshop_id, actor=actor.participant, data=told)
