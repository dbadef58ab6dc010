"""Words are found in texts of the database whatever their accents and capitals, the same way on both databases."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import TextField, Value
from hypothesis import given
from hypothesis import strategies as st

from core.folding import Folded, words_in
from core.text import fold
from organisations.models import Organisation
from tests.factories.process import body, place

pytestmark = pytest.mark.django_db
NAME = "EHPAD L’Œuvre d’Évian – Straße n°2"


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("é", True), ("e", True), ("EVIAN", True), ("œuvre", True), ("oeuvre évian", True), ("strasse", True),
        ("l'œuvre", True), ("", True), ("   ", True), ("evian nancy", False), ("%", False), ("_", False),
        ("日本", False), ("\x00", False),
    ],
)  # fmt: skip
def test_each_word_is_looked_for_without_accents(words: str, is_found: bool) -> None:
    Organisation.objects.filter(pk=body(place("Duras")).pk).update(name=NAME)
    assert Organisation.objects.filter(words_in(words, "name", "slug")).exists() is is_found


@given(st.text(st.characters(codec="utf-8", max_codepoint=0x17F, exclude_characters="\x00"), max_size=40))
def test_the_database_folds_as_we_do(text: str) -> None:
    said = Folded(Value(text, output_field=TextField()))
    assert ContentType.objects.values_list(said, flat=True)[:1].get() == fold(text)
