"""The composer's form: what arrives with somebody's words."""

import uuid

from django import forms

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
    view = forms.ChoiceField(choices=[("room", "room"), ("thread", "thread")], required=False)


def fresh_client_id() -> str:
    """For a composer that is sent without script: pressing twice is still one contribution."""
    return str(uuid.uuid4())
