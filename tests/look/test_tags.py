"""The template tags of the look give what a screen reader and the style sheet need."""

import pytest
from django import forms
from django.template import Context, Engine, TemplateSyntaxError
from django.utils import translation

from sessions_app.templatetags import ui


def render(source, **values):
    return Engine.get_default().from_string(source).render(Context(values))


class Answers(forms.Form):
    name = forms.CharField(label="Your name", help_text="Any name is fine.")
    stand = forms.ChoiceField(widget=forms.RadioSelect, choices=[("yes", "Yes"), ("no", "No")])
    mail = forms.BooleanField(label="Send me a mail", help_text="You can stop it.")
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"placeholder": "Write here"}))


def test_an_icon_is_decoration():
    assert 'aria-hidden="true"' in render('{% icon "eye" %}')
    assert "#i-eye" in render('{% icon "eye" %}')


def test_only_icons_that_point_turn_with_the_text():
    assert "i--turns" in render('{% icon "right" %}')
    assert "i--turns" not in render('{% icon "eye" %}')


@pytest.mark.parametrize("stage", ["engagement", "alignment", "agreement"])
def test_a_stage_has_a_shape_and_words(stage):
    drawn = render("{% stage_label stage %}", stage=stage)
    assert "<svg" in drawn
    assert str(ui.STAGES[stage][2]) in drawn


def test_a_stage_to_come_is_a_line():
    assert "shape--open" in render('{% shape "alignment" open=True %}')
    assert "shape--open" not in render('{% shape "alignment" %}')


@pytest.mark.parametrize(
    ("place", "name"), [("hall", "hall"), ("remote", "online"), ("phone", "phone"), ("afterwards", "later")]
)
def test_a_place_has_its_own_outline(place, name):
    assert f"pip--{name}" in ui.pip("AV", place)


def test_a_person_looks_the_same_everywhere():
    assert ui.pip("AV", "hall") == ui.pip("AV", "hall")


def test_a_person_with_a_label_is_an_image_with_that_name():
    assert 'role="img" aria-label="Aino, online"' in ui.pip("AV", "remote", label="Aino, online")
    assert 'aria-hidden="true"' in ui.pip("AV", "remote")


def test_initials_are_escaped():
    assert "<b>" not in ui.pip("<b>", "hall")


def test_the_bar_of_time_has_no_style_of_its_own():
    drawn = render("{% timebar 3 12 %}")
    assert '<progress class="bar" value="3" max="12"' in drawn
    assert "style" not in drawn


def test_a_meeting_drawn_to_length_keeps_the_decimal_point_in_every_language():
    steps = [
        {"stage": "engagement", "minutes": 10},
        {"stage": "break", "minutes": 5},
        {"stage": "agreement", "minutes": 15},
    ]
    with translation.override("sv"):
        drawn = render("{% timerule steps %}", steps=steps)
    assert 'x="33.33%"' in drawn
    assert 'width="50.00%"' in drawn
    assert 'role="img"' in drawn


def test_a_meeting_without_steps_is_drawn_empty():
    assert "<rect" not in render("{% timerule steps %}", steps=[])


def test_a_field_ties_hint_and_error_to_its_control():
    drawn = render("{% field form.name %}", form=Answers({}))
    assert 'aria-describedby="id_name_hint id_name_error"' in drawn
    assert 'id="id_name_hint"' in drawn
    assert 'id="id_name_error"' in drawn
    assert 'aria-invalid="true"' in drawn


def test_choices_are_native_radios_in_a_fieldset():
    drawn = render("{% field form.stand %}", form=Answers({}))
    assert drawn.count('type="radio"') == 2
    assert "<legend>" in drawn
    assert 'aria-describedby="id_stand_error"' in drawn


def test_a_tick_carries_its_hint_inside_the_label():
    drawn = render("{% field form.mail %}", form=Answers())
    assert 'class="pick"' in drawn
    assert 'aria-describedby="id_mail_hint"' in drawn


def test_what_may_be_left_out_says_so_and_a_placeholder_goes():
    drawn = render("{% field form.note %}", form=Answers())
    assert "if you want" in drawn
    assert "placeholder" not in drawn


def test_the_summary_links_to_every_place():
    drawn = render("{% errors form %}", form=Answers({}))
    assert 'href="#id_name"' in drawn
    assert 'href="#id_stand_0"' in drawn
    assert "<b>Your name</b>" in drawn
    assert "autofocus" in drawn


def test_no_summary_when_all_is_well():
    assert render("{% errors form %}", form=Answers()).strip() == ""


def test_a_dialog_is_named_by_its_title():
    drawn = render('{% dialog id="back" title="Take it back?" %}<p>{{ words }}</p>{% enddialog %}', words="<b>")
    assert '<dialog class="sheet" id="back" aria-labelledby="back-title">' in drawn
    assert "<p>&lt;b&gt;</p>" in drawn


def test_a_dialog_without_a_title_is_refused():
    with pytest.raises(TemplateSyntaxError):
        render('{% dialog id="back" %}{% enddialog %}')


def test_a_long_row_of_people_folds():
    people = [{"initials": f"P{number}", "place": "hall"} for number in range(8)]
    drawn = render("{% seats people show=5 %}", people=people)
    assert "3 more" in drawn
    assert drawn.count("pip--hall") == 8


def test_the_reading_face_is_linked_only_where_it_is(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.HAS_FACE = False
    assert render("{% face %}") == ""
    settings.HAS_FACE = True
    assert "css/face.css" in render("{% face %}")
