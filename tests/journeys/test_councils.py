"""A secretary records a founding act, opens mandates and lets a substitute take over, on a narrow phone."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.factories.days import days_ago
from tests.journeys.actions import accessibility_violations, overflow, sign_in_as


def send(page: Page, words: str) -> None:
    """Press the button of the form, by its words."""
    page.locator("main").get_by_role("button", name=words, exact=True).click()
    page.wait_for_load_state()


def open_seat(page: Page, council: str, rank: str, name: str) -> None:
    page.goto(f"{council}mandats/nouveau/?constituency=families&rank={rank}")
    page.get_by_label("Nom de la personne").fill(name)
    page.locator("[name=starts_on]").fill(days_ago(40).isoformat())
    page.get_by_label("Pourquoi il est noté en retard").fill("Registre papier")
    send(page, "Ouvrir le mandat")
    expect(page.locator("h1")).to_have_text(name)


def test_a_secretary_founds_a_council_and_a_substitute_takes_over(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(viewport={"width": 320, "height": 720}).new_page()
    sign_in_as(page, "secretaire")
    page.goto("/espace/conseils/nouveau/")
    page.get_by_label("Groupe d’expression", exact=False).check()
    page.locator("[name=name]").fill("Groupe des proches d’Agen")
    page.locator("[name=organisations]").first.check()
    page.locator("[name=created_on]").fill(days_ago(40).isoformat())
    send(page, "Enregistrer")
    expect(page.locator("h1")).to_have_text("Acte d’institution")
    council = page.url.removesuffix("acte/")
    page.locator("[name=signed_on]").fill(days_ago(40).isoformat())
    page.locator("[name=signed_by_title]").fill("La directrice")
    page.locator("[name=families_full]").fill("1")
    page.locator("[name=families_substitute]").fill("1")
    send(page, "Noter l’acte")
    expect(page.locator("main")).to_contain_text("1 siège est vacant")
    assert accessibility_violations(page) == [] and overflow(page) <= 0
    open_seat(page, council, "substitute", "Une suppléante")
    open_seat(page, council, "full", "Un titulaire")
    page.locator("[name=end-ended_on]").fill(days_ago(1).isoformat())
    send(page, "Terminer le mandat")
    page.get_by_label("Une suppléante").check()
    send(page, "Prendre la suite")
    expect(page.locator("main dl")).to_contain_text("Une suppléante")
    assert accessibility_violations(page) == [] and overflow(page) <= 0
    page.goto(council)
    expect(page.locator("main")).to_contain_text("1 siège, 1 suppléant")
    expect(page.get_by_role("link", name="Une suppléante")).to_be_visible()
