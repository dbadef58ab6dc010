"""An editor writes a piece of news in the admin; a visitor reads it."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.actions import sign_in_as

TITLE = "Une navette de plus le jeudi"


def test_editor_publishes_a_page_and_a_visitor_reads_it(new_context: Callable[..., BrowserContext]) -> None:
    editor = new_context(viewport={"width": 1280, "height": 900}).new_page()
    sign_in_as(editor, "publication")
    editor.goto("/gestion/pages/")
    editor.goto(f"/gestion/pages/{index_of_news(editor)}/add_subpage/")
    if "/add/" not in editor.url:  # one kind of page allowed: Wagtail goes straight to its form
        editor.get_by_role("link", name="Actualité").first.click()
    editor.locator("[name=title]").press_sequentially(TITLE)
    editor.keyboard.press("Tab")  # the address is made from the title
    expect(editor.locator("[name=slug]")).to_have_value("une-navette-de-plus-le-jeudi")
    editor.locator("[name=search_description]").fill("À partir de lundi, un départ de plus à 16 h.")
    editor.locator("footer [data-w-dropdown-target='toggle']").last.click()
    editor.locator("button[name=action-publish]").click()
    editor.wait_for_load_state()
    expect(editor.locator(".messages")).to_contain_text(TITLE)
    visitor = new_context().new_page()
    visitor.goto("/actualites/")
    visitor.get_by_role("link", name=TITLE).first.click()
    expect(visitor.locator("h1")).to_have_text(TITLE)


def index_of_news(editor: Page) -> str:
    """The number of the page that lists news, as the admin knows it."""
    editor.goto("/gestion/pages/search/?q=Actualit%C3%A9s")
    link = editor.locator("a[href*='/gestion/pages/'][href$='/edit/']", has_text="Actualités").first
    return (link.get_attribute("href") or "").split("/")[3]
