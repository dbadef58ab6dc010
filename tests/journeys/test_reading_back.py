"""Someone who answered without an account follows their receipt to an action that is done and measured."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.actions import accessibility_violations, overflow


def test_a_receipt_leads_from_the_words_to_an_action_done_and_measured(page: Page) -> None:
    page.goto("/demo/")
    code = page.locator("#recu ~ p .code-words, section:has(#recu) .code-words").first.inner_text().strip()
    page.goto("/suivre/")
    page.locator("main form input:visible").first.fill(code.upper())
    page.locator("main form button").first.click()
    expect(page).to_have_url(re.compile(r"/suivre/.+"))
    work = page.locator("article", has_text="Les personnes invitées aux réunions").first
    expect(work).to_contain_text("Évaluée")
    expect(work).to_contain_text("57 %")
    assert (
        page.get_by_text("Invitez chaque personne").or_(page.get_by_text("Inviter chaque personne")).count()
    )
    page.locator("main").get_by_role("button", name="Facile à lire").click()
    expect(page.locator("main")).to_contain_text("Cette action vient de ce qui a été dit.")
    assert not accessibility_violations(page)
    assert overflow(page) <= 0
    work.get_by_role("link", name="Les personnes invitées aux réunions").click()
    expect(page.locator("h1")).to_contain_text("Les personnes invitées")
    page.get_by_role("link", name="D’où cela vient, ce que c’est devenu").click()
    expect(page.locator("h2", has_text="Ce qui y a conduit")).to_be_visible()
    expect(page.locator(".lineage-picture svg")).to_be_visible()
    page.get_by_role("link", name="Vieillir chez soi en pays de Duras", exact=True).first.click()
    page.get_by_role("link", name="Voir tout le chemin").click()
    expect(page.locator("h1")).to_contain_text("à ce qui a été fait")
    expect(page.locator("main")).to_contain_text("réponses publiées")
    assert not accessibility_violations(page)
