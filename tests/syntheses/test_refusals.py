"""Files that are refused: a clear reason, an exit code, nothing stored."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from consultations.syntheses.models import Synthesis
from consultations.syntheses.reading import MAX_BYTES, read_synthesis
from core.problems import ImportRefused
from tests.syntheses.examples import ARCHIVE, FOUNDING, archive
from tests.syntheses.files import as_docx, as_odt, part_of, with_part


def bomb() -> bytes:
    """Two hundred megabytes of spaces in two hundred kilobytes."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("content.xml", b" " * 200_000_000)
    return output.getvalue()


def lying_bomb() -> bytes:
    """The same, announcing a small part."""
    data = bytearray(bomb())
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = (1000).to_bytes(4, "little")
    return bytes(data)


def linked_docx() -> bytes:
    data = as_docx(archive())
    name = "word/_rels/document.xml.rels"
    link = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships'
        b'/image" Target="https://ailleurs.example/a.png" TargetMode="External"/></Relationships>'
    )
    return with_part(data, name, part_of(data, name).replace(b"</Relationships>", link))


def linked_odt() -> bytes:
    data = as_odt(archive())
    image = (
        b'<text:p><draw:frame xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><draw:image '
        b'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="https://ailleurs.example/a.png"/>'
        b"</draw:frame></text:p></office:text>"
    )
    return with_part(data, "content.xml", part_of(data, "content.xml").replace(b"</office:text>", image))


def entity_docx() -> bytes:
    data = as_docx(archive())
    evil = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    return with_part(data, "word/document.xml", evil)


REFUSED: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "vide"),
    "blank.txt": (b" \n \n", "vide"),
    "huge.txt": (b"- a\n" * (MAX_BYTES // 4 + 1), "Mo"),
    "lines.txt": (b"LEVIERS\n" + b"- a\n" * 6000, "lignes"),
    "items.txt": (b"LEVIERS\n" + b"- a\n" * 1001, "lignes"),
    "short.txt": (b"LEVIERS\n" + b"- a\n" * 2_000_000, "lignes"),
    "long.md": (b"LEVIERS\n\n- " + b"** a" * 50_000, "ligne"),
    "sentence.txt": (b"LEVIERS\n\n- " + b"mot " * 1000, "phrase"),
    "nothing.txt": (b"Bonjour a tous\n", "titre"),
    "binary.txt": (bytes(range(256)), "texte"),
    "bomb.odt": (bomb(), "gros"),
    "lying.odt": (lying_bomb(), ""),
    "zip.docx": (with_part(bomb()[:0] or as_odt(archive()), "x", b"")[:400], "abîmé"),
    "cut.odt": (as_odt(archive())[:3000], "abîmé"),
    "macro.docx": (with_part(as_docx(archive()), "word/vbaProject.bin", b"x"), "macros"),
    "macro.odt": (with_part(as_odt(archive()), "Basic/Standard/Module1.xml", b"x"), "macros"),
    "linked.docx": (linked_docx(), "images"),
    "linked.odt": (linked_odt(), "images"),
    "entity.docx": (entity_docx(), "entités"),
    "xml.docx": (with_part(as_docx(archive()), "word/document.xml", b"<w:document"), "abîmé"),
    "locked.odt": (
        with_part(as_odt(archive()), "META-INF/manifest.xml", b"<manifest:encryption-data/>"),
        "mot de passe",
    ),
    "old.doc": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "DOC"),
    "scan.pdf": (b"%PDF-1.7", "PDF"),
    "other.zip": (with_part(as_odt(archive()), "content.xml", b"")[:0] or b"PK\x05\x06" + b"\0" * 18, "ODT"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_file_is_refused_with_its_reason(name: str) -> None:
    data, reason = REFUSED[name]
    with pytest.raises(ImportRefused) as refused:
        read_synthesis(data, name=name)
    problem = refused.value.problems[0]
    assert reason.lower() in f"{problem}".lower()
    assert problem.file == name
    assert problem.remedy


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["empty.txt", "macro.docx", "linked.odt", "cut.odt", "nothing.txt"])
def test_command_stores_nothing_of_a_refused_file(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    path = tmp_path / name
    path.write_bytes(REFUSED[name][0])
    with pytest.raises(CommandError):
        call_command("import_synthesis", str(path), "--json")
    printed = capsys.readouterr()
    assert json.loads(printed.out)["ok"] is False
    assert name in printed.err
    assert not Synthesis.objects.exists()


@pytest.mark.django_db
def test_command_imports_once_and_reports(capsys: pytest.CaptureFixture) -> None:
    call_command("import_synthesis", str(ARCHIVE), "--json")
    first = json.loads(capsys.readouterr().out)
    call_command("import_synthesis", str(ARCHIVE), "--json")
    second = json.loads(capsys.readouterr().out)
    assert (first["status"], second["status"]) == ("created", "unchanged")
    assert first["id"] == second["id"]
    assert first["counts"] == FOUNDING
    assert first["held_on"] == "2014-04-02"
    assert first["unrecognised"] == []
    assert Synthesis.objects.get().lines.count() == 61 + 3 + 3 + 2


@pytest.mark.django_db
def test_same_words_in_another_kind_of_file_are_the_same_synthesis(tmp_path: Path) -> None:
    call_command("import_synthesis", str(ARCHIVE))
    path = tmp_path / "archive.odt"
    path.write_bytes(as_odt(archive()))
    call_command("import_synthesis", str(path))
    assert Synthesis.objects.count() == 1


@pytest.mark.django_db
def test_dry_run_and_missing_files(tmp_path: Path) -> None:
    call_command("import_synthesis", str(ARCHIVE), "--dry-run")
    with pytest.raises(CommandError):
        call_command("import_synthesis", str(tmp_path / "absent.odt"))
    with pytest.raises(CommandError):
        call_command("import_synthesis", str(ARCHIVE), "--consultation", "absent")
    assert not Synthesis.objects.exists()
