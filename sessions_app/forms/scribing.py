"""The scribe's form: many lines at once."""

from django import forms

from sessions_app.forms.fields import AsTyped


class LinesForm(forms.Form):
    """`lines` become cards; `person` is for whom (nobody: someone in the room); `step` is the dialogue shown;
    `heading` is for all of them, where one is chosen."""

    lines = AsTyped(required=False)
    client_id = forms.UUIDField()
    person = forms.CharField(required=False)
    step = forms.IntegerField(required=False)
    heading = forms.IntegerField(required=False)
