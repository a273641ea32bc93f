"""Translation catalogues: what is collected is what Django looks up, and what is not whole is named."""

import io
from textwrap import dedent

import pytest
from babel.messages.pofile import read_po, write_po
from django.template import Context, Engine
from django.utils import translation

from coproduction.local.catalogues import collect, compile_newer, problems, update
from coproduction.local.trouble import LocalTrouble

PAGE = dedent(
    """\
    {% load i18n %}
        <p>{% translate "Save" %}</p>
      {# Translators: a button #}
      <p>{% translate 'Post' context "noun" %}{% translate "100% done" %}</p>
    <p>{% blocktranslate trimmed with name=person count number=number %}
        {{ name }} has
        {{ number }} card
    {% plural %}
        {{ name }} has
        {{ number }} cards
    {% endblocktranslate %}</p>
          <p>{% blocktranslate context "it's said" %}Hello {{ person }}
      and "you"{% endblocktranslate %}</p>
    {% firstof nothing _("Nothing yet") %}{{ nothing|default:_("Nobody") }}
    """
)
PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy
def words(count):
    return [_("Café"), ngettext("%(count)s step", "%(count)s steps", count), pgettext_lazy("verb", "Post")]
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/page.html").write_text(PAGE)
    (tmp_path / "eaa/migrations").mkdir(parents=True)
    (tmp_path / "eaa/words.py").write_text(PYTHON)
    (tmp_path / "eaa/migrations/0001.py").write_text('_("In a migration")')
    list(update(tmp_path, ["sv"]))
    return tmp_path


def po(project):
    return project / "locale/sv/LC_MESSAGES/django.po"


def translate_all(project):
    """Translate every text into itself in capitals, placeholders kept."""
    catalogue = read_po(io.BytesIO(po(project).read_bytes()), locale="sv")
    for message in catalogue:
        if message.id:
            message.string = translated(message)
    with po(project).open("wb") as output:
        write_po(output, catalogue)


def translated(message):
    if isinstance(message.id, str):
        return in_capitals(message.id)
    return tuple(in_capitals(text) for text in message.id)


def in_capitals(text):
    for name in ("name", "number", "person", "count"):
        text = text.replace(f"%({name})s", f"<{name}>")
    text = text.upper()
    for name in ("name", "number", "person", "count"):
        text = text.replace(f"<{name.upper()}>", f"%({name})s")
    return text


def render(number):
    engine = Engine(libraries={"i18n": "django.templatetags.i18n"})
    return engine.from_string(PAGE).render(Context({"person": "Siv", "number": number, "nothing": ""}))


def test_collected_texts_have_context_and_plural(project):
    found = {(message.context, message.id) for message in collect(project) if message.id}

    assert found == {
        (None, "Save"),
        ("noun", "Post"),
        ("verb", "Post"),
        (None, "100%% done"),
        (None, ("%(name)s has %(number)s card", "%(name)s has %(number)s cards")),
        ("it's said", 'Hello %(person)s\n  and "you"'),
        (None, "Nothing yet"),
        (None, "Nobody"),
        (None, "Café"),
        (None, ("%(count)s step", "%(count)s steps")),
    }


@pytest.mark.parametrize(("number", "cards"), [(1, "SIV HAS 1 CARD</p>"), (3, "SIV HAS 3 CARDS</p>")])
def test_every_collected_text_is_found_when_a_page_is_rendered(project, settings, number, cards):
    translate_all(project)
    compile_newer(project)
    settings.LOCALE_PATHS = [project / "locale"]

    with translation.override("sv"):
        page = render(number)

    assert "<p>SAVE</p>" in page
    assert "<p>POST100% DONE</p>" in page
    assert cards in page.replace("Siv", "SIV")
    assert 'HELLO Siv\n  AND "YOU"' in page
    assert "NOTHING YET" in page
    assert "NOBODY" in page


def test_a_new_catalogue_is_not_translated(project):
    found = list(problems(project, ["sv"]))

    assert len(found) == 10
    assert "sv: not translated: 'Save' (templates/page.html)" in found


def test_a_translated_catalogue_is_whole(project):
    translate_all(project)

    assert list(problems(project, ["sv"])) == []


def test_a_new_text_is_missing_until_it_is_collected(project):
    translate_all(project)
    (project / "templates/other.html").write_text('{% load i18n %}{% translate "Leave" %}')

    before = list(problems(project, ["sv"]))
    waiting = dict(update(project, ["sv"]))

    assert before == ["sv: missing, run `make messages`: 'Leave' (templates/other.html)"]
    assert waiting == {"sv": 1}


def test_a_text_that_is_gone_is_named_and_then_dropped(project):
    translate_all(project)
    (project / "eaa/words.py").write_text("")

    before = list(problems(project, ["sv"]))
    list(update(project, ["sv"]))

    assert len(before) == 3
    assert all("used nowhere" in line for line in before)
    assert list(problems(project, ["sv"])) == []
    assert "Café" not in po(project).read_text()


def test_an_update_keeps_translations_and_changes_nothing_else(project):
    translate_all(project)
    list(update(project, ["sv"]))
    first = po(project).read_text()
    (project / "templates/page.html").write_text("\n\n" + PAGE)

    list(update(project, ["sv"]))

    assert po(project).read_text() == first
    assert "CAFÉ" in first


def test_a_placeholder_that_is_lost_is_named(project):
    translate_all(project)
    po(project).write_text(po(project).read_text().replace("HELLO %(person)s", "HELLO"))

    found = list(problems(project, ["sv"]))

    assert len(found) == 1
    assert "placeholders differ" in found[0]


def test_a_fuzzy_translation_is_named(project):
    translate_all(project)
    po(project).write_text(po(project).read_text().replace('msgid "Save"', '#, fuzzy\nmsgid "Save"'))

    assert list(problems(project, ["sv"])) == ["sv: marked as fuzzy: 'Save' (templates/page.html)"]


def test_only_newer_catalogues_are_compiled(project):
    assert compile_newer(project) == ["sv"]
    assert compile_newer(project) == []


def test_a_broken_catalogue_is_a_sentence(project):
    po(project).write_text('msgid "Save"\n<<<<<<< here\nmsgstr "Spara"\n')

    with pytest.raises(LocalTrouble, match="cannot be read"):
        list(problems(project, ["sv"]))


def test_a_template_that_cannot_be_collected_is_a_sentence(project):
    (project / "templates/bad.html").write_text(
        "{% load i18n %}{% blocktranslate %}{% if a %}b{% endif %}{% endblocktranslate %}"
    )

    with pytest.raises(LocalTrouble, match=r"templates/bad\.html"):
        collect(project)
