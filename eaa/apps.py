"""The app's entry in Django: it hands the framework's tags and verbs to the product, and the rest by `wiring`."""

from importlib import import_module

from django.apps import AppConfig

from eaa import stages
from eaa.verbs import ENTRIES
from sessions_app import tags
from sessions_app.verbs import CODEBOOK


class EaaConfig(AppConfig):
    name = "eaa"
    verbose_name = "Engagement, Alignment, Agreement"

    def ready(self) -> None:
        tags.STAGES.register(stages.STAGES)
        tags.MECHANISMS.register(stages.MECHANISMS)
        CODEBOOK.update(ENTRIES)
        import_module("eaa.wiring").wire()  # it needs models, which are there only now
