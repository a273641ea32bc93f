"""What came of mails: what was posted, who was told, and why it was not posted."""

from django.core import mail as sent

from sessions_app.models import Contribution, Notice, Via
from sessions_app.operations import notices


def said() -> list[tuple[str, str, str]]:
    rows = Contribution.objects.filter(via=Via.EMAIL).select_related("author")
    return [(row.author.name, row.body, row.via) for row in rows]


def told() -> list[tuple[str, str]]:
    """What was mailed to whom about answers."""
    sent.outbox.clear()
    while ids := notices.claim():
        for pk in ids:
            notices.deliver(pk)
    return [(one.to[0], one.subject.partition(": ")[2]) for one in sent.outbox]


def whys() -> list[str]:
    return [subject.partition(":")[0] for subject in subjects("reply_not_posted")]


def subjects(reason: str) -> list[str]:
    return list(Notice.objects.filter(reason=reason).order_by("pk").values_list("subject", flat=True))


def bodies() -> list[str]:
    return list(Contribution.objects.filter(via=Via.EMAIL).order_by("seq").values_list("body", flat=True))
