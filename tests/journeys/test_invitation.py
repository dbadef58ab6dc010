"""An invitation in a real browser: cards made, one code typed, questions that follow the answers, the code spent."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.actions import accessibility_violations, sign_in_as
from tests.journeys.writing import add_condition, add_question, create_consultation, create_survey, publish

DEPENDS = "Combien de trajets par semaine ?"


def survey_by_invitation(page: Page) -> str:
    """A published survey on a single page, for invited people only; its address in the workspace."""
    sign_in_as(page, "organisatrice")
    create_consultation(page, "Se rendre au marché sans voiture")
    create_survey(page)
    found = re.search(r".*/espace/enquetes/[0-9a-f-]{36}/", page.url)
    assert found
    workspace = found[0]
    page.goto(workspace + "reglages/")
    page.locator("[name=layout]").select_option("single_page")
    page.locator("[name=access][value=invited]").check()
    page.get_by_role("button", name="Enregistrer", exact=True).last.click()
    page.goto(workspace)
    add_question(page, "Avez-vous une voiture ?", "un seul choix", choices=("Oui", "Non"))
    add_question(page, DEPENDS, "nombre")
    add_condition(page, DEPENDS)
    publish(page)
    return workspace


def make_cards(page: Page, workspace: str) -> tuple[str, str]:
    """The first card's address and code, after a look at the sheet."""
    page.goto(workspace + "invitations/")
    page.get_by_role("spinbutton").first.fill("8")
    page.locator("button[value=cards]").click()
    expect(page.locator(".invitation-card")).to_have_count(8)
    assert not accessibility_violations(page)
    card = page.locator(".invitation-card").first
    address = re.search(r"/enquetes/\S+", card.inner_text())
    assert address
    return address[0], card.locator(".code-words").inner_text()


def test_a_card_opens_a_survey_once(new_context: Callable[..., BrowserContext]) -> None:
    organiser = new_context(viewport={"width": 1280, "height": 900}).new_page()
    address, code = make_cards(organiser, survey_by_invitation(organiser))

    resident = new_context().new_page()
    resident.goto(address)
    resident.get_by_label("code", exact=False).first.fill("abeille abricot accueil acier 01")
    resident.get_by_role("button", name="Continuer").click()
    expect(resident.locator(".error-summary")).to_be_visible()
    resident.get_by_label("code", exact=False).first.fill(code.upper())
    resident.get_by_role("button", name="Continuer").click()
    resident.locator("main .btn.large", has_text="Commencer").click()
    answer_on_one_page(resident)

    again = new_context().new_page()
    again.goto(address)
    again.get_by_label("code", exact=False).first.fill(code)
    again.get_by_role("button", name="Continuer").click()
    expect(again.locator("main")).to_contain_text("déjà")


def answer_on_one_page(page: Page) -> None:
    """The question that depends on another comes and goes as that one changes, then everything is sent."""
    depending = page.get_by_label(DEPENDS)
    expect(depending).to_have_count(0)
    page.get_by_label("Non", exact=True).check()
    expect(depending).to_be_visible()
    depending.fill("4")
    page.get_by_label("Oui", exact=True).check()
    expect(depending).to_have_count(0)
    page.get_by_label("Non", exact=True).check()
    expect(depending).to_have_value("4")
    assert not accessibility_violations(page)
    page.get_by_role("button", name="Envoyer mes réponses").click()
    expect(page.locator(".code-words").first).to_be_visible()
