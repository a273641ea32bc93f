"""The settings with one more language, whose catalogue lies where PSEUDO_LOCALE says."""

import os

from coproduction.settings import *  # noqa: F403
from coproduction.settings import LANGUAGES, LOCALE_PATHS, STAFF_LANGUAGES
from tests.languages.pseudo import CODE

LANGUAGES = [*LANGUAGES, (CODE, "Pseudo")]
STAFF_LANGUAGES = [*STAFF_LANGUAGES, CODE]
LOCALE_PATHS = [os.environ["PSEUDO_LOCALE"], *LOCALE_PATHS]
