"""Papers as files: several in one file are folded one by one."""

import io
import zipfile

import pytest

from consultations.councils.writing import FORMATS, Paper, Section

LETTERS = [
    Paper(f"Convocation {number}", ("Mme A.",), (Section("Objet", ("Bonjour.",)),)) for number in (1, 2, 3)
]


def test_each_letter_begins_on_a_new_page_of_the_text() -> None:
    with zipfile.ZipFile(io.BytesIO(FORMATS["odt"].write(LETTERS))) as file:
        content = file.read("content.xml").decode()
    assert 'fo:break-before="page"' in content
    assert content.count('text:style-name="NewPage"') == 2


@pytest.mark.parametrize("count", [1, 3])
def test_each_letter_has_its_page_of_the_pdf(count: int) -> None:
    pdf = FORMATS["pdf"].write(LETTERS[:count])
    assert f"/Count {count}".encode() in pdf
