"""Writes of the nomenclature."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone, translation

from accounts.models import User
from core.models import AuditEntry
from needs.models import Need
from needs.permissions import can_edit_needs
from needs.services import end_need, save_need, sort_key

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 6, 1)


@pytest.fixture(autouse=True)
def english():  # type: ignore[no-untyped-def]
    with translation.override("en"):
        yield


def need(code: str = "1", plain: str = "Mes besoins", **fields: object) -> Need:
    return save_need(actor=None, code=code, official_label="Besoins", plain_label=plain, **fields)  # type: ignore[arg-type]


def test_code_knows_its_family_its_parent_and_its_place() -> None:
    need("1")
    child = need("1.10")
    own = need("1.E", is_extension=True)
    need("1.2")
    assert (child.family, child.parent.code) == ("need", "1")
    assert own.is_extension
    assert [one.code for one in Need.objects.all()] == ["1", "1.2", "1.10", "1.E"]


def test_saving_the_same_twice_writes_and_audits_once() -> None:
    need("1", synonyms=["aide", " aide ", ""])
    need("1", synonyms=["aide"])
    assert AuditEntry.objects.count() == 1
    assert Need.objects.get().synonyms == ["aide"]


@pytest.mark.parametrize(
    ("code", "fields", "words"),
    [
        ("1.3.4", {}, "needs 1.3 first"),
        ("4", {}, "not a code"),
        ("1..2", {}, "not a code"),
        ("", {}, "not a code"),
        ("1.2; drop table", {}, "not a code"),
        ("1", {"pictogram": "unicorn"}, "unicorn"),
        ("1", {"plain": ""}, "blank"),
        ("1", {"plain": "x" * 121}, "120"),
    ],
)
def test_wrong_code_is_refused_with_a_remedy(code: str, fields: dict[str, str], words: str) -> None:
    with pytest.raises(ValidationError) as refused:
        need(code, **fields)
    assert words in str(refused.value)
    assert not Need.objects.exists()


def test_ended_code_stays_and_may_start_again_as_a_new_period() -> None:
    first = need("1")
    end_need(actor=None, need=first, on=DAY)
    again = need("1", "Autrement dit")
    assert again.valid_from == timezone.localdate()
    assert Need.objects.valid_on(DAY - datetime.timedelta(days=1)).get() == first
    assert Need.objects.count() == 2


def test_code_with_codes_below_or_already_ended_does_not_end() -> None:
    parent = need("1")
    child = need("1.1")
    with pytest.raises(ValidationError, match=r"1\.1"):
        end_need(actor=None, need=parent)
    end_need(actor=None, need=child, on=DAY)
    with pytest.raises(ValidationError, match="already"):
        end_need(actor=None, need=child)
    with pytest.raises(ValidationError, match="after it starts"):
        end_need(actor=None, need=parent, on=parent.valid_from)


def test_only_those_who_may_change_needs_do() -> None:
    other = User.objects.create_user("other@example.org")
    editor = User.objects.create_user("editor@example.org")
    editor.user_permissions.add(Permission.objects.get(codename="change_need"))
    editor = User.objects.get(pk=editor.pk)
    assert (can_edit_needs(None), can_edit_needs(other), can_edit_needs(editor)) == (False, False, True)
    fields = {"code": "1", "official_label": "x", "plain_label": "x"}
    with pytest.raises(PermissionDenied):
        save_need(actor=other, **fields)  # type: ignore[arg-type]
    made = save_need(actor=editor, **fields)  # type: ignore[arg-type]
    with pytest.raises(PermissionDenied):
        end_need(actor=other, need=made)
    assert AuditEntry.objects.get().actor == editor


def test_sort_key_orders_as_people_count() -> None:
    codes = ["1.1.10", "1.1.2", "1.E", "2", "1"]
    assert sorted(codes, key=sort_key) == ["1", "1.1.2", "1.1.10", "1.E", "2"]
