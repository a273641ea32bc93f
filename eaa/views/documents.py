"""The agreement as a document, to keep, to print and to script against."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from eaa.access import agreement_for
from eaa.documents import as_markdown, as_pdf, document_of
from eaa.views.agreements import reads_only
from sessions_app.errors import NotFound


@require_GET
def document(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """KIND is pdf, md or json; `?version=` is an older one."""
    actor, agreement = agreement_for(request, pk)
    reads_only(request, actor)
    wish = request.GET.get("version", "")
    told = document_of(agreement, int(wish) if wish.isdecimal() and len(wish) < 9 else None)
    if kind == "json":
        answer: HttpResponse = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})
    elif kind == "md":
        answer = HttpResponse(as_markdown(told), content_type="text/markdown; charset=utf-8")
    elif kind == "pdf":
        answer = HttpResponse(as_pdf(told), content_type="application/pdf")
    else:
        raise NotFound
    name = f"{slugify(agreement.title) or 'agreement'}-{told['version']}.{kind}"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
