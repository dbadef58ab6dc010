"""A whole meeting in a browser: too few come, it is called again; four on phones (one without JavaScript), one on paper.

The president joins the second one, asks for a secret vote, and signs the minutes with her second factor.
"""

import io
import re
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from odfdo import Document
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.actions import accessibility_violations, overflow, sign_in_as

DESK = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}
PHONE = {"width": 360, "height": 740}
ITEM = "Des portes à fermeture douce"
LETTER = re.compile(
    r"Convocation([^\n]+)\n.*?Votre code, pour vous seulement : ([a-z]+(?: [a-z]+){3} \d\d)", re.S
)
PHONES = ("Proche 2", "Proche 3", "Personne accompagnée 2")
WITHOUT_SCRIPTS = PHONES[2]
ON_PAPER = "Personne accompagnée 3"
Open = Callable[..., BrowserContext]


def test_a_meeting_without_quorum_is_called_again_decides_and_is_signed(new_context: Open) -> None:
    desk = new_context(viewport=DESK).new_page()
    sign_in_as(desk, "secretaire")
    first = prepare(desk)
    phones = gather(desk, new_context)
    expect(desk.get_by_role("heading", name="Quorum pas atteint")).to_be_visible()
    expect(desk.get_by_text("Il en manque 1.")).to_be_visible()
    press(desk, "Ouvrir la séance", at=first)
    desk.get_by_role("button", name=f"Commencer ce point : {ITEM}").click()
    expect(phones[0].get_by_role("heading", name=ITEM)).to_be_visible()
    desk.get_by_role("button", name="Reporter les avis et les votes").click()
    desk.get_by_role("button", name="Lever la séance").click()
    expect(phones[0].get_by_role("heading", name="La réunion est terminée")).to_be_visible()
    for phone in phones:
        phone.context.close()

    desk.goto(first)
    desk.get_by_role("button", name="Préparer la seconde réunion").click()
    second = desk.url
    desk.get_by_role("link", name="Modifier la réunion").click()
    hold_today(desk)
    desk.get_by_role("button", name="Enregistrer").click()
    convene(desk, second)
    phones = gather(desk, new_context)
    expect(desk.get_by_role("heading", name="la majorité des présents suffit")).to_be_visible()
    president = new_context(viewport=PHONE).new_page()
    sign_in_as(president, "presidente-cvs")
    president.goto(phones[0].url)
    president.get_by_role("button", name="Je suis là").click()
    press(desk, "Ouvrir la séance", at=second)
    screen = desk.context.new_page()
    screen.goto(f"{second}ecran/")
    decide(desk, [*phones, president], screen)
    write_minutes(desk)
    sign(president, second)


def hold_today(page: Page) -> None:
    now = datetime.now(tz=ZoneInfo("Europe/Paris"))
    page.get_by_label("Jour").fill(now.date().isoformat())
    page.get_by_label("Heure").fill(now.strftime("%H:%M"))


def prepare(desk: Page) -> str:
    """A meeting of today with one item, convened late for a reason; gives its address."""
    desk.goto("/espace/reunions/conseil/cvs-ehpad-agen/nouvelle/")
    hold_today(desk)
    desk.get_by_label("Lieu").fill("Salle bleue")
    desk.get_by_role("button", name="Enregistrer").click()
    address = desk.url.removesuffix("ordre-du-jour/")
    desk.get_by_label("Titre du point").fill(ITEM)
    desk.get_by_label("Ce qui est attendu").select_option("opinion")
    desk.get_by_role("button", name="Mettre à l’ordre du jour").last.click()
    convene(desk, address)
    return address


def convene(desk: Page, address: str) -> None:
    desk.goto(f"{address}convocation/")
    order = desk.get_by_label("Comment la présidence l’a demandé")
    order.fill("Ordre signé sur papier")
    desk.get_by_role("button", name="Envoyer la convocation").click()
    expect(desk.get_by_role("alert")).to_contain_text("écrivez pourquoi")
    expect(order).to_have_value("Ordre signé sur papier")
    desk.get_by_label("Pourquoi elle part en retard").fill("Bruit la nuit : à décider vite")
    desk.get_by_role("button", name="Envoyer la convocation").click()
    expect(desk.get_by_text("Bruit la nuit : à décider vite")).to_be_visible()
    press(desk, "Ouvrir l’accueil", at=address)


def press(desk: Page, button: str, *, at: str) -> None:
    desk.goto(at)
    desk.get_by_role("button", name=button).click()


def codes(desk: Page) -> dict[str, str]:
    """Each member's code, as printed on their letter."""
    address = re.sub(r"presences/$", "fichiers/lettres.odt", desk.url)
    text = Document(io.BytesIO(desk.request.get(address).body())).get_formatted_text()
    return {name.strip(): code for name, code in LETTER.findall(text)}


def gather(desk: Page, new_context: Open) -> list[Page]:
    """Three come in with the code of their letter, one by their name on the list; then the sheet."""
    known = codes(desk)
    door = desk.get_by_role("link", name="/reunions/").get_attribute("href") or ""
    phones = [come_in(new_context, door, known[name], scripts=name != WITHOUT_SCRIPTS) for name in PHONES]
    desk.get_by_label(f"Présences : {ON_PAPER}").select_option("present")
    desk.get_by_label(f"vote sur papier : {ON_PAPER}").check()
    desk.get_by_label("Présences : Directrice d’EHPAD").select_option("excused")
    desk.get_by_role("button", name="Noter les présences").click()
    return phones


def come_in(new_context: Open, door: str, code: str, *, scripts: bool) -> Page:
    phone = new_context(viewport=NARROW, java_script_enabled=scripts).new_page()
    phone.goto(door)
    phone.get_by_label("Votre code").fill(code.upper())
    phone.get_by_role("button", name="Je suis là").click()
    expect(phone.get_by_role("heading", name="Vous êtes sur la liste")).to_be_visible()
    return phone


def decide(desk: Page, phones: list[Page], screen: Page) -> None:
    """Asked for while phones vote, the vote starts again in secret: 3 for and 1 against on phones, 1 for on paper."""
    desk.get_by_role("button", name=f"Commencer ce point : {ITEM}").click()
    expect(screen.get_by_role("heading", name=ITEM)).to_be_visible()
    phones[0].get_by_role("button", name="Je demande la parole").click()
    desk.get_by_role("button", name=re.compile("Donner la parole")).click()
    expect(phones[0].get_by_text("Vous avez la parole.")).to_be_visible()
    desk.get_by_text("Mettre au vote").click()
    desk.get_by_label("chacun sur son téléphone").check()
    desk.get_by_role("button", name="Ouvrir le vote").click()
    phones[0].get_by_role("button", name="Pour", exact=True).click()
    phones[3].get_by_role("button", name="Je demande un vote secret").click()
    phones[2].reload()
    for phone, choice in zip(phones, ("Pour", "Pour", "Contre", "Pour"), strict=True):
        expect(phone.get_by_text("Ce vote est secret").first).to_be_visible()
        phone.get_by_role("button", name=choice, exact=True).click()
        expect(phone.locator("[data-region=votes]").get_by_text("Votre vote est compté.")).to_be_visible()
    assert accessibility_violations(phones[0]) == []
    assert overflow(phones[0]) <= 0
    expect(screen.locator(".screen-count")).to_contain_text("4 voix sur 5")
    assert accessibility_violations(screen) == []
    expect(desk.get_by_text("4 voix sur 5 ont voté.")).to_be_visible()
    desk.get_by_role("group", name="Tous ensemble").get_by_label("Pour").fill("1")
    desk.get_by_role("button", name="Compter et fermer le vote").click()
    expect(desk.get_by_text("4 pour, 1 contre, 0 abstention")).to_be_visible()
    expect(phones[1].get_by_text("4 pour, 1 contre, 0 abstention")).to_be_visible()
    expect(screen.locator(".screen-result")).to_have_text("Adopté")
    assert accessibility_violations(desk) == []


def write_minutes(desk: Page) -> None:
    desk.get_by_label("Conclusions de ce point").fill("Le conseil demande des portes à fermeture douce.")
    desk.get_by_role("button", name="Enregistrer les conclusions").click()
    desk.get_by_role("button", name="Ce point est traité").click()
    desk.get_by_role("button", name="Lever la séance").click()
    desk.get_by_role("button", name="Montrer le projet aux présents").click()
    expect(desk.get_by_text("Le conseil demande des portes à fermeture douce.")).to_be_visible()
    assert accessibility_violations(desk) == []
    assert desk.request.get(re.sub(r"releve/$", "fichiers/releve.pdf", desk.url)).body()[:5] == b"%PDF-"


def sign(president: Page, meeting: str) -> None:
    """She reads the very text she signs."""
    president.goto(f"{meeting}releve/signer/")
    expect(president.get_by_text("Le conseil demande des portes à fermeture douce.")).to_be_visible()
    president.get_by_role("button", name="Je signe ce relevé").click()
    expect(president.get_by_text("signé ici, avec un second facteur")).to_be_visible()
    assert accessibility_violations(president) == []
    assert overflow(president) <= 0
