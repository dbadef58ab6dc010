"""Signing in in a real browser: a passkey created, then used alone; a code read in the demo's mailbox."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.actions import accessibility_violations, sign_in_as


def at_localhost(address: str) -> str:
    """The same product under a name: an address is not a valid passkey domain."""
    return address.replace("127.0.0.1", "localhost")


def with_a_device(page: Page) -> None:
    """Give the browser a virtual device that verifies its owner and keeps keys."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_then_opens_staff_pages_alone(
    new_context: Callable[..., BrowserContext], address: str
) -> None:
    where = at_localhost(address)
    page = new_context(base_url=where).new_page()
    with_a_device(page)
    sign_in_as(page, "secretaire")

    page.goto("/compte/2fa/webauthn/add/")
    assert not accessibility_violations(page)
    page.get_by_label("Nom de la clé d’accès").fill("Mon téléphone")
    page.get_by_role("button", name="Ajouter la clé d’accès").click()
    page.wait_for_url(re.compile(r"/compte/2fa/(recovery-codes/)?$"))
    page.goto("/compte/2fa/webauthn/")
    expect(page.get_by_text("Mon téléphone").first).to_be_visible()

    page.goto("/compte/")
    page.get_by_role("button", name="Se déconnecter").click()
    page.goto("/espace/")
    expect(page).to_have_url(re.compile(r"/compte/login/\?next=/espace/"))
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    page.wait_for_url(f"{where}/espace/")
    assert page.locator("h1").count() == 1


def test_a_code_is_read_in_the_mailbox_and_signs_in_without_javascript(
    new_context: Callable[..., BrowserContext], address: str
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/compte/login/?next=/compte/mes-donnees/")
    page.get_by_role("link", name="Recevoir un code").click()
    page.get_by_label("Adresse électronique").fill("aidante@demo.invalid")
    page.get_by_role("button", name="Envoyez-moi le code").click()

    mailbox = page.context.new_page()
    mailbox.goto("/demo/courrier/")
    letter = mailbox.locator("article", has_text="aidante@demo.invalid").first
    code = re.search(r"\d{4}-\d{4}", letter.inner_text())
    assert code
    page.get_by_label("Code").fill(code[0])
    page.get_by_role("button", name="Confirmer").click()
    expect(page).to_have_url(f"{address}/compte/mes-donnees/")


def test_staff_without_a_second_factor_are_shown_how_to_set_one_up(
    new_context: Callable[..., BrowserContext], address: str
) -> None:
    page = new_context().new_page()
    sign_in_as(page, "administratrice")
    page.goto("/gestion/personnes/inviter/")
    page.get_by_label("Adresse électronique").fill("nouvelle@demo.invalid")
    page.get_by_label("Rôle", exact=False).select_option("organiser")
    page.get_by_label("Territoire ou organisation").select_option(label="Lot-et-Garonne")
    page.get_by_role("button", name="Envoyer l’invitation").click()
    expect(page.get_by_text("L’invitation est envoyée.")).to_be_visible()

    newcomer = new_context().new_page()
    newcomer.goto("/compte/login/code/?next=/espace/")
    newcomer.get_by_label("Adresse électronique").fill("nouvelle@demo.invalid")
    newcomer.get_by_role("button", name="Envoyez-moi le code").click()
    page.goto("/demo/courrier/")
    letters = page.locator("article", has_text="nouvelle@demo.invalid")
    code = re.search(r"\d{4}-\d{4}", letters.first.inner_text())
    assert code
    newcomer.get_by_label("Code").fill(code[0])
    newcomer.get_by_role("button", name="Confirmer").click()
    expect(newcomer.get_by_role("heading", level=1)).to_contain_text("Une protection de plus")
    assert not accessibility_violations(newcomer)
