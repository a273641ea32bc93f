"""Until when people are asked about an interpretation."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from eaa.forms.records import Head
from sessions_app.forms.meetings import UntilForm


class ReturnForm(UntilForm):
    """`cleaned_data` holds `head` and an aware `until`."""

    head = Head()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].label = _("They can answer until")
