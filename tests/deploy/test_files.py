"""Dockerfile, docker-compose.yml and README keep to what coproduction/settings.py reads from the environment."""

import ast
import re
import stat
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from coproduction.departure import LONGEST, NOTICE, SPREAD
from tests.e2e.web import ROOT

READERS = {"env", "env_bool", "env_list"}
SETTINGS = Path(settings.BASE_DIR, "coproduction/settings.py").read_text()
OURS = {"migrate", "web1", "web2", "worker", "beat"}
# Settings that nobody can give to the service of docker-compose.yml, and why not.
FIXED = {
    "DEBUG": "never on a public machine",
    "DEMO": "never on a public machine",
    "STATIC_ROOT": "made with the image",
    "EXPORT_FOLDER": "a volume, made with the image",
    "CELERY_BROKER_URL": "there is one Redis here",
    "EMAIL_BACKEND": "mail goes out by SMTP; EMAIL_HOST says where",
}
# What stands in for a setting that .env does not say, where it is not the setting's own default.
OF_COMPOSE = {"EMAIL_PORT": "587", "EMAIL_USE_TLS": "1"}
IMAGE = re.compile(r"[a-z0-9-]+(/[a-z0-9-]+)?:[\w.-]+")  # no host of a registry: that would hold a dot or a port


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


@pytest.fixture(scope="module")
def services(compose):
    return compose["services"]


@pytest.fixture(scope="module")
def dockerfile():
    return (ROOT / "Dockerfile").read_text().replace("\\\n", " ").splitlines()


@pytest.fixture(scope="module")
def nginx():
    return (ROOT / "deploy/nginx.conf").read_text()


def names_read() -> set[str]:
    """The environment's names in settings.py."""
    tree = ast.parse(SETTINGS)
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") in READERS
        and isinstance(node.args[0], ast.Constant)
    }


def own_default(name: str) -> str:
    """What settings.py takes when the environment does not say NAME."""
    said = re.search(rf'(env\w*)\("{name}"(?:, (?:default=)?"?([^)"]*)"?)?\)', SETTINGS)
    usual = said[2] or ""
    return {"True": "1", "False": "0", "": "0"}.get(usual, usual) if said[1] == "env_bool" else usual


def names_told() -> set[str]:
    """The names in the first column of the README's table of settings."""
    table = (ROOT / "README.md").read_text().partition("\n## Settings\n")[2].partition("\nProcesses:")[0]
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([A-Z][A-Z0-9_]+)`", row.split("|")[1])}


def used_in(service) -> set[str]:
    return {name.removesuffix("_FILE") for name in service["environment"]}


def test_readme_tells_every_setting_and_no_other():
    assert names_told() == names_read()


def test_compose_gives_every_setting_of_the_table_to_every_process_of_ours(services):
    """Whatever the README tells can be set in .env, but for what is FIXED there."""
    for name in OURS:
        assert used_in(services[name]) == names_told() - FIXED.keys(), name


def test_what_env_does_not_say_is_as_the_settings_have_it(services):
    given = services["web1"]["environment"]
    usual = {name: value.partition(":-")[2].rstrip("}") for name, value in given.items() if ":-" in value}

    assert {name: own_default(name) for name in usual} | OF_COMPOSE == usual


def test_everything_that_a_public_service_needs_is_given(services):
    needed = {"SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_URL", "PROXY_COUNT", "DATABASE_URL", "REDIS_URL"}
    needed |= {"EMAIL_HOST", "EMAIL_HOST_PASSWORD", "DEFAULT_FROM_EMAIL"}
    for name in OURS:
        assert needed - used_in(services[name]) == set(), name
        assert services[name]["environment"]["PROXY_COUNT"] == "1"


def test_no_secret_stands_in_the_file(compose, services):
    for service in services.values():
        for name, value in service.get("environment", {}).items():
            if name.endswith("_FILE"):
                secret = value.removeprefix("/run/secrets/")
                assert secret in service["secrets"], name
                assert compose["secrets"][secret] == {"file": f"./secrets/{secret}"}
            else:
                assert not re.search("SECRET|PASSWORD|DATABASE_URL", name), name
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert {"/secrets/", "/.env"} <= set(ignored)
    assert (ROOT / ".dockerignore").read_text().splitlines()[0] == "*"


def test_what_has_no_safe_default_must_be_said(services):
    asked = services["web1"]["environment"]
    assert {name for name in asked if ":?" in str(asked[name])} == {
        *("PUBLIC_URL", "ALLOWED_HOSTS", "EMAIL_HOST", "DEFAULT_FROM_EMAIL")
    }


def test_images_are_named_plainly_and_pinned(services, dockerfile):
    images = [service["image"] for name, service in services.items() if name not in OURS]
    images += [line.split()[1] for line in dockerfile if line.startswith("FROM ")]

    assert len(images) == 6
    assert [image for image in images if not IMAGE.fullmatch(image) or image.endswith(":latest")] == []


def test_the_services_are_those_of_the_design(services):
    assert set(services) == OURS | {"postgres", "redis", "nginx", "mail"}
    assert services["web1"] == services["web2"]
    assert services["mail"]["profiles"] == ["dev"]
    assert [name for name, service in services.items() if "profiles" in service] == ["mail"]
    assert {
        name: service["restart"] for name, service in services.items() if service["restart"] != "unless-stopped"
    } == {"migrate": "no"}
    assert "replicas" not in str(services["beat"])


def test_every_service_that_can_be_asked_is_asked(services):
    assert {name for name, service in services.items() if "healthcheck" not in service} == {"migrate", "beat", "mail"}
    for name, service in services.items():
        for other, how in service.get("depends_on", {}).items():
            waits = how["condition"]
            assert waits == ("service_completed_successfully" if other == "migrate" else "service_healthy"), name


def test_only_nginx_can_be_reached_and_only_from_this_machine(services):
    open_ports = {name: service["ports"] for name, service in services.items() if "ports" in service}

    assert open_ports == {"nginx": ["${LISTEN:-127.0.0.1:8080}:8080"], "mail": ["127.0.0.1:8025:8025"]}


def test_volumes_are_named_and_used(compose, services):
    used = {volume.split(":")[0] for service in services.values() for volume in service.get("volumes", [])}

    assert {volume for volume in used if not volume.startswith("./")} == set(compose["volumes"])
    assert "./deploy/nginx.conf" in used


def test_nginx_leads_to_the_web_services(services, nginx):
    assert re.findall(r"server (\w+):8000 ", nginx) == ["web1", "web2"] * 2
    assert "listen 8080;" in nginx
    assert services["web1"]["command"][-4:] == ["--host", "0.0.0.0", "--port", "8000"]


def test_nginx_fits_the_application(services, nginx):
    (avoids,) = set(re.findall(r"fail_timeout=(\d+)s", nginx))
    (reads,) = re.findall(r"proxy_read_timeout (\d+)s", nginx)
    (most,) = re.findall(r"client_max_body_size (\d+)m", nginx)

    assert int(avoids) < NOTICE
    assert int(reads) > 60
    assert int(most) * 1024 * 1024 == settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert "non_idempotent" not in nginx.replace("non-idempotent", "")
    assert not re.search(r"^\s*keepalive \d", nginx, re.M)
    assert int(services["web1"]["stop_grace_period"].rstrip("s")) > NOTICE + SPREAD + LONGEST


def test_the_image_is_made_of_pinned_parts_and_runs_as_nobody_special(dockerfile):
    text = "\n".join(dockerfile)
    last_user = [line for line in dockerfile if line.startswith("USER ")][-1]

    assert "pip install --require-hashes -r requirements/base.txt" in text
    assert "npm ci --ignore-scripts" in text
    assert "coproduction.local.catalogues compile" in text
    assert "manage.py collectstatic --no-input" in text
    assert last_user == "USER app"
    assert dockerfile.index(last_user) > max(n for n, line in enumerate(dockerfile) if line.startswith("RUN "))


def test_everything_that_the_image_copies_is_there_and_sent(dockerfile):
    sent = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for line in dockerfile:
        if line.startswith("COPY ") and "--from" not in line:
            for source in line.split()[1:-1]:
                assert (ROOT / source).exists(), source
                assert source.rstrip("/").split("/")[0] in sent, source


def test_a_file_for_a_secret_is_read(monkeypatch, tmp_path):
    from coproduction.settings import env

    file = tmp_path / "secret_key"
    file.write_text("from a file\n")
    file.chmod(stat.S_IRUSR)
    monkeypatch.setenv("SECRET_KEY_FILE", str(file))

    assert env("SECRET_KEY") == "from a file"
