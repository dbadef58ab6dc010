"""An action sheet written by three people at once, one without network; then suggested upon, and adopted."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.actions import accessibility_violations, overflow, sign_in_as

SHEET = "Un recouvrement entre deux services à 17 et 18 ans"
DESK = {"width": 1280, "height": 900}
FIELD = "#text-means_words"


def writing_page(page: Page, role: str) -> Locator:
    """The page where the sheet is written, once it is live; its field of means."""
    sign_in_as(page, role)
    page.goto("/espace/actions/")
    page.locator("main").get_by_role("link", name=SHEET).first.click()
    page.locator("main a[href$='/textes/']").first.click()
    return live(page)


def live(page: Page) -> Locator:
    expect(page.locator("[data-state=saved]")).to_be_visible()
    return page.locator(FIELD)


def caret_to_end(field: Locator) -> None:
    field.focus()
    field.press("Control+End")


def test_three_people_write_the_same_text(new_context: Callable[..., BrowserContext]) -> None:
    desk, phone, tunnel = (new_context(viewport=DESK), new_context(), new_context(viewport=DESK))
    one, two, three = (context.new_page() for context in (desk, phone, tunnel))
    here, there, away = writing_page(one, "organisatrice"), writing_page(two, "administratrice"), writing_page(three, "organisatrice")  # fmt: skip
    assert accessibility_violations(two) == [] and overflow(two) <= 0
    # Words between the two places: in an empty text both would be the same place, and either order right.
    caret_to_end(here)
    one.keyboard.type("au milieu ")
    before = here.input_value()
    expect(there).to_have_value(before)
    there.focus()
    there.press("Control+Home")
    for letters in ("un ", "deux ", "trois "):
        one.keyboard.type(letters)
        two.keyboard.type(letters.upper())
    expect(here).to_have_value("UN DEUX TROIS " + before + "un deux trois ")
    expect(there).to_have_value("UN DEUX TROIS " + before + "un deux trois ")
    expect(one.locator("#here-means_words")).to_contain_text("Administratrice")

    one.keyboard.type("quatre ")
    expect(there).to_have_value(re.compile("quatre $"))
    here.press("Control+z")  # undoes what was typed here, and nothing of the others
    expect(there).to_have_value(re.compile("^UN DEUX TROIS " + re.escape(before)))
    expect(there).not_to_have_value(re.compile("quatre"))

    tunnel.set_offline(True)
    caret_to_end(away)
    three.keyboard.type("hors ligne")
    expect(three.locator("[data-state=offline]")).to_be_visible()
    three.close()  # the tab is lost before the network is back
    tunnel.set_offline(False)
    three = tunnel.new_page()
    three.goto(one.url)
    away = live(three)
    expect(here).to_have_value(re.compile("hors ligne"))
    expect(there).to_have_value(here.input_value())
    expect(away).to_have_value(here.input_value())


def test_a_suggestion_is_taken_and_the_sheet_adopted(new_context: Callable[..., BrowserContext]) -> None:
    writer = new_context(viewport=DESK).new_page()
    writing_page(writer, "organisatrice")
    texts = writer.url

    reader = new_context(java_script_enabled=False).new_page()
    sign_in_as(reader, "aidante")
    reader.goto(texts + "textes/objective/suggerer/")
    wording = reader.get_by_label("Votre formulation")
    wording.fill(wording.input_value() + "\nAvec la famille, si la personne le veut.")
    reader.get_by_role("button", name="Envoyer ma suggestion").click()
    expect(reader.locator("main")).to_contain_text("à lire")

    writer.goto(texts + "suggestions/")
    writer.locator("main h3 a").first.click()
    assert accessibility_violations(writer) == []
    writer.get_by_role("button", name="Retenir la suggestion").click()
    expect(writer.locator("main")).to_contain_text("retenue")
    writer.goto(texts)
    live(writer)
    expect(writer.locator("#text-objective")).to_have_value(re.compile("Avec la famille"))

    official = new_context().new_page()
    sign_in_as(official, "elue")
    official.goto("/espace/actions/")
    official.locator("main").get_by_role("link", name=SHEET).first.click()
    official.locator("main a[href$='/adopt/']").first.click()
    official.get_by_label("Qui l’a adoptée").fill("Par la commission permanente, le 3 mars.")
    official.locator("main form button.btn").first.click()
    expect(official.locator("main")).to_contain_text("adoptée")
    expect(writer.locator(FIELD)).to_have_count(0)  # the page of those who write knows at once
