"""The one-stop counter: from one's own words to a service that answers, alone, with a professional, and by a link."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.actions import accessibility_violations, overflow, sign_in_as
from tests.journeys.test_read_aloud import DEVICE, LOCAL

DAY_CENTRE = "Accueil de jour Les Terrasses de Garonne"
RIGHTS, DISABILITY = "Aides d’urgence et accès aux droits du CCAS d’Agen", "Accueil de la MDPH 47"
LINK = re.compile(r"/orientation/repondre/[\w-]+/")
Open = Callable[..., BrowserContext]


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continuer").click()


def pass_on(page: Page) -> None:
    page.get_by_role("button", name="Je passe").click()


def live_in(page: Page, town: str) -> None:
    page.locator("input[name=commune]").fill(town)
    page.locator("input[name=commune]").press("Escape")
    go_on(page)


def listen(page: Page) -> list[str]:
    """What the voice of the device says of this page."""
    page.evaluate("said.length = 0")
    page.get_by_role("button", name="Écouter").click()
    page.evaluate("for (let part = 0; part < 200; part += 1) finish()")
    return [text for _voice, text in page.evaluate("said")]


def look(page: Page) -> None:
    assert accessibility_violations(page) == []
    assert overflow(page) == 0


def ask_for(page: Page, *services: str) -> None:
    for service in services:
        page.locator(".suitable > li", has_text=service).get_by_label("Demander à ce service").check()
    page.get_by_role("button", name="Demander aux services cochés").click()


def letter_to(page: Page, service: str) -> str:
    """The link of the last letter sent to a service; letters leave a moment after the request."""
    letters = page.locator("main article").filter(has_text=f"« {service}").filter(has_text="vous demande")
    for _try in range(20):
        page.goto("/demo/courrier/")
        if letters.count():
            break
        page.wait_for_timeout(500)
    found = LINK.search(letters.first.inner_text())
    assert found
    return found[0]


class Listener:
    """A page read by the voice of the device, or by eye where nothing runs."""

    def __init__(self, page: Page, *, scripts: bool) -> None:
        self.page, self.scripts = page, scripts
        if scripts:
            page.add_init_script(DEVICE % f"[{LOCAL}]")

    def hears(self, *words: str) -> None:
        said = " ".join(listen(self.page)) if self.scripts else self.page.locator("main").inner_text()
        assert all(one in said for one in words), said


def tell_situation(phone: Page, voice: Listener) -> None:
    """From the first page to the list of services, in easy words, once back and forth."""
    phone.goto("/orientation/")
    phone.get_by_role("button", name="Facile à lire").click()
    voice.hears("Vous répondez à 6 questions")
    phone.get_by_role("button", name="Commencer").click()
    voice.hears("Qui a besoin d’aide", "Vous pouvez demander pour vous", "Pour moi")
    phone.get_by_label("Pour moi").check()
    go_on(phone)
    voice.hears("Quel âge", "60 ans")
    phone.get_by_label("60 ans").check()
    go_on(phone)
    voice.hears("Que se passe-t-il", "Vous pouvez passer", "J’aide quelqu’un")
    pass_on(phone)
    phone.locator("input[name=search]").fill("je suis épuisée de garder mon mari")
    go_on(phone)
    voice.hears("ce que nous avons compris")
    phone.locator("input[value='1.E.1']").check()
    phone.get_by_role("button", name="Revenir").click()
    expect(phone).to_have_url(re.compile("/situation/$"))
    pass_on(phone)
    expect(phone.locator("input[value='1.E.1']")).to_be_checked()
    go_on(phone)
    voice.hears("Pas de rue")
    live_in(phone, "Agen")
    voice.hears("Où voulez-vous", "Vous pouvez passer")
    pass_on(phone)


@pytest.mark.parametrize("scripts", [True, False], ids=["with a voice", "without scripts"])
def test_an_older_person_asks_for_help_with_her_own_words(new_context: Open, *, scripts: bool) -> None:
    phone = new_context(java_script_enabled=scripts, has_touch=True).new_page()
    voice = Listener(phone, scripts=scripts)
    tell_situation(phone, voice)
    voice.hears("peut aider", DAY_CENTRE, "C’est pour votre âge")
    ask_for(phone, DAY_CENTRE)
    voice.hears("Choisissez le téléphone ou le courriel")
    phone.get_by_label("Par téléphone").check()
    phone.locator("input[name=contact]").fill("06 00 00 00 12")
    go_on(phone)
    phone.locator("input[name=first_name]").fill("Josette")
    go_on(phone)
    voice.hears("Je suis d’accord", DAY_CENTRE)
    if scripts:
        look(phone)
    phone.get_by_label("J’accepte").check()
    phone.get_by_role("button", name="Envoyer la demande").click()
    code = phone.locator(".code-words").inner_text()
    voice.hears(*code.split())

    phone.goto("/suivre/")
    phone.locator("main input[name=code]").fill(code.upper())
    phone.locator("main form").filter(has=phone.locator("input[name=code]")).locator("button").first.click()
    expect(phone.get_by_role("heading", name="Ma demande")).to_be_visible()
    voice.hears(DAY_CENTRE, "Il ne l’a pas encore lue")
    if scripts:
        look(phone)


def send_from_counter(desk: Page) -> None:
    """Two services asked for someone at the counter; refused until the agreement is recorded."""
    sign_in_as(desk, "referente-cms")
    desk.goto("/espace/orientation/accueil/")
    desk.get_by_role("button", name="Commencer").click()
    expect(desk.locator("main")).to_contain_text("Vous agissez pour quelqu’un")
    desk.get_by_label("Pour la personne qui demande").check()
    go_on(desk)
    pass_on(desk)
    pass_on(desk)
    for code in ("1.3.1.1", "1.3.5.1"):
        desk.locator(f"input[value='{code}']").check()
    go_on(desk)
    live_in(desk, "Agen")
    pass_on(desk)
    ask_for(desk, RIGHTS, DISABILITY)
    desk.get_by_label("Par le guichet").check()
    go_on(desk)
    go_on(desk)
    desk.get_by_role("button", name="Envoyer la demande").click()
    expect(desk.locator(".error-summary")).to_contain_text("accord")
    desk.locator("input[name=agreed]").check()
    desk.get_by_label("de vive voix, devant").check()
    desk.get_by_role("button", name="Envoyer la demande").click()
    expect(desk.locator(".code-words")).to_be_visible()


def answer_by_link(service: Page) -> None:
    """Without account, from the letter; the link used again says what was answered."""
    link = letter_to(service, RIGHTS)
    service.goto(link)
    service.get_by_role("button", name="Ouvrir la demande").click()
    service.get_by_label("plus de place").check()
    service.get_by_label("Quelques mots pour la personne").fill("Pas de place avant mars.")
    look(service)
    service.get_by_role("button", name="Envoyer la réponse").click()
    expect(service.get_by_role("heading", level=1)).to_have_text("Vous avez répondu")
    again = service.goto(link)
    assert again and again.status == 410
    expect(service.locator("main")).to_contain_text("plus de place")
    look(service)


def test_a_professional_sends_to_two_services_and_one_has_no_place(new_context: Open) -> None:
    desk = new_context(viewport={"width": 1280, "height": 900}).new_page()
    send_from_counter(desk)
    answer_by_link(new_context().new_page())

    desk.goto("/espace/orientation/envoyees/")
    desk.locator("tbody th a").first.click()
    expect(desk.locator("main")).to_contain_text("Pas de place avant mars.")
    offer = desk.locator("form", has=desk.locator("input[name=agreed]")).first
    offer.get_by_role("button", name="L’envoyer").click()
    expect(desk.locator("[role=status], [role=alert]").first).to_contain_text("Demandez d’abord")
    offer.get_by_label("La personne accepte").check()
    offer.get_by_role("button", name="L’envoyer").click()
    expect(desk.locator("main .suitable > li")).to_have_count(3)
    look(desk)


def test_a_forged_link_opens_a_page_that_says_what_to_do(page: Page) -> None:
    answer = page.goto("/orientation/repondre/" + "x" * 43 + "/")
    assert answer and answer.status == 404
    expect(page.locator("main")).to_contain_text("un courriel plus récent")
    look(page)


def test_a_complex_situation_is_flagged_and_a_coordinator_named(new_context: Open) -> None:
    desk = new_context().new_page()
    sign_in_as(desk, "referente-cms")
    desk.goto("/espace/orientation/envoyees/")
    desk.locator("tbody tr", has_text="Complet").or_(
        desk.locator("tbody tr", has_text="plus de place")
    ).locator("th a").first.click()
    place = desk.url
    desk.get_by_text("Cette situation demande").click()
    desk.get_by_label("Pourquoi").select_option("hospital")
    desk.get_by_role("button", name="Demander une coordination").click()
    expect(desk.get_by_label("Pourquoi")).to_have_value("hospital")
    desk.get_by_label("La personne accepte").check()
    desk.get_by_role("button", name="Demander une coordination").click()
    expect(desk.get_by_role("heading", name="Coordination renforcée")).to_be_visible()
    look(desk)

    lead = new_context().new_page()
    sign_in_as(lead, "coordinatrice")
    lead.goto(place)
    lead.get_by_label("Coordinateur").select_option(index=0)
    lead.get_by_role("button", name="Nommer").click()
    look(lead)
    desk.reload()
    expect(desk.locator("main")).to_contain_text("Coordinatrice de parcours")
    lead.get_by_label("Ce que cela a donné").fill("Plan d’aide signé avec la famille")
    lead.get_by_role("button", name="Terminer").click()
    expect(lead.locator("main")).to_contain_text("Plan d’aide signé")
