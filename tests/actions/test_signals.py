"""From a signal to a sheet, in one click."""

import pytest
from django.urls import reverse

from accounts.models import Role
from consultations.actions.models import ActionSheet
from consultations.actions.signals import sheet_panel
from tests.factories import unmet as make
from tests.factories.accounts import SignedInClient
from tests.factories.process import person

pytestmark = pytest.mark.django_db


def test_a_signal_becomes_a_sheet_once_with_its_need() -> None:
    land = make.land()
    make.observed(30, make.epci("1"))
    signal = make.signal(land.departement)
    user, client = person(Role.ORGANISER, on=land.departement), SignedInClient()
    client.force_login(user)
    url = reverse("actions:take", args=["signal", signal.pk])
    assert url in client.get(reverse("unmet:detail", args=[signal.pk])).content.decode()
    assert client.post(url).status_code == 302
    sheet = ActionSheet.objects.get()
    assert [one.code for one in sheet.needs.all()] == [make.NEED] and sheet.territory == land.departement
    panel = sheet_panel(signal, user)
    assert panel and panel.context["sheet"] == sheet
    client.post(url)
    assert ActionSheet.objects.count() == 1


def test_those_who_may_not_start_a_sheet_see_no_button_and_start_none() -> None:
    land = make.land()
    signal = make.signal(land.departement)
    reader = person(Role.ANALYST, on=land.departement)
    assert sheet_panel(signal, reader) is None
    client = SignedInClient()
    client.force_login(reader)
    assert client.post(reverse("actions:take", args=["signal", signal.pk])).status_code == 403
    assert not ActionSheet.objects.exists()


@pytest.mark.parametrize("key", ["999999", "x", "0", "9" * 30])
def test_a_signal_nobody_knows_starts_nothing(key: str) -> None:
    land = make.land()
    client = SignedInClient()
    client.force_login(person(Role.ORGANISER, on=land.departement))
    assert client.post(reverse("actions:take", args=["signal", key])).status_code == 302
    assert not ActionSheet.objects.exists()
