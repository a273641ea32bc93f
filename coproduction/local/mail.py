"""Mail of the demo: nothing leaves the machine, each message is a file."""

import os
from typing import Any

from django.core.mail.backends.filebased import EmailBackend


class MailFolder(EmailBackend):
    """Writes to the folder that MAIL_FOLDER names."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "file_path": os.environ["MAIL_FOLDER"]})
