"""An election from the draft to the mandate: one votes on a phone, one on paper, two read, the count seats somebody."""

import datetime
import io
import re
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from odfdo import Document
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.actions import accessibility_violations, overflow, sign_in_as

Open = Callable[..., BrowserContext]
DESK = {"width": 1280, "height": 900}
NOW = datetime.datetime.now(tz=ZoneInfo("Europe/Paris"))
BEFORE = (NOW.date() - datetime.timedelta(days=40)).isoformat()
COUNCIL = f"Groupe qui vote à {NOW:%H %M %S}"
CODE = re.compile(r"[a-z]+(?: [a-z]+){3} \d\d")


def test_an_election_on_a_phone_and_on_paper_seats_who_is_elected(new_context: Open) -> None:
    desk = new_context(viewport=DESK).new_page()
    sign_in_as(desk, "secretaire")
    council = found_council(desk)
    codes = prepare(desk)
    election = desk.url
    send(desk, "Ouvrir le vote")
    receipt = vote_on_a_phone(new_context().new_page(), codes[0])
    desk.goto(election)
    expect(desk.locator("main")).to_contain_text("Ont voté\u00a0: 1 sur 2")
    send(desk, "Vote sur papier : Bernard Second")
    refused_online(new_context(java_script_enabled=False).new_page(), codes[1])
    desk.goto(election)
    send(desk, "Fermer le vote")
    read_and_count(desk, new_context, election)
    assert accessibility_violations(desk) == []
    send(desk, "Rendre le résultat officiel")
    desk.goto(council)
    expect(desk.locator("main")).to_contain_text("Claire Élue")
    check_receipt(new_context().new_page(), receipt)


def send(page: Page, words: str) -> None:
    """Press the button of these words."""
    page.locator("main").get_by_role("button", name=words, exact=True).click()
    page.wait_for_load_state()


def found_council(page: Page) -> str:
    """A council of one seat, which nobody holds."""
    page.goto("/espace/conseils/nouveau/")
    page.get_by_label("Groupe d’expression", exact=False).check()
    page.locator("[name=name]").fill(COUNCIL)
    page.locator("[name=organisations]").first.check()
    page.locator("[name=created_on]").fill(BEFORE)
    send(page, "Enregistrer")
    council = page.url.removesuffix("acte/")
    page.locator("[name=signed_on]").fill(BEFORE)
    page.locator("[name=signed_by_title]").fill("La directrice")
    page.locator("[name=families_full]").fill("1")
    send(page, "Noter l’acte")
    return council


def prepare(page: Page) -> list[str]:
    """From the draft to the letters; gives their codes."""
    page.goto("/espace/elections/")
    page.get_by_role("link", name=COUNCIL).click()
    page.get_by_label("Titre").fill("Qui parlera pour les familles ?")
    page.get_by_label("Qui est élu").select_option("c:families")
    for name in ("opens", "closes"):
        page.locator(f"[name={name}_on]").fill(NOW.date().isoformat())
    page.locator("[name=opens_hour]").fill("00:00")
    page.locator("[name=closes_hour]").fill("23:59")
    page.locator("[name=term_starts_on]").fill(NOW.date().isoformat())
    assert accessibility_violations(page) == []
    send(page, "Enregistrer le brouillon")
    send(page, "Appeler les candidatures")
    page.get_by_label("Noms de ceux qui votent").fill("Anne Première\nBernard Second")
    send(page, "Enregistrer la liste")
    for name in ("Claire Élue", "Denis Autre"):
        page.get_by_label("Nom", exact=True).fill(name)
        send(page, "Inscrire ce candidat")
    send(page, "Arrêter la liste et les candidats")
    with page.expect_download() as download:
        page.get_by_role("button", name="en texte à modifier (ODT)").click()
    letters = Document(io.BytesIO(Path(download.value.path()).read_bytes()))
    page.reload()
    lines = [one.text_recursive for one in letters.body.get_paragraphs()]
    return [line for line in lines if CODE.fullmatch(line)]


def open_ballot(page: Page, code: str) -> None:
    page.goto("/voter/")
    page.get_by_label("Code de votre lettre").fill(code)
    send(page, "Aller au bulletin")


def vote_on_a_phone(page: Page, code: str) -> str:
    """One ballot, looked at on a narrow screen; gives the receipt."""
    open_ballot(page, code)
    send(page, "Vérifier mon bulletin")
    expect(page.get_by_role("alert")).to_contain_text("choisissez de voter blanc")
    page.get_by_label("Claire Élue").check()
    assert (overflow(page), accessibility_violations(page)) == (0, [])
    send(page, "Vérifier mon bulletin")
    expect(page.locator("main")).to_contain_text("Claire Élue")
    send(page, "Mettre dans l’urne")
    expect(page.locator("h1")).to_have_text("Vous avez voté")
    assert (overflow(page), accessibility_violations(page)) == (0, [])
    receipt = page.locator(".code-words").inner_text()
    page.get_by_role("link", name="Vérifier mon reçu").click()
    return f"{page.url} {receipt}"


def refused_online(page: Page, code: str) -> None:
    open_ballot(page, code)
    expect(page.locator("main")).to_contain_text("Vous ne pouvez pas voter")


def read_and_count(desk: Page, new_context: Open, election: str) -> None:
    """Two people read the paper ballot, then the secretary counts."""
    director = new_context(viewport=DESK).new_page()
    sign_in_as(director, "directrice-ehpad")
    for page in (desk, director):
        page.goto(election)
        page.get_by_label("Bulletins papier, un par ligne").fill("1")
        send(page, "Enregistrer ma lecture")
    desk.goto(election)
    send(desk, "Dépouiller")
    expect(desk.locator("main")).to_contain_text("2 voix – élu(e)")


def check_receipt(page: Page, seen: str) -> None:
    """The receipt still answers after the count, and says nothing of the choice."""
    address, _space, receipt = seen.partition(" ")
    page.goto(address)
    page.get_by_label("Votre reçu").fill(receipt)
    send(page, "Vérifier")
    expect(page.locator("h1")).to_have_text("Votre vote est enregistré")
    expect(page.locator("main")).not_to_contain_text("Claire")
    assert accessibility_violations(page) == []
