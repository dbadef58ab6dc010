"""The account pages one only meets along the way, in both languages: looked at as every page is, refusals too."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.actions import accessibility_violations
from tests.journeys.reflow import NARROWEST, reflow_problems
from tests.journeys.test_sign_in import at_localhost, with_a_device

PASSWORD = "quatre mots tres ordinaires"
NO_PASSKEY = "navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError'))"


class Walk:
    """One person's way through the account pages; keeps what is wrong with each page met."""

    def __init__(self, page: Page, prefix: str) -> None:
        self.page, self.prefix, self.problems = page, prefix, list[str]()

    def go(self, path: str) -> None:
        self.page.goto(f"{self.prefix}/compte/{path}")
        self.look()

    def look(self) -> None:
        page = self.page
        found = [*accessibility_violations(page), *reflow_problems(page)]
        if page.locator("h1").count() != 1:
            found.append("not one h1")
        self.problems += [f"{page.url} {problem}" for problem in found]

    def send(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f"main [name={name}]:visible").fill(value)
        self.page.locator("main form button.btn:visible").first.click()
        self.page.wait_for_load_state()
        self.look()

    def code_for(self, email: str) -> str:
        mailbox = self.page.context.new_page()
        mailbox.goto("/demo/courrier/")
        code = re.search(r"\d{4}-\d{4}", mailbox.locator("article", has_text=email).first.inner_text())
        mailbox.close()
        assert code
        return code[0]


def sign_up_with_password(walk: Walk, email: str) -> None:
    """A new account, proved by its code, then a password; one mistake at each step."""
    walk.go("signup/")
    walk.send(email=email)
    walk.send(code="0000-0000")
    expect(walk.page.locator(".error-summary")).to_be_focused()
    walk.send(code=walk.code_for(email))
    walk.go("password/set/")
    walk.send(password1="court", password2="court")
    walk.send(password1=PASSWORD, password2=PASSWORD)


def add_then_manage_a_passkey(walk: Walk) -> None:
    """The key, its rescue codes, the pages that rename, remove and use it."""
    page = walk.page
    walk.go("2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        walk.send(password="faux")
        walk.send(password=PASSWORD)
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/recovery-codes/")
    walk.look()
    walk.go("2fa/webauthn/")
    links = [
        page.locator(f"a[href$='/{action}/']").get_attribute("href") or "" for action in ("edit", "remove")
    ]
    for link in links:
        walk.go(link.partition("/compte/")[2])
    walk.go("2fa/webauthn/reauthenticate/")


def sign_in_by_password(walk: Walk, email: str) -> None:
    """Up to the second check, where the code is wrong."""
    page = walk.page
    page.goto(f"{walk.prefix}/compte/login/")
    page.locator("details summary").last.click()
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("details form button").click()
    page.wait_for_url("**/2fa/authenticate/")
    walk.look()
    walk.send(code="123456")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_pages_on_the_way_are_sound(
    new_context: Callable[..., BrowserContext], address: str, prefix: str
) -> None:
    page = new_context(base_url=at_localhost(address), viewport=NARROWEST).new_page()
    walk, email = Walk(page, prefix), f"chemin{time.time_ns()}@demo.invalid"
    with_a_device(page)
    sign_up_with_password(walk, email)
    add_then_manage_a_passkey(walk)
    walk.go("logout/")
    walk.send()
    sign_in_by_password(walk, email)
    walk.go("password/reset/")
    walk.send(email=email)
    walk.send(code=walk.code_for(email))
    walk.send(password1="court", password2="court")
    walk.send(password1=PASSWORD + " encore", password2=PASSWORD + " encore")
    assert not walk.problems, "\n".join(walk.problems)


def test_a_cancelled_passkey_is_explained_beside_its_button(page: Page) -> None:
    page.add_init_script(NO_PASSKEY)
    page.goto("/compte/login/")
    page.locator("#passkey_login").click()
    expect(page.locator("passkey-problem [role=alert]")).to_contain_text("Rien n’a changé")
    expect(page.locator("passkey-problem [role=alert]")).to_be_focused()
    assert not accessibility_violations(page)
