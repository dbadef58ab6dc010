"""A workshop in a real browser: a console, a big screen, three phones, one page without JavaScript; one truth."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.journeys.actions import accessibility_violations, colour_violations, overflow
from tests.journeys.keyboard import FOCUSED, press, tab_to, tick, walk, write
from tests.journeys.rooms import (
    Network,
    Reader,
    Workshop,
    columns,
    come_in,
    give_dots,
    make_group,
    prepare_workshops,
    show_on_screen,
    start_next,
    totals,
    until_live,
    write_card,
)
from tests.live.served import Server, a_hall, serving

DESK = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}
BUS, HOSPITAL, PAPERS, OFFLINE = (
    "Le bus ne passe plus le samedi.",
    "Je ne sais pas qui appeler.",
    "Il y a trop de papiers.",
    "Écrit sans réseau.",
)
AGAIN = "Rouvert sans réseau."
BACK = "Remettre un bus le samedi."
MOVING, TALKING = "Se déplacer", "Savoir à qui parler"
GROUPS = {MOVING: [BUS, OFFLINE], TALKING: [PAPERS, HOSPITAL]}
DOTS = {MOVING: 2 + 1 + 3, TALKING: 1 + 2 + 2}
FIVE_HOURS_FAST = "const real = Date.now; Date.now = () => real() + 5 * 3600 * 1000;"
NO_CHANCE = "Math.random = () => 0;"
CARET = "() => { const box = document.activeElement; return [box.id, box.value, box.selectionStart]; }"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, list[Workshop]]]:
    made = a_hall(tmp_path_factory.mktemp("workshops"))
    with Reader(made) as reader, serving(made) as servers:
        yield servers[0], prepare_workshops(made, reader, 8)


@pytest.fixture
def workshop(hall: tuple[Server, list[Workshop]]) -> Workshop:
    """A workshop nobody has touched."""
    return hall[1].pop()


@pytest.fixture
def enter(
    hall: tuple[Server, list[Workshop]], new_context: Callable[..., BrowserContext]
) -> Callable[..., BrowserContext]:
    """A watched device on the hall's address."""
    return lambda **options: new_context(base_url=f"http://127.0.0.1:{hall[0].port}", **options)


@pytest.fixture
def enter_unwatched(
    hall: tuple[Server, list[Workshop]], browser: Browser
) -> Iterator[Callable[..., BrowserContext]]:
    """Devices that lose their network or their server, which their browser rightly reports in its console."""
    opened: list[BrowserContext] = []

    def enter_one(**options: Any) -> BrowserContext:
        where = f"http://127.0.0.1:{hall[0].port}"
        opened.append(browser.new_context(base_url=where, locale="fr-FR", **options))
        opened[-1].set_default_timeout(15_000)
        return opened[-1]

    yield enter_one
    for context in opened:
        context.close()


@pytest.fixture
def cut_phone(enter_unwatched: Callable[..., BrowserContext]) -> BrowserContext:
    """One that loses its network; nothing is left to chance, so that no wait is spread over seconds."""
    context = enter_unwatched()
    context.add_init_script(NO_CHANCE)
    return context


def lead(context: BrowserContext, workshop: Workshop) -> tuple[Page, Page]:
    """The console and the big screen, in two windows of the facilitator's computer."""
    name, value = workshop.session
    context.add_cookies([{"name": name, "value": value, "domain": "127.0.0.1", "path": "/"}])
    console, projector = context.new_page(), context.new_page()
    console.goto(workshop.console)
    projector.goto(workshop.projector)
    expect(projector.locator("[data-view=projector]")).to_have_attribute("data-connection", "live")
    return until_live(console), projector


def test_whole_workshop_ends_alike_everywhere(
    workshop: Workshop, enter: Callable[..., BrowserContext], cut_phone: BrowserContext
) -> None:
    console, projector = lead(enter(viewport=DESK), workshop)
    marie = until_live(come_in(enter().new_page(), workshop, "residents", "Marie"))
    paul = until_live(come_in(enter().new_page(), workshop, "professionals"))
    rene = until_live(come_in(cut_phone.new_page(), workshop, "relatives", "René"))
    odette = come_in(enter(java_script_enabled=False).new_page(), workshop, "residents", "Odette")

    rene = write_through_a_cut(console, rene, workshop)
    write_card(marie, BUS)
    write_card(paul, HOSPITAL)
    odette.locator("#texte").fill(PAPERS)
    odette.locator("form[data-verb='card.add'] button").click()
    expect(odette.locator("#mes-cartes")).to_contain_text(PAPERS)
    expect(console.locator("[data-region=board] .note")).to_have_count(4)
    expect(marie.locator("[data-region=board] .note")).to_have_count(0)
    console.locator("[data-key=reveal]").click()
    for phone in (marie, paul, rene):
        expect(phone.locator("[data-region=board] .note")).to_have_count(3)

    group_the_cards(console, projector, [marie, paul, rene], odette, workshop)
    vote(console, projector, {"marie": marie, "paul": paul, "rene": rene}, odette, workshop)
    for person in (odette, marie):
        leave(person)


def leave(page: Page) -> None:
    """A receipt for one's cards on the leaving page, with or without script."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator("a[href$='/merci/']").first.click()
    page.locator(".panel form button").click()
    expect(page.locator(".code-words")).to_be_visible()
    assert overflow(page) <= 0


def write_through_a_cut(console: Page, phone: Page, workshop: Workshop) -> Page:
    """Cut, write, close the tab, come back: the card is in the room, once; the page that came back."""
    context, network = phone.context, Network(phone.context)
    question = phone.locator("#question").inner_text()
    phone.reload()
    until_live(phone)
    expect(phone.locator("[data-kept]")).to_be_attached(
        timeout=15_000
    )  # with what it takes to open without network
    network.cut()
    expect(phone.locator("[data-region=connection]")).to_have_attribute("data-state", "offline")
    write_card(phone, OFFLINE)
    expect(phone.locator("[data-pending]")).to_have_count(1)
    phone.close()
    assert workshop.kept()["cards"] == []
    back = context.new_page()
    back.goto(workshop.room)  # without network: the page kept on the device
    expect(back.locator("[data-region=connection]")).to_have_attribute("data-state", "offline")
    expect(back.locator("#question")).to_have_text(question)
    expect(back.locator("[data-pending]")).to_contain_text([OFFLINE])
    write_card(back, AGAIN)
    back.reload()
    expect(back.locator("[data-pending]")).to_have_count(2)
    assert accessibility_violations(back) == []
    network.mend()
    until_live(back)
    expect(back.locator("[data-region=my-cards] .note-text")).to_have_text([OFFLINE, AGAIN])
    expect(back.locator("[data-pending]")).to_have_count(0)
    back.reload()
    until_live(back)
    expect(back.locator("[data-region=my-cards] .note:not(.pending)")).to_have_count(2)
    expect(console.locator("[data-region=board] .note")).to_have_count(2)
    assert workshop.kept()["cards"] == sorted([OFFLINE, AGAIN])
    back.locator(".note", has_text=AGAIN).locator("summary").click()
    back.locator(".note", has_text=AGAIN).locator("form[data-verb='card.withdraw'] button").click()
    expect(console.locator("[data-region=board] .note")).to_have_count(1)
    return back


def group_the_cards(
    console: Page, projector: Page, phones: list[Page], odette: Page, workshop: Workshop
) -> None:
    """Everyone sees the same groups with the same cards: those of the database."""
    start_next(console)
    for name, cards in GROUPS.items():
        make_group(console, name, cards)
    show_on_screen(console, "board")
    expect(projector.locator(".scene-column")).to_have_count(2)
    expect(projector.locator(".scene-column li")).to_have_count(4)
    for phone in phones:
        expect(phone.locator("[data-region=board] .column .note")).to_have_count(4)
        expect(phone.locator("[data-region=board] .column")).to_have_count(2)
    odette.reload()
    expected = {name: sorted(cards) for name, cards in GROUPS.items()}
    assert workshop.kept()["groups"] == expected
    assert columns(projector, ".scene-column", "h2", "li") == expected
    for page in (console, *phones, odette):
        assert columns(page, "[data-region=board] .column", "h3", ".note-text") == expected


def vote(console: Page, projector: Page, phones: dict[str, Page], odette: Page, workshop: Workshop) -> None:
    """Everyone reads the same totals once they are shown, and nobody in the room before."""
    start_next(console)
    give_dots(phones["marie"], MOVING, 2)
    give_dots(phones["marie"], TALKING, 1)
    give_dots(phones["paul"], MOVING, 1)
    give_dots(phones["rene"], TALKING, 2)
    odette.reload()
    for name, dots in ((MOVING, 3), (TALKING, 2)):
        odette.locator("li.choice-line", has_text=name).locator("input[type=number]").fill(str(dots))
    odette.locator("form[data-verb='ballot.set'] button").click()
    expect(odette.locator("[data-total]")).to_have_count(0)
    for name, dots in DOTS.items():
        expect(console.locator("[data-totals] .total", has_text=name)).to_contain_text(str(dots))
    show_on_screen(console, "results")
    expect(projector.locator(".scene-count").first).to_be_visible()
    assert totals(phones["marie"]) == totals(projector) == {}
    console.locator("[data-key=reveal]").click()
    for page in (projector, *phones.values()):
        expect(page.locator(".totals .total")).to_have_count(2)
    odette.reload()
    assert workshop.kept()["votes"] == DOTS
    for page in (console, projector, *phones.values()):
        assert totals(page) == DOTS
    assert totals(odette, ("li.choice-line", "h2", "[data-total]")) == DOTS


def test_card_is_followed_from_its_receipt_to_the_action_proposed(
    workshop: Workshop, enter: Callable[..., BrowserContext]
) -> None:
    console, _projector = lead(enter(viewport=DESK), workshop)
    phone = write_before_it_is_live(enter().new_page(), workshop, BUS)
    expect(console.locator("[data-region=board] .note")).to_have_count(1)
    leave(phone)
    receipt = phone.locator(".panel .actions a").get_attribute("href") or ""
    phone.locator("a[href*='/sondages/']").click()
    phone.locator("main input[type=radio]").first.check()
    phone.locator("main form[data-vote] button").last.click()
    phone.wait_for_url("**/merci/")

    end_and_publish(console, workshop)
    phone.goto(receipt)
    story = phone.locator("main")
    for step in (BUS, BACK, "La synthèse est publiée", "Proposée comme action"):
        expect(story).to_contain_text(step)
    assert look(phone) == []
    story.locator("a[href*='#phrase']").first.click()
    expect(phone.locator("main")).to_contain_text(BACK)
    phone.goto("/syntheses/propositions/")
    expect(phone.locator("main")).to_contain_text(BACK)


def write_before_it_is_live(page: Page, workshop: Workshop, text: str) -> Page:
    """On a slow phone one types before the scripts are there: nothing typed is lost when they take over."""
    held: list[Route] = []
    page.route("**/workshops/js/participant.js", lambda route: held.append(route))
    come_in(page, workshop, "residents", until="commit")
    page.locator("#texte").press_sequentially(text)
    held.pop().continue_()
    until_live(page)
    expect(page.locator("#ecrire #texte")).to_have_value(text)
    expect(page.locator("#texte")).to_be_focused()
    page.locator("#ecrire button:not([type=button])").click()
    return page


def end_and_publish(page: Page, workshop: Workshop) -> None:
    """Close the room, write a sentence from its card, have it commented and adopted, publish it, put it forward."""
    page.locator("form[action$='/fermer/'] button").click()
    page.wait_for_url(f"**/espace/ateliers/{workshop.key}/")
    page.locator("a[href$='#syntheses']").click()
    page.locator(f"form[action*='{workshop.key}'] button").click()
    page.wait_for_url("**/espace/syntheses/**")
    editor = page.url
    page.goto(f"{editor}ajouter/recommendations/")
    page.locator("[name=text]").fill(BACK)
    page.locator("main form button.btn").first.click()
    page.locator("main a", has_text=BACK).first.click()
    page.locator("select[name=source]").select_option(label=BUS)
    page.locator("form:has(select[name=source]) button").click()
    page.goto(f"{editor}etapes/")
    page.locator("button[value=open_comments]").click()
    page.locator("button[value=resume]").click()
    page.locator("[name=decision]").fill("Adoptée par les personnes présentes.")
    for step in ("adopt", "publish"):
        page.locator(f"button[value={step}]").click()
    page.goto(editor)
    page.locator("main .row a[href^='/syntheses/']").first.click()
    page.locator("form[action*='/proposer/'] button").first.click()
    expect(page.locator("form[action*='/retirer-proposition/']")).to_have_count(1)


def minutes_left(page: Page) -> int:
    """The whole minutes of the stage's clock on this screen."""
    clock = page.locator("[data-region=stage] [data-time]")
    expect(clock).to_have_text(re.compile(r"\d+:\d\d"))
    return int(clock.inner_text().split(":")[0])


def test_server_killed_in_mid_stage_loses_nothing_and_all_come_back(
    hall: tuple[Server, list[Workshop]], workshop: Workshop, enter_unwatched: Callable[..., BrowserContext]
) -> None:
    server = hall[0]
    console, projector = lead(enter_unwatched(viewport=DESK), workshop)
    wrong = enter_unwatched()
    wrong.add_init_script(FIVE_HOURS_FAST)
    marie = until_live(come_in(wrong.new_page(), workshop, "residents", "Marie"))
    paul = until_live(come_in(enter_unwatched().new_page(), workshop, "professionals"))
    assert abs(minutes_left(marie) - minutes_left(console)) <= 1, "the clock of the room, not of the phone"
    for phone, text in ((marie, BUS), (paul, HOSPITAL)):
        write_card(phone, text)
        expect(phone.locator("[data-region=my-cards] .note:not(.pending)")).to_have_count(1)
    write_card(marie, PAPERS)  # perhaps acknowledged, perhaps not
    server.kill()
    expect(paul.locator("[data-region=connection]")).not_to_have_attribute("data-state", "live")
    write_card(paul, OFFLINE)
    expect(paul.locator("[data-pending]")).to_have_count(1)
    assert {BUS, HOSPITAL} <= set(workshop.kept()["cards"]), "what was acknowledged is in the database"
    server.start()
    for page in (marie, paul, console):
        expect(page.locator("[data-region=connection]")).to_have_attribute(
            "data-state", "live", timeout=20_000
        )
    for phone in (marie, paul):
        expect(phone.locator("[data-pending]")).to_have_count(0)
        expect(phone.locator("[data-region=my-cards] .note")).to_have_count(2)
    expect(console.locator("[data-region=board] .note")).to_have_count(4)
    assert workshop.kept()["cards"] == sorted([BUS, HOSPITAL, PAPERS, OFFLINE])
    expect(projector.locator("[data-view=projector]")).to_have_attribute(
        "data-connection", "live", timeout=20_000
    )
    console.locator("[data-key=reveal]").click()
    show_on_screen(console, "board")
    expect(projector.locator(".scene-column li")).to_have_count(4)
    for phone in (marie, paul):
        expect(phone.locator("[data-region=board] .note")).to_have_count(2)


def test_typing_goes_on_while_the_cards_of_others_arrive(
    workshop: Workshop, enter: Callable[..., BrowserContext]
) -> None:
    console, _projector = lead(enter(viewport=DESK), workshop)
    writer = until_live(come_in(enter().new_page(), workshop, "residents"))
    other = until_live(come_in(enter().new_page(), workshop, "officials"))
    box = writer.locator("#texte")
    box.press_sequentially("Le samedi, rien")
    for _letter in range(6):
        box.press("ArrowLeft")
    before = writer.evaluate(CARET)
    assert before == ["texte", "Le samedi, rien", 9]
    write_card(other, BUS)
    console.locator("[data-key=reveal]").click()
    expect(writer.locator("[data-region=board] .note")).to_have_count(1)
    write_card(other, HOSPITAL)
    expect(writer.locator("[data-region=board] .note")).to_have_count(2)
    assert writer.evaluate(CARET) == before
    writer.keyboard.type(" soir")
    assert box.input_value() == "Le samedi soir, rien"


def test_poll_is_followed_live_on_the_console_and_the_big_screen(
    workshop: Workshop, enter: Callable[..., BrowserContext]
) -> None:
    console, projector = lead(enter(viewport=DESK), workshop)
    first = until_live(come_in(enter().new_page(), workshop, "residents"))
    second = until_live(come_in(enter(viewport=NARROW).new_page(), workshop, "funders"))
    polls = console.locator("[data-region=polls]")
    show_on_screen(console, "stage")
    expect(projector.locator(".scene-question")).to_be_visible()
    polls.locator("form[data-verb='poll.open'] button").click()
    expect(projector.locator(".scene .scene-options li")).to_have_count(2)
    for place, phone in enumerate((first, second), start=1):
        phone.locator("[data-region=polls] input[type=radio]").first.check()
        phone.locator("[data-region=polls] form button").click()
        expect(phone.locator("[data-region=polls] .badge.ok")).to_be_visible()
        for screen in (polls, projector.locator(".scene")):
            expect(screen.locator(".poll-bars li").first).to_contain_text(f"({place})")
    assert look(console, projector, second) == []
    polls.locator("form[data-verb='poll.close'] button").click()
    for phone in (first, second):
        expect(phone.locator(".poll-bars li").first).to_contain_text("(2)")
    expect(projector.locator(".scene-question")).to_be_visible()


def test_three_screens_are_accessible_at_every_stage(
    workshop: Workshop, enter: Callable[..., BrowserContext]
) -> None:
    console, projector = lead(enter(viewport=DESK), workshop)
    phone = until_live(come_in(enter(viewport=NARROW).new_page(), workshop, "residents"))
    other = until_live(come_in(enter().new_page(), workshop, "relatives"))
    found = {"join": look(projector)}
    write_card(phone, BUS)
    for text in (HOSPITAL, PAPERS):
        write_card(other, text)
    other.locator("[data-region=signals] button, [data-key=floor]").first.click()
    console.locator("[data-key=reveal]").click()
    expect(phone.locator("[data-region=board] .note")).to_have_count(2)
    show_on_screen(console, "stage")
    expect(projector.locator(".scene-question")).to_be_visible()
    found["write"] = look_in_both_schemes(console, projector, phone)
    start_next(console)
    make_group(console, TALKING, [HOSPITAL])
    console.locator(".note [data-tools]").first.click()
    found["tools"] = look_in_both_schemes(console)
    console.locator("dialog[open] [data-close]").click()
    show_on_screen(console, "board")
    expect(projector.locator(".scene-column")).to_have_count(2)
    expect(phone.locator("[data-region=board] .column")).to_have_count(2)
    found["group"] = look_in_both_schemes(projector, phone)
    start_next(console)
    give_dots(phone, TALKING, 2)
    console.locator("[data-key=reveal]").click()
    show_on_screen(console, "results")
    for page in (projector, phone):
        expect(page.locator(".totals .total")).to_have_count(3)
    found["dots"] = look_in_both_schemes(console, projector, phone)
    assert {stage: problems for stage, problems in found.items() if problems} == {}


def look(*pages: Page) -> list[str]:
    """What axe finds on these screens, and those wider than their window."""
    found = [f"{page.url}: {problem}" for page in pages for problem in accessibility_violations(page)]
    return found + [f"{page.url} is {overflow(page)} px too wide" for page in pages if overflow(page) > 0]


def look_in_both_schemes(*pages: Page) -> list[str]:
    """The same, then what the dark scheme alone can break."""
    found = look(*pages)
    for page in pages:
        page.emulate_media(color_scheme="dark")
        found += [f"{page.url} dark: {problem}" for problem in colour_violations(page)]
        page.emulate_media(color_scheme="light")
    return found


def test_a_participant_does_it_all_by_keyboard(
    workshop: Workshop, enter: Callable[..., BrowserContext]
) -> None:
    console, _projector = lead(enter(viewport=DESK), workshop)
    phone = enter(viewport=NARROW).new_page()
    enter_by_keyboard(phone, workshop)
    other = until_live(come_in(enter().new_page(), workshop, "relatives"))
    write_by_keyboard(console, phone, other)
    answer_by_keyboard(console, phone, other)
    vote_by_keyboard(console, phone, other)
    rank_by_keyboard(console, phone)
    press(phone, phone.locator("a[href$='/merci/']").first)
    press(phone, phone.locator(".panel form button"))
    expect(phone.locator(".code-words")).to_be_visible()


def write_by_keyboard(console: Page, phone: Page, other: Page) -> None:
    """A card, a raised hand, ready, a reaction, while the cards of others arrive above what is being used."""
    write(phone, phone.locator("#texte"), BUS)
    phone.keyboard.press("Tab")
    hold(phone, phone.locator("#ecrire button.btn", has_text="Poser"))
    phone.keyboard.press("Enter")
    expect(phone.locator("[data-region=my-cards] .note:not(.pending)")).to_have_count(1)
    hold(phone, phone.locator("#texte"))
    for signal in ("hand", "ready"):
        button = phone.locator(f"[data-key=signal-{signal}]")
        tab_to(phone, button)
        phone.keyboard.press("Space")
        expect(button).to_have_attribute("aria-pressed", "true")
        hold(phone, button)
    expect(console.locator("[data-region=signals] [data-signal]")).to_have_count(1)
    write_card(other, HOSPITAL)
    console.locator("[data-key=reveal]").click()
    expect(phone.locator("[data-region=board] .note")).to_have_count(1)
    hold(phone, phone.locator("[data-key=signal-ready]"))
    like = phone.locator("[data-region=board] [data-key=agree]").first
    tab_to(phone, like)
    phone.keyboard.press("Space")
    expect(like).to_have_attribute("aria-pressed", "true")
    write_card(other, PAPERS)
    expect(phone.locator("[data-region=board] .note")).to_have_count(2)
    hold(phone, like)


def vote_by_keyboard(console: Page, phone: Page, other: Page) -> None:
    """Dots, while others vote and the results come."""
    start_next(console)
    start_next(console)
    more = phone.locator(".ballot-line", has_text=BUS).locator("[data-key=more]")
    tab_to(phone, more)
    for dots in (1, 2):
        phone.keyboard.press("Space")
        expect(phone.locator(".ballot-line", has_text=BUS).locator(".dots").last).to_contain_text("●" * dots)
        hold(phone, more)
    give_dots(other, PAPERS, 2)
    console.locator("[data-key=reveal]").click()
    expect(phone.locator(".totals .total")).to_have_count(3)
    hold(phone, more)
    assert [stop["name"] for stop in walk(phone) if not stop["isSeen"]] == []


def rank_by_keyboard(console: Page, phone: Page) -> None:
    """Two choices, then the second one moved up."""
    start_next(console)
    for choice in (PAPERS, BUS):
        line = phone.locator("#autres .ballot-line", has_text=choice)
        tab_to(phone, line.locator("[data-key=choose]"))
        phone.keyboard.press("Enter")
        expect(phone.locator("#ordre .ballot-line", has_text=choice)).to_be_visible()
    up = phone.locator("#ordre .ballot-line", has_text=BUS).locator("[data-key=up]")
    tab_to(phone, up)
    phone.keyboard.press("Space")
    expect(phone.locator("#ordre .ballot-line").first).to_contain_text(BUS)
    hold(phone, up)


def enter_by_keyboard(page: Page, workshop: Workshop) -> None:
    """From the code to the room."""
    page.goto("/atelier/")
    write(page, page.locator("[name=code]"), workshop.code)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tick(page, page.locator("[name=college][value=professionals]"))
    hold(page, page.locator("[name=college][value=professionals]"))
    write(page, page.locator("[name=display_name]"), "Marie")
    press(page, page.locator("[data-join] button"))
    until_live(page)


def answer_by_keyboard(console: Page, phone: Page, other: Page) -> None:
    """A poll: what is chosen and not sent yet stays while others answer."""
    console.locator("[data-region=polls] form[data-verb='poll.open'] button").click()
    choice = phone.locator("[data-region=polls] input[type=radio]").last
    tick(phone, choice)
    other.locator("[data-region=polls] input[type=radio]").first.check()
    other.locator("[data-region=polls] form button").click()
    expect(console.locator("[data-region=polls] .poll-bars li").first).to_contain_text("(1)")
    hold(phone, choice)
    assert choice.is_checked()
    tab_to(phone, phone.locator("[data-region=polls] form button"))
    phone.keyboard.press("Enter")
    expect(phone.locator("[data-region=polls] .badge.ok")).to_be_visible()


def hold(page: Page, one: Any) -> None:
    """The focus is there, and seen."""
    expect(one).to_be_focused()
    focus = page.evaluate(FOCUSED)
    assert focus["isSeen"], focus
