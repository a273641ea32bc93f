"""The composer's form: what arrives with somebody's words."""

import uuid

from django import forms
from django.http import HttpRequest

from sessions_app.errors import Refused
from sessions_app.forms.fields import AsTyped


class ContributionForm(forms.Form):
    """`body` and `client_id` always; `name` from a guest, `reply_to` in a thread, `heading` where one is chosen.

    Operations decide about the words.
    """

    body = AsTyped(required=False)
    client_id = forms.UUIDField()
    name = AsTyped(required=False)
    language = forms.RegexField(r"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})?$", required=False)
    reply_to = forms.UUIDField(required=False)
    heading = forms.IntegerField(required=False)
    view = forms.ChoiceField(choices=[("room", "room"), ("thread", "thread"), ("group", "group")], required=False)


def client_id_of(request: HttpRequest) -> uuid.UUID:
    """The number of the form that was sent, by which a second press is known. Raises Refused without one."""
    try:
        return uuid.UUID(request.POST.get("client_id", ""))
    except ValueError as trouble:
        raise Refused from trouble


def whole(sent: str, digits: int) -> int | None:
    """A number of at most so many DIGITS, as a form or an address holds it; None for anything else."""
    return int(sent) if sent.isdecimal() and len(sent) <= digits else None


def fresh_client_id() -> str:
    """For a composer that is sent without script: pressing twice is still one contribution."""
    return str(uuid.uuid4())
