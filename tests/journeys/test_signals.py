"""A need that finds no answer: the département replies, anyone reads it beside the figure."""

from playwright.sync_api import Page, expect

from tests.journeys.actions import accessibility_violations, sign_in_as

NEED, REPLY = (
    "Garder la santé et suivre mes soins",
    "Une maison de santé mobile passe chaque mois dans chaque canton.",
)


def test_the_departement_replies_and_anyone_reads_it(page: Page) -> None:
    sign_in_as(page, "organisatrice")
    page.goto("/espace/signaux/")
    page.get_by_role("link", name=NEED).click()
    page.get_by_role("button", name="Écrire cette réponse").click()
    expect(page.get_by_role("link", name="Votre réponse : Choisissez une des réponses.")).to_be_visible()
    page.get_by_label("Dire ce qui va être fait").check()
    page.get_by_label("En quelques phrases").fill(REPLY)
    page.get_by_label("Qui s’en charge").fill("Département")
    assert accessibility_violations(page) == []
    page.get_by_role("button", name="Écrire cette réponse").click()
    expect(page.get_by_text(REPLY)).to_be_visible()
    page.get_by_role("link", name="Ce que tout le monde lit").click()
    expect(page.get_by_text(REPLY)).to_be_visible()
    page.goto("/observatoire/besoins-et-services/")
    page.get_by_role("row", name=NEED).get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
