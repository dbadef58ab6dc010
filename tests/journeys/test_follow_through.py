"""A step is late: the letter that reminds of it, the badge everyone sees, the news, and the step done at last."""

import io

from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.factories.days import today
from tests.journeys.actions import accessibility_violations, overflow, sign_in_as

SHEET = "/actions/un-outil-commun-pour-reperer-les-besoins/"
STEP = "Essayer l’outil dans deux centres médico-sociaux"


def photo() -> FilePayload:
    """A picture as a phone sends it."""
    written = io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(written, "JPEG")
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


def test_from_a_late_step_to_its_news(page: Page) -> None:
    page.goto("/demo/courrier/")
    letter = page.locator("main").get_by_text(f"l’étape « {STEP} » était attendue").first
    expect(letter).to_contain_text("Si c’est fait, écrivez le jour ici")
    page.goto(SHEET)
    badge = page.locator(".badge.late", has_text="étape en retard")
    expect(badge).to_be_visible()
    expect(page.locator("svg.gantt")).to_be_visible()

    sign_in_as(page, "organisatrice")
    page.goto(SHEET)
    page.get_by_role("link", name="Travailler sur cette fiche").click()
    expect(page.locator("main")).to_contain_text("Rappels envoyés")
    page.get_by_role("link", name="Nouvelles", exact=True).click()
    page.get_by_label("Ce qui est nouveau").fill("Les deux centres ont rendu leurs remarques.")
    page.get_by_label("Un chiffre").select_option(index=1)
    page.get_by_label("Sa valeur ce jour-là").fill("5")
    page.locator("input[name=photo_1]").set_input_files(photo())
    publish = page.get_by_role("button", name="Publier cette nouvelle")
    publish.click()
    expect(page.locator(".error-summary, [role=alert]").first).to_contain_text("ce que montre")
    assert accessibility_violations(page) == [] and overflow(page) <= 0
    page.locator("input[name=alt_1]").fill("Le cahier ouvert sur une table")
    page.locator("input[name=photo_1]").set_input_files(photo())
    publish.click()
    expect(page.locator("body")).to_contain_text("C’est publié")

    page.locator("nav.tabs").get_by_role("link", name="Étapes").click()
    page.get_by_role("link", name=f"Modifier : {STEP}").click()
    page.locator("input[name=done_on]").fill(today().isoformat())
    page.get_by_role("button", name="Enregistrer").click()
    page.goto(SHEET)
    expect(badge).to_have_count(0)
    expect(page.locator(".update").first).to_contain_text("Les deux centres ont rendu leurs remarques.")
    image = page.get_by_role("img", name="Le cahier ouvert sur une table")
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("naturalWidth", 640)
