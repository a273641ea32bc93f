"""Versions below these have known holes."""

from importlib.metadata import version

import pytest
from packaging.version import Version

FLOORS = {
    "Django": "5.2.19",
    "daphne": "4.2.3",
    "channels": "4.3.2",
    "autobahn": "26.10.2",
    "django-allauth": "65.21.1",
    "redis": "8.1",
}


@pytest.mark.parametrize("package", FLOORS)
def test_package_is_not_below_its_floor(package):
    assert Version(version(package)) >= Version(FLOORS[package])


def test_django_is_the_long_term_release():
    assert Version(version("Django")).release[:2] == (5, 2)
