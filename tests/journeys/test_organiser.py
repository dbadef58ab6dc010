"""The main job without JavaScript: an organiser writes and publishes, a resident answers, the count is protected."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.actions import accessibility_violations, sign_in_as

TITLE = "Se déplacer sans voiture"


def test_an_organiser_publishes_and_a_resident_answers(new_context: Callable[..., BrowserContext]) -> None:
    organiser = new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900}).new_page()
    sign_in_as(organiser, "organisatrice")
    create_consultation(organiser)
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


def create_consultation(page: Page) -> None:
    page.goto("/espace/")
    page.get_by_role("link", name="Nouvelle consultation").click()
    page.get_by_label("Titre").fill(TITLE)
    page.get_by_label("Résumé", exact=False).first.fill("Dites comment vous vous déplacez.")
    page.get_by_label("À quoi serviront les réponses").fill("Choisir où ouvrir un transport à la demande.")
    page.get_by_label("Qui demande").select_option(index=1)
    page.get_by_label("Chercher un territoire").fill("lauzun")
    page.locator("button[value='territory']").click()
    page.get_by_label("CC du Pays de Lauzun").check()
    page.get_by_label("habitants").check()
    page.get_by_label("Premier jour").fill("2026-01-01")
    page.get_by_label("Ce qui est recueilli").fill("Réponses anonymes.")
    page.get_by_label("Qui voit les réponses").fill("Les agents du Département.")
    page.get_by_label("Contact pour les questions").fill("05 00 00 00 47")
    page.get_by_role("button", name="Enregistrer").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    page.get_by_role("link", name="Publier").click()
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_text("Publiée. Tout le monde peut la voir.")).to_be_visible()


def create_survey(page: Page) -> None:
    page.get_by_role("link", name="Nouvelle enquête").click()
    page.get_by_label("Titre").fill("Vos trajets")
    page.get_by_role("button", name="Créer l’enquête").click()


def add_question(page: Page, label: str, kind: str, choices: tuple[str, ...] = ()) -> None:
    page.get_by_role("link", name="Ajouter une question").click()
    page.get_by_label("La question").fill(label)
    page.get_by_label(kind).check()
    page.get_by_role("button", name="Continuer").click()
    if choices:
        page.get_by_role("button", name="Ajouter un choix").click()
    for index, choice in enumerate(choices):
        page.locator(f"#id_choice-{index}-label").fill(choice)
    page.get_by_role("button", name="Enregistrer", exact=True).last.click()
    expect(page.get_by_role("link", name=re.compile(re.escape(label))).first).to_be_visible()


def add_condition(page: Page, label: str) -> None:
    page.get_by_role("link", name=re.compile(re.escape(label))).first.click()
    page.get_by_role("button", name="Enregistrer et changer la condition").click()
    page.get_by_label("Ajouter une condition sur").select_option(index=1)
    page.get_by_role("button", name="Ajouter", exact=True).click()
    page.get_by_label("Non", exact=True).check()
    page.get_by_role("button", name="Enregistrer", exact=True).last.click()
    expect(page.get_by_text("affichée quand question 1 : la réponse est « Non »")).to_be_visible()


def try_preview(page: Page) -> None:
    page.get_by_role("link", name="Aperçu").click()
    expect(page.get_by_text("rien n’est gardé")).to_be_visible()
    page.get_by_label("Oui", exact=True).check()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("link", name="Retour à l’enquête").click()


def publish(page: Page) -> None:
    page.get_by_role("link", name="Publier").click()
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_text("La version 1 est publiée.")).to_be_visible()


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
