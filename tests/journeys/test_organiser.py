"""The main job without JavaScript: an organiser writes and publishes, a resident answers, the count is protected."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.actions import accessibility_violations, sign_in_as
from tests.journeys.writing import add_condition, add_question, create_consultation, create_survey, publish

TITLE = "Se déplacer sans voiture"


def test_an_organiser_publishes_and_a_resident_answers(new_context: Callable[..., BrowserContext]) -> None:
    organiser = new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900}).new_page()
    sign_in_as(organiser, "organisatrice")
    create_consultation(organiser, TITLE)
    create_survey(organiser)
    add_question(organiser, "Avez-vous une voiture ?", "un seul choix", choices=("Oui", "Non"))
    add_question(organiser, "Combien de trajets par semaine ?", "nombre")
    add_condition(organiser, "Combien de trajets par semaine ?")
    try_preview(organiser)
    publish(organiser)

    resident = new_context(java_script_enabled=False).new_page()
    answer(resident)

    organiser.get_by_role("link", name="Participation").click()
    expect(organiser.get_by_text("Les premières réponses sont là")).to_be_visible()


def try_preview(page: Page) -> None:
    page.get_by_role("link", name="Aperçu").click()
    expect(page.get_by_text("rien n’est gardé")).to_be_visible()
    page.get_by_label("Oui", exact=True).check()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("link", name="Retour à l’enquête").click()


def answer(page: Page) -> None:
    page.goto("/participer/")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name=re.compile("^Répondre")).click()
    page.get_by_role("button", name="Commencer").click()
    page.get_by_label("Non", exact=True).check()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Combien de trajets par semaine ?").fill("4")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Envoyer mes réponses").click()
    expect(page.locator(".code-words").first).to_be_visible()


def test_two_windows_on_one_question_lose_nothing(new_context: Callable[..., BrowserContext]) -> None:
    context = new_context(viewport={"width": 1280, "height": 900})
    first, second = context.new_page(), context.new_page()
    sign_in_as(first, "organisatrice")
    first.goto("/espace/")
    first.get_by_role("link", name="Navette et répit : êtes-vous satisfait ?").click()
    first.get_by_role("link", name="Que faudrait-il changer ?").click()
    second.goto(first.url)
    first.get_by_label("Aide", exact=False).first.fill("La première")
    first.get_by_role("button", name="Enregistrer", exact=True).last.click()
    second.get_by_label("Aide", exact=False).first.fill("La seconde")
    second.get_by_role("button", name="Enregistrer", exact=True).last.click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Deux personnes ont modifié cette question")
    for words in ("La première", "La seconde"):
        expect(second.get_by_text(words)).to_be_visible()
    assert not accessibility_violations(second)
    second.get_by_role("button", name="Enregistrer la mienne").click()
    expect(second.get_by_text("Enregistré.")).to_be_visible()
