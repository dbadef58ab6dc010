"""A workshop prepared by its facilitator, then filled by residents without JavaScript: the last place, then a list."""

import datetime
import re
from collections.abc import Callable

import icalendar
from playwright.sync_api import BrowserContext, Page, expect

from tests.factories.days import days_ago
from tests.journeys.actions import accessibility_violations, sign_in_as
from tests.journeys.reflow import reflow_problems

CONSULTATION = "De quoi avez-vous besoin en Lot-et-Garonne ?"
TITLE = "Atelier : se soigner près de chez soi"
STAGE = "Qu’est-ce qui vous manque pour vous soigner ?"
DESK = {"width": 1280, "height": 900}


def test_workshop_is_prepared_announced_and_filled(new_context: Callable[..., BrowserContext]) -> None:
    context = new_context(viewport=DESK, color_scheme="dark", accept_downloads=True)
    facilitator = context.new_page()
    sign_in_as(facilitator, "animatrice")
    write_workshop(facilitator)
    edit_scenario(facilitator)
    announce(facilitator)

    facilitator.get_by_role("link", name="Page publique").click()
    address = facilitator.url
    check_calendar(facilitator)
    with_letter = register(
        new_context, address, "Odette", email="odette@exemple.fr", need="une place pour un"
    )
    expect(with_letter.get_by_role("heading", level=1)).to_have_text("Vous êtes inscrit(e)")
    waiting = register(new_context, address, "Louis")
    expect(waiting.get_by_role("heading", level=1)).to_have_text("Vous êtes sur la liste d’attente")
    give_back_by_the_letter(facilitator)
    waiting.reload()
    expect(waiting.get_by_role("heading", level=1)).to_have_text("Vous êtes inscrit(e)")
    look_at_who_comes(facilitator)


def write_workshop(page: Page) -> None:
    page.goto("/espace/ateliers/")
    page.locator("main").get_by_role("link", name=CONSULTATION).click()
    page.get_by_label("Titre").fill(TITLE)
    page.get_by_label("Thème").fill("Santé")
    page.get_by_label("Jour").fill(days_ago(-30).isoformat())
    page.get_by_label("Début").fill("14:00")
    page.get_by_label("Fin", exact=True).fill("13:00")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("alert")).to_contain_text("doit finir après")
    assert sound(page) == []
    page.get_by_label("Fin", exact=True).fill("16:00")
    page.get_by_label("Lieu").fill("Salle des fêtes")
    page.get_by_label("Adresse postale").fill("Duras")
    page.get_by_label("entrée sans marche").check()
    page.get_by_label("Nombre de places").fill("1")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Déroulé")


def edit_scenario(page: Page) -> None:
    """From a template: an instruction of one's own, another length, one stage less."""
    page.get_by_role("button", name="Utiliser ce modèle : Diagnostic partagé").click()
    expect(page.locator(".stages > li")).to_have_count(9)
    page.locator(".stages h3 a").nth(1).click()
    page.locator("#id_title").fill(STAGE)
    page.get_by_label("Minutes").fill("20")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator(".stages > li").nth(1)).to_contain_text("20 minutes")
    page.locator(".stages > li").last.locator("form").last.locator("button").click()
    expect(page.locator(".stages > li")).to_have_count(8)
    assert sound(page) == []


def announce(page: Page) -> None:
    page.get_by_role("link", name="Vue d’ensemble").click()
    assert sound(page) == []
    page.locator("main .callout a").click()  # the one thing that is missing
    page.get_by_label("De quoi on va parler").fill("Ce qui manque pour se soigner ici.")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="Annoncer").click()
    page.get_by_role("button", name="Annoncer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def check_calendar(page: Page) -> None:
    expect(page.locator(".programme")).to_contain_text(STAGE)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Ajouter à mon agenda").click()
    event = icalendar.Calendar.from_ical(waiting.value.path().read_bytes()).walk("VEVENT")[0]
    assert TITLE in str(event["SUMMARY"])
    assert "Salle des fêtes" in str(event["LOCATION"])
    assert event["DTEND"].dt - event["DTSTART"].dt == datetime.timedelta(hours=2)


def register(
    new_context: Callable[..., BrowserContext], address: str, name: str, *, email: str = "", need: str = ""
) -> Page:
    """Sign up on a phone, without JavaScript and without an account."""
    page = new_context(java_script_enabled=False).new_page()
    page.goto(address)
    page.locator(".workshop-facts a.btn:not(.quiet)").click()
    page.get_by_label("Votre nom", exact=False).fill(name)
    page.locator("[name=college]").first.check()
    page.get_by_label("Courriel").fill(email)
    if need:
        page.get_by_label(need).check()
    page.locator("main form button").click()
    return page


def give_back_by_the_letter(page: Page) -> None:
    """The letter in the demo's mailbox holds the link to cancel."""
    page.goto("/demo/courrier/")
    letter = page.locator("main").inner_text()
    page.goto(re.search(r"/ateliers/\S+/inscription/[0-9a-f-]{36}/", letter)[0])
    page.get_by_role("button", name="Annuler mon inscription").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre inscription est annulée")


def look_at_who_comes(page: Page) -> None:
    """Names, and what has to be ready for them, for those who run it."""
    page.goto("/espace/ateliers/")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="Inscriptions").first.click()
    expect(page.get_by_role("rowheader", name="Louis")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Odette")).to_have_count(0)
    assert sound(page) == []


def sound(page: Page) -> list[str]:
    return [*accessibility_violations(page), *reflow_problems(page)]
