"""An opinion of several councils answered through the federation, by the president of one of them in a browser."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.factories.days import days_ago
from tests.journeys.actions import accessibility_violations, overflow, sign_in_as

OURS, JOINT = "Du linge qui revient", "Du linge marqué, rendu sous trois jours"
COUNCILS = ("CVS Les Terrasses de Garonne", "CVS Le Clos des Tomates bleues", "CVS Les Rives de Baïse")
ANSWER = "Le marquage sera fait par l’établissement dès janvier."


def press(page: Page, words: str) -> None:
    page.locator("main").get_by_role("button", name=words).click()
    page.wait_for_load_state()


def follow(page: Page, words: str) -> None:
    page.locator("main").get_by_role("link", name=words).first.click()
    page.wait_for_load_state()


def checked(page: Page) -> None:
    assert accessibility_violations(page) == [] and overflow(page) <= 0


def test_three_councils_are_heard_together_and_read_the_answer(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(viewport={"width": 360, "height": 740}).new_page()
    sign_in_as(page, "presidente-cvs")
    page.goto("/espace/avis/")
    follow(page, OURS)
    follow(page, "Le chemin vers la fédération")
    press(page, "Noter la décision et transmettre l’avis")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Où le conseil l’a décidé").fill("Relevé du 8 octobre, point 2")
    press(page, "Noter la décision et transmettre l’avis")
    expect(page.locator("main")).to_contain_text("Relevé du 8 octobre, point 2")

    page.goto("/espace/federations/federation-cvs-47/")
    for council in COUNCILS:
        expect(page.locator("main")).to_contain_text(council)
    checked(page)
    press(page, "Réunir les avis choisis")
    page.get_by_label("Titre de l’avis commun").fill(JOINT)
    page.get_by_label("Ce que les conseils demandent ensemble").fill(
        "Marquer le linge et le rendre sous trois jours."
    )
    checked(page)
    press(page, "Les réunir")
    expect(page.locator("main")).to_contain_text("Les 4 conseils dont il vient")
    joint = page.url

    vote_and_send(page, joint)
    follow(page, "Recopier la réponse reçue")
    page.locator("[name=kind][value=accepted]").check()
    page.locator("[name=text]").fill(ANSWER)
    page.locator("[name=by_title]").fill("La directrice générale")
    page.locator("main form.form button.btn").first.click()
    expect(page.locator("main")).to_contain_text(ANSWER)
    checked(page)
    read_at_home(page)


def vote_and_send(page: Page, joint: str) -> None:
    """The delegates voted on paper; the opinion goes to the département."""
    follow(page, "Noter le vote")
    page.locator("[name=for_]").fill("12")
    page.locator("[name=against]").fill("0")
    page.locator("[name=note]").fill("Feuille de vote des délégués")
    page.locator("main form.form button.btn").first.click()
    page.goto(joint)
    follow(page, "Envoyer l’avis")
    page.locator("[name=sent_to]").select_option(index=1)
    page.locator("main form.form button.btn").first.click()
    page.goto(joint)


def read_at_home(page: Page) -> None:
    """The answer is in the council's own opinion, and proposes itself for its next meeting."""
    page.goto("/espace/avis/")
    follow(page, OURS)
    expect(page.locator("main")).to_contain_text(ANSWER)
    expect(page.locator("main")).to_contain_text("Porté avec d’autres conseils")
    checked(page)
    page.goto("/espace/reunions/conseil/cvs-ehpad-agen/nouvelle/")
    page.get_by_label("Jour").fill(days_ago(-40).isoformat())
    page.get_by_label("Heure").fill("14:30")
    press(page, "Enregistrer")
    expect(page.locator("main")).to_contain_text("Réponse à lire")
