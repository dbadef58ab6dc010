"""What an administrator sets is what visitors get: identity, colours, menus."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Site

from cms.models import Menu, MenuItem, SiteIdentity
from tests.factories import cms as make
from tests.factories.days import DAY, dated


def identity(**fields: Any) -> SiteIdentity:
    found = SiteIdentity.objects.get()
    for name, value in fields.items():
        setattr(found, name, value)
    return found


def menu(place: str, *items: dict[str, Any], code: str = "fr") -> Menu:
    created = Menu.objects.create(place=place, locale=make.locale(code))
    for order, item in enumerate(items):
        MenuItem.objects.create(menu=created, sort_order=order, **item)
    return created


def test_the_name_is_on_every_page(client: Client) -> None:
    identity(name="Écoute 24").save()
    html = client.get("/").content.decode()
    assert "<title>" in html
    assert html.count("Écoute 24") >= 2


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"accent": "#ffcc00"}, "accent"),
        ({"accent": "plum"}, "accent"),
        ({"accent": "#6a2350;}"}, "accent"),
        ({"accent_dark": "#222222"}, "accent_dark"),
        ({"audit_percent": 101, "audited_on": 0 * DAY}, "audit_percent"),
        (
            {"accessibility_state": "full", "audit_percent": 80, "audited_on": 0 * DAY},
            "accessibility_state",
        ),
        (
            {"accessibility_state": "partial", "audit_percent": 40, "audited_on": 0 * DAY},
            "accessibility_state",
        ),
        ({"accessibility_state": "partial"}, "__all__"),
    ],
    ids=["pale", "word", "injection", "dark", "percent", "full at 80", "partial at 40", "no audit"],
)  # fmt: skip
def test_what_the_settings_refuse(fields: dict[str, Any], wrong: str) -> None:
    with pytest.raises(ValidationError) as refused:
        identity(**dated(fields)).full_clean()
    assert list(refused.value.message_dict) == [wrong]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"accent": "#0b5fa5"},
        {"accent": "#0b5fa5", "accent_dark": "#9ecbff"},
        {"accessibility_state": "partial", "audit_percent": 50, "audited_on": 0 * DAY},
    ],
)
def test_what_the_settings_accept(fields: dict[str, Any]) -> None:
    identity(**dated(fields)).full_clean()


def test_the_accent_is_a_stylesheet_of_this_site(client: Client) -> None:
    assert "/theme-" not in client.get("/").content.decode()
    identity(accent="#0b5fa5").save()
    html = client.get("/").content.decode()
    address = html.split('href="/theme-')[1].split('"')[0]
    response = client.get(f"/theme-{address}")
    assert "#0b5fa5" in response.content.decode()
    assert response["Content-Type"].startswith("text/css")
    assert "immutable" in response["Cache-Control"]


def test_menus_are_drawn_in_their_order(client: Client) -> None:
    page = make.page(title="Une page")
    menu("header", {"page": page}, {"label": "Observatoire", "address": "/observatoire/"})
    html = client.get("/").content.decode()
    assert html.index(">Une page</a>") < html.index(">Observatoire</a>")


def test_a_menu_follows_its_pages(client: Client) -> None:
    page, other = make.page(title="Bientôt retirée"), make.page(title="Bientôt effacée")
    menu(
        "footer",
        {"page": page},
        {"page": other, "label": "Effacée"},
        {"label": "Reste", "address": "/reste/"},
    )
    assert "Bientôt retirée" in client.get("/").content.decode()
    page.unpublish()
    other.delete()
    html = client.get("/").content.decode()
    assert "Bientôt retirée" not in html
    assert "Effacée" not in html
    assert "Reste" in html


def test_each_language_has_its_menus(client: Client) -> None:
    make.home("en")
    menu("header", {"label": "Mon avis", "address": "/participer/"})
    menu("header", {"label": "My opinion", "address": "/en/participer/"}, code="en")
    assert "My opinion" in client.get("/en/").content.decode()
    assert "My opinion" not in client.get("/").content.decode()


@pytest.mark.parametrize(
    "item",
    [
        {"label": "Piège", "address": "javascript:alert(1)"},
        {"label": "", "address": "/participer/"},
        {"label": "Rien", "address": ""},
    ],
)
def test_a_link_of_a_menu_has_a_safe_target_and_words(item: dict[str, str]) -> None:
    created = menu("legal")
    with pytest.raises(ValidationError):
        MenuItem(menu=created, **item).full_clean()


def test_a_place_has_one_menu_a_language() -> None:
    menu("header")
    with pytest.raises(ValidationError):
        Menu(place="header", locale=make.locale()).full_clean()


def test_hostile_settings_and_menus_are_shown_as_text(client: Client, site: Site) -> None:
    hostile = "<script>alert(1)</script>"
    identity(
        name=hostile, baseline=hostile, publisher=hostile, phone_hours=hostile, postal_address=hostile
    ).save()
    menu("header", {"label": hostile, "address": "/a/"})
    html = client.get("/accessibilite").content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html
