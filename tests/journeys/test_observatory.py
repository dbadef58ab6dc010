"""A visitor reads the results: without JavaScript, then with charts drawn in the browser, nothing asked elsewhere."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

FIGURE = "/observatoire/population/?niveau=epci"


def test_figure_is_complete_without_javascript(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(FIGURE)
    expect(page.locator("svg.map path")).not_to_have_count(0)
    page.get_by_role("link", name="Tableau").click()
    expect(page.get_by_role("table")).to_contain_text("CC du Pays de Duras")
    page.get_by_role("link", name="Graphique").click()
    expect(page.locator(".bars li").first).to_be_visible()


def test_chart_is_drawn_in_the_browser(new_context: Callable[..., BrowserContext]) -> None:
    """The watcher of the context fails on any request that leaves our server."""
    page = new_context(reduced_motion="reduce").new_page()
    page.goto(FIGURE)
    expect(page.locator("observatory-chart[data-drawn] .choroplethlayer path")).not_to_have_count(0)
    expect(page.locator("observatory-chart > svg.map")).to_be_hidden()
    expect(page.locator("observatory-chart .plot")).to_have_attribute("role", "img")


def test_place_is_found_by_its_name(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context().new_page()
    page.goto("/observatoire/")
    page.get_by_label("Ma commune, mon canton").fill("pays de duras")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="CC du Pays de Duras").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("CC du Pays de Duras")
