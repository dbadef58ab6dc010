"""An older person on a phone finds a service with her own words, reads it in easy-read and keeps it."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from tests.journeys.actions import accessibility_violations, overflow


def test_a_service_is_found_by_ones_own_words_read_easily_and_kept(
    new_context: Callable[..., BrowserContext],
) -> None:
    phone = new_context(has_touch=True).new_page()
    phone.goto("/annuaire/")
    phone.get_by_label("De quoi avez-vous besoin ?").fill("je ne peu plus porter mes corses")
    phone.get_by_role("combobox", name="Où ?").fill("Lauzun")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=2).first).to_contain_text("pour Lauzun")
    expect(phone.get_by_text("a été lu")).to_be_visible()
    assert accessibility_violations(phone) == []
    assert overflow(phone) == 0

    first = phone.locator(".hit").first
    expect(first).to_contain_text("Vient chez vous")
    first.get_by_role("link").first.click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text(
        re.compile("Aide à domicile|Portage de repas")
    )
    phone.get_by_role("button", name="Facile à lire").first.click()
    expect(phone.locator(".easy-read").first).to_be_visible()

    phone.get_by_role("button", name="Garder dans ma liste").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Ma liste de services")
    assert phone.locator(".hit").count() == 1
    assert accessibility_violations(phone) == []
