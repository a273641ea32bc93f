"""What the group of the sample workshop makes of its words: the framework's part of the story, played through the
operations like everything else."""

from collections.abc import Iterator

from eaa.sample import agreements, learning, records
from sessions_app.sample.company import Company, Cue


def cues(company: Company) -> Iterator[Cue]:
    """Records, agreements, and what people learned; what is made later refers to what was made before."""
    made = records.Made(company)
    yield from records.cues(made)
    yield from agreements.cues(made)
    yield from learning.cues(company)
