"""Which languages a workshop's door offers first, and in which one somebody reads who has chosen none."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from sessions_app.models import Workshop


def offered_in(workshop: Workshop) -> list[str]:
    """Codes of all our languages, those of WORKSHOP first and in its order."""
    ours = [code for code, _name in settings.LANGUAGES]
    first = [code for code in workshop.languages if code in ours]
    return [*first, *(code for code in ours if code not in first)]


def names_of(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Each code with the language's own name for itself."""
    return [(code, translation.get_language_info(code)["name_local"].capitalize()) for code in codes]


def has_chosen(request: HttpRequest) -> bool:
    """Whether the person, or their browser for them, has asked for a language of ours."""
    asked = [request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")]
    asked += [code for code, _much in parse_accept_lang_header(request.headers.get("Accept-Language", ""))]
    return any(_is_ours(code) for code in asked)


def _is_ours(code: str) -> bool:
    try:
        return bool(translation.get_supported_language_variant(code[:20]))
    except LookupError:
        return False
