"""An organisation claims its records, keeps them, and answers an inhabitant who says that something is wrong."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.actions import accessibility_violations, overflow, sign_in_as

ORGANISATION, SERVICE = "/annuaire/organisation/esat-agen/", "/annuaire/service/esat-agen-travail/"
DESK = "/espace/annuaire/service/esat-agen-travail/"


def letter_to(page: Page, address: str) -> str:
    """What the newest letter to an address says."""
    page.goto("/demo/courrier/")
    return page.locator("main article", has_text=address).first.inner_text()


def is_sound(page: Page) -> None:
    assert accessibility_violations(page) == [] and overflow(page) <= 0, page.url


def claim(keeper: Page, team: Page) -> None:
    """Asked on the public page, granted from the mailbox of the organisation, told by e-mail."""
    keeper.goto(ORGANISATION)
    keeper.get_by_role("link", name="Vous y travaillez ?").click()
    keeper.get_by_label("Ce que vous y faites").fill("Je tiens l’accueil de l’atelier.")
    keeper.get_by_role("button", name="Demander").click()
    expect(keeper.locator("main")).to_contain_text("attend une réponse")
    link = re.search(r"https?://[^/]+(/\S*tenir/\S+)", letter_to(keeper, "esat@demo.invalid"))
    assert link
    team.goto(link[1])
    is_sound(team)
    team.get_by_role("button", name="Oui").click()
    expect(team.locator("main")).to_contain_text("Merci")
    assert "C’est accepté" in letter_to(keeper, "travailleur-esat@demo.invalid")


def keep(keeper: Page) -> None:
    """Hours, first wrong; places left; everything is right."""
    keeper.goto(f"{DESK}horaires/")
    keeper.locator("#id_heures-0-opens").fill("10:00")
    keeper.locator("#id_heures-0-closes").fill("09:00")
    keeper.get_by_role("button", name="Enregistrer").click()
    expect(keeper.get_by_role("alert")).to_contain_text("Corrigez les lignes")
    is_sound(keeper)
    keeper.locator("#id_heures-0-closes").fill("11:30")
    keeper.get_by_role("button", name="Enregistrer").click()
    keeper.goto(f"{DESK}places/?quoi=postes")
    keeper.get_by_label("Places qui restent").fill("2")
    keeper.get_by_role("button", name="Enregistrer").click()
    keeper.get_by_role("button", name="Tout est toujours juste").click()


def test_a_record_is_claimed_kept_and_corrected(new_context: Callable[..., BrowserContext]) -> None:
    keeper = new_context().new_page()
    sign_in_as(keeper, "travailleur-esat")
    claim(keeper, new_context().new_page())
    keep(keeper)

    inhabitant = new_context().new_page()
    inhabitant.goto(SERVICE)
    trust = inhabitant.locator("section", has=inhabitant.locator("#fiable"))
    expect(trust).to_contain_text(re.compile(r"Vérifiée le .+ par ESAT"))
    expect(inhabitant.locator("main")).to_contain_text("10 h – 11 h 30")
    trust.get_by_role("link", name="Quelque chose est faux ici").click()
    inhabitant.get_by_label("les horaires sont faux").check()
    inhabitant.get_by_role("button", name="Envoyer").click()
    expect(inhabitant.get_by_role("heading", level=1)).to_have_text("Merci")

    keeper.goto("/espace/annuaire/signalements/")
    keeper.get_by_label("corrigé").first.check()
    keeper.get_by_label("Votre réponse").first.fill("Merci : nous ouvrons bien à 10 h.")
    keeper.get_by_role("button", name="Noter").first.click()
    inhabitant.goto(SERVICE)
    expect(trust).to_contain_text("Merci : nous ouvrons bien à 10 h.")
    is_sound(inhabitant)
