"""Every field is labelled, and linked to its hint and its error."""

import datetime

from django import forms

from core.widgets import DateParts


class Sample(forms.Form):
    name = forms.CharField(label="Commune", help_text="Par exemple Duras.")
    note = forms.CharField(label="Mot", required=False)
    day = forms.DateField(label="Jour", required=False, widget=DateParts)
    choice = forms.ChoiceField(label="Choix", choices=[("a", "A"), ("b", "<b>")], widget=forms.RadioSelect)


def test_hint_and_error_are_linked_to_the_field() -> None:
    html = str(Sample({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_optional_fields_say_so_and_required_ones_do_not() -> None:
    html = str(Sample())
    assert html.count('class="optional"') == 2


def test_choices_are_tiles_in_a_fieldset() -> None:
    html = str(Sample()["choice"].as_field_group())
    assert html.count('<label class="choice"') == 2
    assert "<legend>Choix" in html
    assert "&lt;b&gt;" in html


def test_date_in_three_boxes_reads_back() -> None:
    form = Sample({"name": "x", "choice": "a", "day_day": "3", "day_month": "4", "day_year": "1950"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == datetime.date(1950, 4, 3)
    assert 'value="1950"' in str(form["day"])


def test_impossible_date_is_refused_and_kept_for_correction() -> None:
    form = Sample({"name": "x", "choice": "a", "day_day": "31", "day_month": "2", "day_year": "2025"})
    assert "day" in form.errors
    assert 'value="31"' in str(form["day"])


def test_empty_boxes_are_no_date() -> None:
    form = Sample({"name": "x", "choice": "a", "day_day": "", "day_month": "", "day_year": ""})
    assert form.is_valid()
    assert form.cleaned_data["day"] is None
