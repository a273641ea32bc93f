"""The library of plans: methods with advice, and a button that puts one into the run sheet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sessions_app.access import session_for
from sessions_app.forms.contributions import client_id_of, fresh_client_id
from sessions_app.methods import METHODS
from sessions_app.operations.methods import take_off_method, use_method
from sessions_app.tags import MECHANISMS, STAGES


@require_http_methods(["GET", "HEAD", "POST"])
def methods(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows the methods; POST uses one, or takes its steps off again."""
    actor, session = session_for(request, pk, "session.plan")
    if request.method != "POST":
        shown = [
            (method, STAGES.chosen(method.stages), MECHANISMS.chosen(method.mechanisms)) for method in METHODS.values()
        ]
        context = {"session": session, "methods": shown, "client_id": fresh_client_id()}
        return render(request, "plan/methods.html", context)
    client_id = client_id_of(request)
    if "undo" in request.POST:
        take_off_method(session=session, actor=actor, client_id=client_id)
        return redirect("plan", pk=pk)
    use_method(session=session, actor=actor, key=request.POST.get("method", ""), client_id=client_id)
    return redirect(f"{reverse('plan', args=[pk])}?used={client_id}")
