"""The pieces of the look as template tags: icons, stage shapes, people, time, fields. Builtins: no load needed."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any
from zlib import crc32

from django import template
from django.conf import settings
from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    RadioSelect,
)
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

register = template.Library()

STAGES = {
    "engagement": ("is-engage", "s-circle", gettext_lazy("Getting to know each other")),
    "alignment": ("is-align", "s-square", gettext_lazy("Working it out")),
    "agreement": ("is-agree", "s-triangle", gettext_lazy("Agreeing")),
    "break": ("is-break", "s-cup", gettext_lazy("Kettle")),
}
PLACES = {
    "hall": "hall",
    "remote": "online",
    "phone": "phone",
    "afterwards": "later",
    "": "gone",
}
CUTS = ("", " pip--b", " pip--c", " pip--d")
TURNING = {
    "right",
    "back",
    "move",
    "reply",
    "undo",
    "out",
}  # they follow the direction of the text
FACE = "atkinson-hyperlegible-next-latin-wght-normal.woff2"


@register.simple_tag
def icon(name: str) -> SafeString:
    """A line icon of static/icons.svg, the size of the text beside it. It is decoration: a word stands next to it."""
    return _icon(name)


@cache  # every card has three of them, and the address of a file does not change while a process runs
def _icon(name: str) -> SafeString:
    turns = " i--turns" if name in TURNING else ""
    return format_html(
        '<svg class="i{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        turns,
        static("icons.svg"),
        name,
    )


@register.simple_tag
def shape(stage: str, open: bool = False) -> SafeString:
    """The shape of a stage (engagement, alignment, agreement, break), filled, or as a line when still to come."""
    if not stage:
        return mark_safe("")  # a way of working that belongs to no stage
    name, drawing, _label = STAGES[stage]
    outline = " shape--open" if open or stage == "break" else ""
    href = f"{static('icons.svg')}#{drawing}"
    return format_html(
        '<svg class="shape {}{}" aria-hidden="true"><use href="{}"/></svg>',
        name,
        outline,
        href,
    )


@register.simple_tag
def stage_label(stage: str, open: bool = False) -> SafeString:
    """The shape of a stage with its plain words; colour never stands alone."""
    name, _drawing, label = STAGES[stage]
    return format_html('<span class="stage {}">{} {}</span>', name, shape(stage, open), label)


@register.simple_tag
def stage_words(stage: str) -> str:
    """The plain words of a stage, without its shape."""
    return str(STAGES[stage][2])


@register.simple_tag
def mark() -> SafeString:
    """The mark: three shapes on the edge of a table."""
    return mark_safe(
        '<svg class="mark" viewBox="0 0 46 18" aria-hidden="true"><circle class="f-clay" cx="8" cy="8.5" r="7"/>'
        '<path class="f-sky" d="M17 1.5h14v14H17z"/><path class="f-leaf" d="M39 1.5 46 15.5H32z"/>'
        '<path class="k-ink" stroke-width="2.5" d="M0 17h46"/></svg>'
    )


@register.simple_tag
def pip(
    initials: str,
    place: str,
    size: str = "",
    label: str = "",
    speaks: bool = False,
    you: bool = False,
) -> SafeString:
    """A person at the table; place is hall, remote, phone, afterwards or empty; size is empty, s, l or xl.

    Without a label it is hidden from screen readers, because the name stands beside it or in the row's own label.
    """
    classes = f"pip pip--{PLACES[place]}{CUTS[crc32(initials.encode()) % len(CUTS)]}"
    classes += f" pip--{size}" if size else ""
    classes += " pip--speaks" if speaks else ""
    classes += " pip--you" if you else ""
    if label:
        return format_html(
            '<span class="{}" role="img" aria-label="{}">{}</span>',
            classes,
            label,
            initials,
        )
    return format_html('<span class="{}" aria-hidden="true">{}</span>', classes, initials)


@register.simple_tag
def timebar(value: float, max: float, label: str = "", wide: bool = False, id: str = "") -> SafeString:
    """A bar of time left: value and max in the same unit. The words beside it say the same."""
    return format_html(
        '<progress class="bar{}"{} value="{}" max="{}" aria-label="{}"></progress>',
        " bar--wide" if wide else "",
        format_html(' id="{}"', id) if id else "",
        value,
        max,
        label or _("Time left"),
    )


@register.inclusion_tag("components/timerule.html")
def timerule(steps: Iterable[Any], size: str = "", planned: int = 0) -> dict[str, Any]:
    """A meeting drawn to length. Each step is an object or a mapping with `stage` and `minutes`; size is empty or s.

    When more minutes are planned than the steps take, the rest of the line stays empty.
    """
    pairs = [(_of(step, "stage"), int(_of(step, "minutes") or 0)) for step in steps]
    total, start, parts = max(planned, sum(minutes for _stage, minutes in pairs)) or 1, 0, []
    for stage, minutes in pairs:
        name, drawing, label = STAGES[stage]
        share = 100 * minutes / total
        parts.append(
            {
                "name": name,
                "drawing": drawing,
                "label": label,
                "minutes": minutes,
                "open": stage == "break",
                # texts, because a number would get the decimal comma of the reader's language
                "start": f"{100 * start / total:.2f}",
                "width": f"{max(share - (0.3 if start + minutes < total else 0), 0.1):.2f}",
                "middle": f"{100 * start / total + share / 2:.2f}",
            }
        )
        start += minutes
    return {"parts": parts, "small": size == "s"}


def _of(thing: Any, name: str) -> Any:
    return thing[name] if isinstance(thing, Mapping) else getattr(thing, name)


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, hint: str = "", label: str = "", row: bool = False) -> dict[str, Any]:
    """One field of a Django form: label, hint, error and control, tied together for screen readers.

    A form field may carry `choice_hints`, a dict from value to a second line under that choice. With row the choices
    stand side by side. A placeholder is dropped: it vanishes when somebody types, label and hint do not.
    """
    widget = bound.field.widget
    widget.attrs.pop("placeholder", None)
    hint = hint or str(bound.help_text or "")
    own = bound.auto_id or bound.html_name
    described = " ".join([f"{own}_hint"] * bool(hint) + [f"{own}_error"] * bool(bound.errors))
    kind = "line"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        kind = "choices"
    elif isinstance(widget, CheckboxInput):
        kind = "tick"
    attrs: dict[str, str | bool] = {"aria-describedby": described} if described else {}
    if kind == "line":
        attrs["class"] = f"{widget.attrs.get('class', '')} {_input_class(widget)}".strip()
    return {
        "bound": bound,
        "kind": kind,
        "label": label or bound.label,
        "hint": hint,
        "own": own,
        "row": row,
        "described": described,
        "control": bound.as_widget(attrs=attrs) if kind != "choices" else "",
        "choices": _choices(bound) if kind == "choices" else [],
        "if_you_want": kind == "line" and not bound.field.required,
    }


def _input_class(widget: Any) -> str:
    kind = getattr(widget, "input_type", "")
    if kind in {"number", "time"}:
        return "input input--short"
    return "input input--when" if kind in {"date", "datetime-local", "week", "month"} else "input"


def _choices(bound: BoundField) -> list[dict[str, Any]]:
    hints = getattr(bound.field, "choice_hints", {})
    return [
        {
            "tag": option.tag(),
            "label": option.choice_label,
            "hint": hints.get(str(option.data["value"]), ""),
        }
        for option in bound.subwidgets
    ]


@register.inclusion_tag("components/errors.html")
def errors(form: BaseForm) -> dict[str, Any]:
    """What is to be put right in a form, with a link to each place; nothing when all is well."""
    found: list[tuple[str, str, str]] = [("", "", str(text)) for text in form.non_field_errors()]
    for bound in form:
        first = "_0" if isinstance(bound.field.widget, RadioSelect | CheckboxSelectMultiple) else ""
        found += [(f"#{bound.auto_id}{first}", str(bound.label), str(text)) for text in bound.errors]
    return {"found": found}


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:
    """A native dialog. A button with data-opens="ID" opens it, a form with method="dialog" or Escape closes it."""
    return format_html(
        '<dialog class="sheet" id="{}" aria-labelledby="{}-title">'
        '<h2 id="{}-title" tabindex="-1" autofocus>{}</h2>{}</dialog>',
        id,
        id,
        id,
        title,
        content,
    )


@register.simple_tag
def face() -> SafeString:
    """Links to the reading face; empty where its npm package is not installed."""
    if not settings.HAS_FACE:
        return mark_safe("")
    return format_html(
        '<link rel="preload" as="font" type="font/woff2" crossorigin href="{}"><link rel="stylesheet" href="{}">',
        static(f"face/{FACE}"),
        static("css/face.css"),
    )


@register.simple_tag
def seats(people: Iterable[Any], show: int = 5) -> SafeString:
    """A row of people with `initials` and `place` (objects or mappings); a narrow page shows the first few."""
    drawn = [pip(_of(person, "initials"), _of(person, "place")) for person in people]
    first = format_html_join("", "{}", ((one,) for one in drawn[:show]))
    rest = format_html_join("", "{}", ((one,) for one in drawn[show:]))
    if not rest:
        return first
    more = _("%(number)s more") % {"number": len(drawn) - show}
    return format_html(
        '{}<span class="seats__wide">{}</span><span class="more narrow-only">{}</span>',
        first,
        rest,
        more,
    )
