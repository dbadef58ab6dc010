"""Page editors in the admin: one publishes, one submits and another approves, one sets an hour; visitors read."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.actions import sign_in_as

DESK = {"width": 1280, "height": 900}
SUMMARY = "À partir de lundi, un départ de plus à 16 h."


def editor_as(new_context: Callable[..., BrowserContext], role: str) -> Page:
    page = new_context(viewport=DESK).new_page()
    sign_in_as(page, role)
    return page


def write_news(editor: Page, title: str, slug: str) -> None:
    """From the first screen of the admin, by the tile that offers it."""
    editor.goto("/gestion/")
    editor.get_by_role("link", name="Écrire une actualité").click()
    editor.locator("[name=title]").press_sequentially(title)
    editor.keyboard.press("Tab")  # the address is made from the title
    expect(editor.locator("[name=slug]")).to_have_value(slug)
    editor.locator("[name=search_description]").fill(SUMMARY)


def choose_action(editor: Page, button: str) -> None:
    """A less common way to save, in the menu of the footer."""
    editor.locator("footer [data-w-dropdown-target='toggle']").last.click()
    editor.locator(button).first.click()
    editor.wait_for_load_state()


def test_editor_publishes_a_page_and_a_visitor_reads_it(new_context: Callable[..., BrowserContext]) -> None:
    title = "Une navette de plus le jeudi"
    editor = editor_as(new_context, "publication")
    write_news(editor, title, "une-navette-de-plus-le-jeudi")
    choose_action(editor, "button[name=action-publish]")
    expect(editor.locator(".messages")).to_contain_text(title)
    visitor = new_context().new_page()
    visitor.goto("/actualites/")
    visitor.get_by_role("link", name=title).first.click()
    expect(visitor.locator("h1")).to_have_text(title)


def test_one_writes_and_another_approves(new_context: Callable[..., BrowserContext]) -> None:
    title, path = "Le répit du dimanche", "/actualites/le-repit-du-dimanche/"
    writer = editor_as(new_context, "redactrice")
    write_news(writer, title, "le-repit-du-dimanche")
    expect(writer.locator("button[name=action-publish]")).to_have_count(0)
    choose_action(writer, "button[name=action-submit]")
    expect(writer.locator(".messages")).to_contain_text(title)
    visitor = new_context().new_page()
    answer = visitor.goto(path)
    assert answer is not None and answer.status == 404

    reader = editor_as(new_context, "publication")
    reader.goto("/gestion/")
    waiting = reader.locator("#awaiting-review-section, section:has(#awaiting-review-heading)").first
    waiting.get_by_role("link", name=title).first.click()
    choose_action(reader, "[data-workflow-action-name=approve]")
    expect(reader.locator(".messages")).to_contain_text(title)
    answer = visitor.goto(path)
    assert answer is not None and answer.status == 200
    expect(visitor.locator("h1")).to_have_text(title)


def open_schedule(editor: Page) -> Locator:
    """The field of the hour at which the page goes live."""
    door = editor.get_by_role("button", name="Programmer")
    editor.wait_for_timeout(600)  # the side panel slides open by itself when it was left open
    if not door.is_visible():
        editor.locator("[data-side-panel-toggle=status]").click()
    door.click()
    return editor.locator("[name=go_live_at]")


def publish_on_schedule(editor: Page) -> None:
    editor.locator(".w-dialog__box:visible").get_by_role("button", name="Enregistrer").press("Enter")
    choose_action(editor, "button[name=action-publish]")


@pytest.mark.parametrize(
    ("title", "slug", "typed"),
    [
        ("Fermeture à la Toussaint", "fermeture-a-la-toussaint", "31/12/2099 08:00"),
        ("Fermeture de Noël", "fermeture-de-noel", "2099-12-31 08:00"),
        ("Fermeture de Pâques", "fermeture-de-paques", "calendar"),
    ],
    ids=["French", "ISO", "calendar"],
)
def test_a_page_waits_for_its_hour(
    new_context: Callable[..., BrowserContext], title: str, slug: str, typed: str
) -> None:
    editor = editor_as(new_context, "publication")
    write_news(editor, title, slug)
    hour = open_schedule(editor)
    if typed == "calendar":
        hour.click()
        editor.locator(".xdsoft_datepicker:visible .xdsoft_next").first.click()
        editor.locator("td.xdsoft_date:not(.xdsoft_other_month):visible").nth(14).click()
        expect(hour).to_have_value(re.compile(r"15/\d\d/20\d\d \d\d:\d\d"))
    else:
        hour.press_sequentially(typed)
        editor.keyboard.press("Tab")
    publish_on_schedule(editor)
    expect(editor.locator(".messages")).to_contain_text(f"« {title} » a été planifiée")
    answer = new_context().new_page().goto(f"/actualites/{slug}/")
    assert answer is not None and answer.status == 404


def test_an_unreadable_hour_publishes_nothing(new_context: Callable[..., BrowserContext]) -> None:
    editor = editor_as(new_context, "publication")
    write_news(editor, "Fermeture du printemps", "fermeture-du-printemps")
    hour = open_schedule(editor)
    hour.press_sequentially("le 31 décembre")
    editor.keyboard.press("Tab")
    publish_on_schedule(editor)
    expect(editor.locator(".messages")).to_contain_text("erreurs de validation")
    expect(editor.locator("[name=go_live_at]")).to_have_value("le 31 décembre")
    answer = new_context().new_page().goto("/actualites/fermeture-du-printemps/")
    assert answer is not None and answer.status == 404
