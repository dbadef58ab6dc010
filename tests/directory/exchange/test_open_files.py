"""The whole directory as files: what the commands write, made each night, for anyone."""

import datetime
import io
import json
import zipfile

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from directory.selectors.exported import EXPORTS
from directory.selectors.open_files import KEPT_DAYS, name_of, open_files
from directory.services.open_files import prepare_open_files
from tests.directory.exchange.samples import full_directory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_archive_yet() -> None:
    """The storage of tests lasts as long as the process."""
    for form in EXPORTS:
        for days in range(KEPT_DAYS + 1):
            default_storage.delete(name_of(form, timezone.localdate() - datetime.timedelta(days=days)))


def test_each_format_is_made_once_a_day_and_downloaded_by_anyone(client: Client) -> None:
    one = full_directory()
    address = "/annuaire/reutiliser/"
    assert "revenez demain" in client.get(address).content.decode().lower()
    assert client.get(f"{address}hsds-csv.zip").status_code == 404
    assert (prepare_open_files(), prepare_open_files()) == (len(EXPORTS), 0)
    page = client.get(address).content.decode()
    held = {}
    for form in EXPORTS:
        assert f"{address}{form}.zip" in page
        response = client.get(f"{address}{form}.zip")
        assert f"diapason-{form}-{timezone.localdate()}.zip" in response["Content-Disposition"]
        held[form] = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    assert "datapackage.json" in held["hsds-csv"].namelist()
    assert [each["nom"] for each in json.loads(held["data-inclusion"].read("services.json"))] == [
        one.service.name
    ]
    assert client.get(f"{address}secret.zip").status_code == 404


def test_the_archive_of_the_day_before_is_offered_until_the_next_and_then_goes() -> None:
    today = timezone.localdate()
    yesterday, long_ago = (
        name_of("hsds-json", today - datetime.timedelta(days=days)) for days in (1, KEPT_DAYS)
    )
    for name in (yesterday, long_ago):
        default_storage.save(name, ContentFile(b"zip"))
    assert [one.name for one in open_files().values()] == [yesterday]
    prepare_open_files()
    assert {one.day for one in open_files().values()} == {today}
    assert not default_storage.exists(yesterday) and not default_storage.exists(long_ago)


def test_an_archive_that_failed_is_asked_again() -> None:
    prepare_open_files()
    default_storage.delete(name_of("hsds-csv", timezone.localdate()))
    assert prepare_open_files() == 0
    cache.clear()
    assert prepare_open_files() == 1
