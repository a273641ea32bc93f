"""The app's entry in Django: it hands the framework's stages and mechanisms to the planner."""

from django.apps import AppConfig

from eaa import stages
from sessions_app import tags


class EaaConfig(AppConfig):
    name = "eaa"
    verbose_name = "Engagement, Alignment, Agreement"

    def ready(self) -> None:
        tags.STAGES.register(stages.STAGES)
        tags.MECHANISMS.register(stages.MECHANISMS)
