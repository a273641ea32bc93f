"""What Celery runs for the framework: each task calls one operation, and may run twice without harm."""

from celery import shared_task

from eaa.operations import agreements


@shared_task  # type: ignore[untyped-decorator]
def bring_due_into_force() -> int:
    """Let every agreement hold whose time for answers is over. Returns how many."""
    return agreements.bring_due_into_force()
