"""The sample workshop *Heart of the Matter*: its story as data, and the players that put it through the operations."""

from sessions_app.sample.dates import Stage
from sessions_app.sample.play import load_sample, newest_sample, next_slug, person_of

__all__ = ["Stage", "load_sample", "newest_sample", "next_slug", "person_of"]
