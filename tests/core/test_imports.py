"""The import screen and the tables it reads."""

import csv
import datetime
import io

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from core.due import due
from core.imports.kinds import import_kinds
from core.imports.services import confirm_import, preview_import, purge_staged_imports, stage_import
from core.models import AuditEntry, StagedImport
from core.problems import ImportRefused
from core.tabular import MAX_BYTES, read_table
from core.text import fold
from needs.models import Need

HEAD = "code,official_label,plain_label,synonyms\n"


@pytest.fixture(autouse=True)
def english():  # type: ignore[no-untyped-def]
    with translation.override("en"):
        yield


class TestTables:
    @pytest.mark.parametrize(
        ("data", "encoding"),
        [
            ("nom;âge\nÉlé;8\n".encode(), "UTF-8"),
            ("nom;âge\nÉlé;8\n".encode("utf-8-sig"), "UTF-8"),
            ("nom;âge\nÉlé;8\n".encode("cp1252"), "Windows-1252"),
            ("nom;âge\nÉlé;8\n".encode("utf-16"), "UTF-16"),
            ("\ufeffnom;âge\nÉlé;8\n".encode("utf-16"), "UTF-16"),  # marked twice by two programs
            (b"nom\t\xe2ge\r\n\xc9l\xe9\t8\r\n", "Windows-1252"),
        ],
    )
    def test_encoding_and_separator_are_found(self, data: bytes, encoding: str) -> None:
        table = read_table(data, name="a.csv")
        assert (table.encoding, table.columns) == (encoding, ["nom", "âge"])
        assert table.rows[0].cells == {"nom": "Élé", "âge": "8"}

    def test_spreadsheet_codes_stay_codes(self) -> None:
        book = openpyxl.Workbook()
        book.active.append(["code", "jour"])
        book.active.append([47001.0, datetime.date(2026, 1, 31)])
        stream = io.BytesIO()
        book.save(stream)
        table = read_table(stream.getvalue(), name="a.xlsx")
        assert table.rows[0].cells["code"] == "47001"
        assert table.rows[0].cells["jour"].startswith("2026-01-31")

    def test_a_spreadsheet_that_asks_for_all_the_memory_is_refused(self) -> None:
        book = openpyxl.Workbook()
        book.active["A1"], book.active["XFD1048576"] = "code", "x"
        stream = io.BytesIO()
        book.save(stream)
        with pytest.raises(ImportRefused, match="too large"):
            read_table(stream.getvalue(), name="a.xlsx")

    def test_lines_are_those_an_editor_shows(self) -> None:
        table = read_table(b'a,b\n\n1,"two\nlines"\n2,x\n', name="a.csv")
        assert [row.line for row in table] == [3, 5]

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "empty"),
            (b"\n\n", "empty"),
            (b"a,a\n1,2\n", "written twice: a"),
            (b"\x00\x01\x02", "not a text file"),
            (b"PK\x03\x04broken", "cannot be opened"),
            (b"a" * (MAX_BYTES + 1), "larger than 5 MB"),
            (b"a\n" * 50_002, "more than 50000 lines"),
            (b"a,b\n1," + b"x" * 200_000 + b"\n", "line 2 .* more than [0-9]+ characters"),
            (b"%PDF-1.7\n1 0 obj\n", "a PDF document"),
        ],
    )
    def test_what_is_not_a_table_is_refused(self, data: bytes, words: str) -> None:
        csv.field_size_limit(131_072)  # for the whole process: others raise it
        with pytest.raises(ImportRefused, match=words):
            read_table(data, name="a.csv")

    def test_too_many_cells_are_said_with_their_line(self) -> None:
        table = read_table(b"a,b\n1,2\n1,2,3\n", name="a.csv")
        assert [(one.place, len(table.rows)) for one in table.problems] == [("line 3", 1)]

    @given(st.binary(max_size=300))
    def test_any_bytes_give_a_table_or_a_refusal(self, data: bytes) -> None:
        try:
            table = read_table(data, name="a.csv")
        except ImportRefused as refused:
            assert refused.problems[0].remedy
        else:
            assert all(set(row.cells) == set(table.columns) for row in table)

    @given(st.text(max_size=60))
    def test_folding_twice_changes_nothing(self, text: str) -> None:
        assert fold(fold(text)) == fold(text)


@pytest.fixture
def editor(db: None) -> User:
    user = User.objects.create_user("editor@example.org", "a long enough password")
    user.user_permissions.add(
        *Permission.objects.filter(codename__in=["change_need", "access_admin", "change_organisation"])
    )
    return User.objects.get(pk=user.pk)


def staged(editor: User, content: str, name: str = "needs.csv", kind: str = "needs") -> StagedImport:
    return stage_import(actor=editor, kind=import_kinds[kind], file_name=name, content=content.encode())


class TestImports:
    def test_preview_tells_each_row_and_writes_nothing(self, editor: User) -> None:
        confirm_import(
            actor=editor, staged=staged(editor, HEAD + "1,Besoins,Mes besoins,\n1.1,Santé,Santé,\n")
        )
        file = (
            HEAD.replace("\n", ",couleur\n")
            + "1.1,Santé,Ma santé,soins,x\n1.2,Autonomie,Autonomie,,x\n1,Besoins,Mes besoins,,x\n"
        )
        preview = preview_import(actor=editor, staged=staged(editor, file))
        assert [(row.line, row.status) for row in preview.rows] == [
            (2, "changed"), (3, "new"), (4, "unchanged"),
        ]  # fmt: skip
        assert [(one.column, one.before, one.after) for one in preview.rows[0].changes] == [
            ("plain_label", "Santé", "Ma santé"), ("synonyms", "", "soins"),
        ]  # fmt: skip
        assert preview.unknown_columns == ["couleur"]
        assert Need.objects.count() == 2

    def test_same_file_twice_has_nothing_to_import(self, editor: User) -> None:
        text = HEAD + "1,Besoins,Mes besoins,aide | soutien\n"
        confirm_import(actor=editor, staged=staged(editor, text))
        assert not preview_import(actor=editor, staged=staged(editor, text)).is_confirmable

    @pytest.mark.parametrize(
        ("rows", "place", "words"),
        [
            ("1,Besoins,Besoins,\n1,Besoins,Autre,\n", "line 3", "already on line 2"),
            ("1,Besoins,Besoins,\n1.3.2,Logement,Logement,\n", "line 3", "1.3"),
            ("1,Besoins,Besoins,\nabc,X,X,\n", "line 3", "abc"),
            ("1,Besoins,,\n", "line 2", "plain_label"),
            ("1,Besoins,Besoins,,trop\n", "line 2", "more cells"),
            (f"1,Besoins,{'x' * 121},\n", "line 2", "120"),
        ],
    )
    def test_one_wrong_line_refuses_the_whole_file(
        self, editor: User, rows: str, place: str, words: str
    ) -> None:
        file = staged(editor, HEAD + rows)
        with pytest.raises(ImportRefused) as refused:
            confirm_import(actor=editor, staged=file)
        assert [one.place for one in refused.value.problems] == [place]
        assert words in str(refused.value)
        assert not Need.objects.exists()
        assert not AuditEntry.objects.exists()

    def test_missing_column_is_refused_at_once(self, editor: User) -> None:
        with pytest.raises(ImportRefused, match="plain_label"):
            staged(editor, "code,official_label\n1,x\n")

    def test_confirmed_import_is_audited_and_forgotten(self, editor: User) -> None:
        confirm_import(actor=editor, staged=staged(editor, HEAD + "1,Besoins,Mes besoins,\n"))
        entry = AuditEntry.objects.get(verb="table_imported")
        assert entry.changes == {"kind": "needs", "new": 1, "changed": 0, "unchanged": 0, "error": 0}
        assert entry.actor == editor
        assert not StagedImport.objects.exists()

    def test_expired_file_is_refused_then_purged_by_the_tick(self, editor: User) -> None:
        file = staged(editor, HEAD + "1,Besoins,Mes besoins,\n")
        StagedImport.objects.update(expires_at=timezone.now())
        file.refresh_from_db()
        with pytest.raises(ImportRefused, match="too long"):
            confirm_import(actor=editor, staged=file)
        assert "core.purge_staged_imports" in due
        assert purge_staged_imports() == 1

    def test_people_without_the_role_may_do_nothing(self, db: None, editor: User) -> None:
        other = User.objects.create_user("other@example.org")
        file = staged(editor, HEAD + "1,Besoins,Mes besoins,\n")
        for act in (preview_import, confirm_import):
            with pytest.raises(PermissionDenied):
                act(actor=other, staged=file)
        with pytest.raises(PermissionDenied):
            stage_import(actor=None, kind=import_kinds["needs"], file_name="a", content=b"a")


class TestScreen:
    @pytest.fixture
    def browser(self, client: Client, admin_user: User) -> Client:
        client.force_login(admin_user)
        return client

    def upload(self, browser: Client, content: bytes, name: str = "besoins.csv"):  # type: ignore[no-untyped-def]
        return browser.post(
            "/gestion/imports/needs/", {"file": SimpleUploadedFile(name, content)}, follow=True
        )

    def test_upload_preview_confirm(self, browser: Client) -> None:
        page = self.upload(browser, (HEAD + "1,Besoins,Ma santé à moi,\n").encode("cp1252"))
        html = page.content.decode()
        assert "Windows-1252" in html
        assert "Ma santé à moi" in html
        file = StagedImport.objects.get()
        browser.post(f"/gestion/imports/fichier/{file.pk}/confirmer/", follow=True)
        assert Need.objects.get().plain_label == "Ma santé à moi"
        assert browser.get(f"/gestion/imports/fichier/{file.pk}/").status_code == 404

    def test_refused_file_is_answered_with_its_problems(self, browser: Client) -> None:
        page = self.upload(browser, b"colour\nred\n")
        assert page.status_code == 422
        assert "plain_label" in page.content.decode().split('role="alert"')[1].split("</ul>")[0]

    def test_hostile_cells_are_escaped(self, browser: Client) -> None:
        page = self.upload(browser, (HEAD + "1,Besoins,<script>alert(1)</script>,\n").encode())
        assert "<script>alert" not in page.content.decode()

    def test_export_can_be_imported_again(self, browser: Client) -> None:
        self.upload(browser, (HEAD + "1,Besoins,Mes besoins,aide | soutien\n").encode())
        browser.post(f"/gestion/imports/fichier/{StagedImport.objects.get().pk}/confirmer/")
        for extension in ("csv", "xlsx"):
            content = browser.get(f"/gestion/imports/needs/export.{extension}").content
            page = self.upload(browser, content, f"besoins.{extension}")
            assert page.context["preview"].counts == {"new": 0, "changed": 0, "unchanged": 1, "error": 0}

    def test_discarded_file_is_forgotten(self, browser: Client) -> None:
        self.upload(browser, (HEAD + "1,Besoins,Mes besoins,\n").encode())
        browser.post(f"/gestion/imports/fichier/{StagedImport.objects.get().pk}/abandonner/")
        assert not StagedImport.objects.exists()

    def test_other_peoples_files_and_unknown_kinds_are_not_found(self, browser: Client, editor: User) -> None:
        file = staged(editor, HEAD + "1,Besoins,Mes besoins,\n")
        assert browser.get(f"/gestion/imports/fichier/{file.pk}/").status_code == 404
        assert browser.get("/gestion/imports/nothing/").status_code == 404

    def test_index_lists_what_one_may_import(self, browser: Client) -> None:
        html = browser.get("/gestion/imports/").content.decode()
        assert "/gestion/imports/needs/" in html
        assert "/gestion/imports/organisations/" in html
