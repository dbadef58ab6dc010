"""The client module in a real browser: cut, reloaded, closed, without sockets; said once, heard in order."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.live.served import Hall, Server, a_hall, serving

PATIENCE = 40_000
ENTER = """async ([path, view]) => {
  const { Room } = await import("/static/live/js/room.js");
  const told = { words: [], seqs: [], states: [], acks: [], refused: [], presence: null };
  const target = new EventTarget();
  target.addEventListener("room:snapshot", ({ detail }) => { told.words = [...detail.snapshot.said]; });
  target.addEventListener("room:event", ({ detail }) => {
    told.seqs.push(detail.seq);
    if (detail.event === "said") told.words.push(detail.data.text);
  });
  target.addEventListener("room:status", ({ detail }) => { told.states.push(detail.state); told.waiting = detail.waiting; });
  target.addEventListener("room:ack", ({ detail }) => told.acks.push(detail.data.text));
  target.addEventListener("room:refused", ({ detail }) => told.refused.push(detail.code));
  target.addEventListener("room:presence", ({ detail }) => { told.presence = detail; });
  window.told = told;
  window.room = new Room({ path, target });
  window.room.connect();
}"""
HEARD = "count => window.told.words.length >= count"
SAID = "word => window.told.words.includes(word)"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Hall:
    return a_hall(tmp_path_factory.mktemp("hall"))


@pytest.fixture(scope="module")
def server(hall: Hall) -> Iterator[Server]:
    with serving(hall) as servers:
        yield servers[0]


@pytest.fixture
def enter(browser: Browser, hall: Hall, server: Server) -> Iterator[Callable[..., Page]]:
    """Opens the room on a device of its own."""
    contexts: list[BrowserContext] = []
    cookies = iter(hall.cookies)

    def open_page(context: BrowserContext | None = None, before: str = "") -> Page:
        if context is None:
            context = browser.new_context(base_url=f"http://127.0.0.1:{server.port}")
            context.set_default_timeout(PATIENCE)
            name, value = next(cookies).split("=", 1)
            context.add_cookies([{"name": name, "value": value, "domain": "127.0.0.1", "path": "/"}])
            contexts.append(context)
        page = context.new_page()
        if before:
            page.add_init_script(before)
        page.goto("/compte/login/")  # any page of the site
        page.evaluate(ENTER, [hall.path, ""])
        return page

    yield open_page
    for context in contexts:
        context.close()


def say(page: Page, *words: str) -> None:
    """Ask, without waiting for the answer."""
    page.evaluate("words => { for (const text of words) window.room.do('say', { text }); }", list(words))


def wait_for(page: Page, condition: str, argument: Any = None) -> None:
    page.wait_for_function(condition, arg=argument, timeout=PATIENCE)


def words_of(page: Page) -> list[str]:
    return page.evaluate("window.told.words")


def test_what_one_says_the_other_hears(enter: Callable[..., Page]) -> None:
    speaker, listener = enter(), enter()
    wait_for(listener, "() => window.told.states.includes('live')")
    before = len(words_of(listener))
    say(speaker, "un", "deux", "trois")
    wait_for(listener, HEARD, before + 3)
    assert words_of(listener)[before:] == ["un", "deux", "trois"]
    assert speaker.evaluate("window.room.do('say', { text: '' }).catch((error) => error.code)") == "invalid"
    assert abs(speaker.evaluate("window.room.now() - Date.now()")) < 5_000


def test_phone_without_network_keeps_what_it_says_and_sends_it_once(enter: Callable[..., Page]) -> None:
    phone, listener = enter(), enter()
    wait_for(phone, "() => window.told.states.includes('live')")
    wait_for(listener, "() => window.told.states.includes('live')")
    phone.context.set_offline(True)
    say(phone, "hors", "ligne")
    wait_for(phone, "() => window.told.waiting === 2")
    phone.evaluate("window.room.close()")
    phone.context.set_offline(False)
    page = enter(phone.context)  # the tab was closed, the person comes back
    phone.close()
    wait_for(page, "() => window.told.waiting === 0")
    for each in (listener, page):  # the room's past may still be arriving when a page goes live
        wait_for(each, SAID, "ligne")
        assert [word for word in words_of(each) if word in {"hors", "ligne"}] == ["hors", "ligne"]


def test_server_that_dies_is_found_again(enter: Callable[..., Page], server: Server) -> None:
    page = enter()
    wait_for(page, "() => window.told.states.includes('live')")
    server.kill()
    say(page, "pendant la panne")
    page.wait_for_timeout(1_000)
    server.start()
    wait_for(page, SAID, "pendant la panne")
    wait_for(page, "() => window.told.waiting === 0")
    assert words_of(page).count("pendant la panne") == 1
    seqs = page.evaluate("window.told.seqs")
    assert seqs == sorted(set(seqs))


def test_network_that_lets_no_socket_through_is_polled(enter: Callable[..., Page]) -> None:
    page = enter(before="delete window.WebSocket;")
    wait_for(page, "() => window.told.states.includes('polling')")
    before = len(words_of(page))
    say(page, "sans socket")
    wait_for(page, HEARD, before + 1)
    assert words_of(page)[before:] == ["sans socket"]
