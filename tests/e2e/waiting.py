"""Small things: somebody waits in the lobby, a host keeps templates and looks after the account, a demo shows parts."""

from sessions_app.models import Participant
from sessions_app.operations import participants, saved_plans
from sessions_app.policy import Actor
from sessions_app.sample import Stage, load_sample, next_slug
from sessions_app.views.demo import PARTS
from tests.world import World, make_world

Made = tuple[World, dict[str, tuple[str | None, str]]]  # the world, and its pages: name -> (who looks, address)


def waiting() -> Made:
    world = make_world("Calmer visits", host="Karin Lindh")
    world.cookies["Waiting"] = participants.join(workshop=world.workshop, to_lobby=True).token
    user = world.ada.participant.user
    kept = saved_plans.save_plan(workshop=world.workshop, actor=world.ada, user=user, session=world.session)
    copied = saved_plans.save_plan(workshop=world.workshop, actor=world.ada, user=user)
    host = ("logout", "email", "password/change", "2fa")
    return world, {
        "lobby": ("Waiting", f"/w/{world.workshop.slug}/lobby/"),
        "people, somebody waits": ("Karin Lindh", f"/w/{world.workshop.slug}/people/"),
        "templates, own": ("Karin Lindh", "/workshops/new/"),
        "new workshop, own template": ("Karin Lindh", f"/workshops/new/?template=own-{kept.pk}"),
        "copy of a workshop": ("Karin Lindh", f"/workshops/new/?template=own-{copied.pk}"),
        **{f"account, {name}": ("Karin Lindh", f"/accounts/{name}/") for name in host},
        "account, mail with a code": (None, "/accounts/login/code/"),
        "account, new password": (None, "/accounts/password/reset/"),
        "account, mail is sent": (None, "/accounts/password/reset/done/"),
    }


def demo() -> Made:
    """What only a demo has; a browser has to go to a server of a demo for it."""
    sample = load_sample(stage=Stage("live"), slug=next_slug())
    host = Participant.objects.select_related("workshop").filter(workshop=sample, user__isnull=False)[0]
    parts = {f"demo, {role}": (None, f"/demo/{role}/") for role in PARTS}
    return World(sample, sample.sessions.all()[0], Actor(host)), parts | {"components": (None, "/components/")}
