"""A resident answers on a phone: without JavaScript, with it, by keyboard only, in two sittings."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.actions import answer_until_summary, fill_question, start_survey
from tests.journeys.keyboard import press

SURVEY = "vos-besoins"


def receipt_code(page: Page) -> str:
    return page.locator(".code-words").first.inner_text().strip()


@pytest.mark.parametrize("javascript", [False, True], ids=["without JavaScript", "with JavaScript"])
def test_resident_answers_and_follows_the_receipt(
    new_context: Callable[..., BrowserContext], javascript: bool
) -> None:
    page = new_context(java_script_enabled=javascript).new_page()
    page.goto("/")
    expect(page.locator("h1")).to_have_count(1)
    start_survey(page, SURVEY)
    assert answer_until_summary(page) >= 3
    page.locator("main button.large").click()
    page.wait_for_url("**/merci/")
    code = receipt_code(page)
    page.goto("/suivre/")
    page.locator("main form input:visible").first.fill(code)
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    assert page.locator("main [role=alert]").count() == 0
    assert page.locator("main").inner_text()


def test_resident_leaves_and_resumes_elsewhere_with_the_code(
    new_context: Callable[..., BrowserContext],
) -> None:
    first = new_context(java_script_enabled=False).new_page()
    start_survey(first, SURVEY)
    fill_question(first)
    first.locator("button[value=leave]").click()
    first.wait_for_url("**/pause/")
    code = receipt_code(first)
    elsewhere = new_context().new_page()
    elsewhere.goto("/enquetes/reprendre/")
    elsewhere.locator("main form input:visible").first.fill(code)
    elsewhere.locator("main form button.btn").first.click()
    elsewhere.wait_for_url(re.compile(f"/enquetes/{SURVEY}/"))
    answer_until_summary(elsewhere)
    elsewhere.locator("main button.large").click()
    elsewhere.wait_for_url("**/merci/")
    assert receipt_code(elsewhere)


def test_double_click_sends_one_response_and_shows_one_receipt(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    start_survey(page, SURVEY)
    answer_until_summary(page)
    form = {
        "csrfmiddlewaretoken": page.locator("main [name=csrfmiddlewaretoken]").first.input_value(),
        "envoi": page.locator("main [name=envoi]").input_value(),
    }
    headers = {"Referer": page.url}
    receipts = []
    for _ in range(2):  # the second is what a double click or a retry sends
        answer = page.context.request.post(page.url, form=form, headers=headers)
        assert answer.ok, answer.status
        receipts += re.findall(r'class="code-words">([^<]+)<', answer.text())
    assert len(receipts) == 2 and len(set(receipts)) == 1


def test_keyboard_alone_is_enough(page: Page) -> None:
    start_survey(page, SURVEY)
    for _ in range(40):
        if "/verifier/" in page.url:
            break
        form = page.locator("form[data-survey-form]")
        if (choices := form.locator("input[type=radio], input[type=checkbox]")).count():
            choices.first.focus()
            page.keyboard.press("Space")
        else:
            fill_question(page)
        before = page.url
        press(page, form.locator("button[value=next]"))
        if page.url == before:  # a date out of its bounds: pass
            press(page, form.locator("button[value=skip]"))
    page.locator("main button.large").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/merci/")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/enquetes/une-enquete-absente/", 404),
        ("/participer/une-consultation-absente/", 404),
        ("/suivre/?code=<script>alert(1)</script>", 200),
        ("/recherche/?q=%27%22<svg onload=alert(1)>", 200),
        ("/recherche/?q=%00", 400),
        ("/territoires/commune/99999/", 404),
    ],
)
def test_bad_addresses_get_a_helpful_page(page: Page, path: str, status: int) -> None:
    answer = page.goto(path)
    assert answer is not None and answer.status == status
    expect(page.locator("h1")).to_have_count(1)
