"""Take over the codebook of another program: send a file, look at what is in it, choose, add."""

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from eaa.access import workshop_of
from eaa.codebooks import read_codebook
from eaa.forms.codes import FileForm
from eaa.operations.codes import add_codes
from eaa.queries.codes import offered
from eaa.views.forms import refuse
from sessions_app.errors import Refused
from sessions_app.views.records import require_second_step

SALT = "eaa.codebook"
MINUTES = 60


@require_http_methods(["GET", "HEAD", "POST"])
def codebook(request: HttpRequest, slug: str) -> HttpResponse:
    """Nothing is added before it was looked at. What was read waits in the page itself, signed, not on the server."""
    actor, workshop = workshop_of(request, slug, "eaa.code")
    require_second_step(request, actor)
    form = FileForm(request.POST or None, request.FILES or None)
    offer, packed, status = None, "", 200
    try:
        if request.method == "POST" and "packed" in request.POST:
            found = signing.loads(request.POST["packed"], salt=SALT + slug, max_age=60 * MINUTES)
            taken = set(request.POST.getlist("take"))
            offers = offered(workshop, [(name, description) for name, description in found])
            chosen = [(x.name, x.description) for at, x in enumerate(offers) if str(at) in taken and x.may_be_added]
            made = add_codes(workshop=workshop, actor=actor, codes=chosen)
            told = ngettext(
                "%(number)s code is new in the codebook.", "%(number)s codes are new in the codebook.", len(made)
            )
            messages.success(request, told % {"number": len(made)})
            return redirect("eaa:codebook", slug=slug)
        if request.method == "POST":
            status = 422
            if form.is_valid():
                sent = form.cleaned_data["file"]
                offer = offered(workshop, [(one.name, one.description) for one in read_codebook(sent.file, sent.size)])
                packed = signing.dumps([(one.name, one.description) for one in offer], salt=SALT + slug, compress=True)
                status = 200
    except signing.BadSignature:
        form.add_error(None, FileForm.TOO_OLD)
        status = 422
    except Refused as trouble:
        refuse(form, trouble)
        status = 422
    context = {"actor": actor, "workshop": workshop, "form": form, "offer": offer, "packed": packed}
    return render(request, "eaa/import_codes.html", context, status=status)
