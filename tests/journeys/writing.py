"""How an organiser writes and publishes, shared by the journeys that need a survey of their own."""

import re

from playwright.sync_api import Page, expect


def create_consultation(page: Page, title: str) -> None:
    page.goto("/espace/")
    page.get_by_role("link", name="Nouvelle consultation").click()
    page.get_by_label("Titre").fill(title)
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
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
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


def publish(page: Page) -> None:
    page.get_by_role("link", name="Publier").click()
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_text("La version 1 est publiée.")).to_be_visible()
