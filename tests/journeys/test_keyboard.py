"""The keyboard alone: the focus is seen everywhere and trapped nowhere, and the whole work can be done with it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.actions import accessibility_violations, fill_question, sign_in_as, start_survey
from tests.journeys.keyboard import press, tab_to, tick, walk, write

DESK = {"width": 1280, "height": 900}
PAGES = {
    "": ["/", "/participer/", "/enquetes/vos-besoins/", "/observatoire/", "/suivre/", "/compte/login/"],
    "organisatrice": ["/espace/", "/espace/consultations/nouvelle/"],
}


@pytest.mark.parametrize("role", list(PAGES))
def test_focus_is_seen_at_every_stop_and_comes_round(
    new_context: Callable[..., BrowserContext], role: str
) -> None:
    page = new_context(viewport=DESK).new_page()
    if role:
        sign_in_as(page, role)
    problems = []
    for path in PAGES[role]:
        page.goto(path)
        stops = walk(page)
        names = [stop["name"] for stop in stops]
        problems += [f"{path}: no visible focus on {stop['name']}" for stop in stops if not stop["isSeen"]]
        if len({stop["number"] for stop in stops}) != len(stops) or len(stops) < 5:
            problems.append(f"{path}: the focus is trapped: {names[-3:]}")
    assert not problems, "\n".join(problems)


def test_the_first_stop_skips_to_the_content(page: Page) -> None:
    page.goto("/observatoire/")
    page.keyboard.press("Tab")
    link = page.locator(".skip-link")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_errors_are_met_first_and_lead_to_their_field(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(viewport=DESK).new_page()
    sign_in_as(page, "organisatrice")
    page.goto("/espace/consultations/nouvelle/")
    press(page, page.get_by_role("button", name="Enregistrer").last)
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    assert not accessibility_violations(page)
    broken = page.eval_on_selector_all(
        ".error-summary a",
        "links => links.filter((a) => !document.getElementById(a.hash.slice(1))).map((a) => a.hash)",
    )
    assert not broken, f"links to nowhere: {broken}"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_title")).to_be_focused()


def test_an_organiser_writes_and_publishes_by_keyboard(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(viewport=DESK).new_page()
    sign_in_as(page, "organisatrice")
    page.goto("/espace/")
    press(page, page.get_by_role("link", name="Nouvelle consultation"))
    write_consultation(page)
    press(page, page.get_by_role("link", name="Nouvelle enquête"))
    write(page, page.get_by_label("Titre"), "Le marché et vous")
    press(page, page.get_by_role("button", name="Créer l’enquête"))
    add_question(page, "Allez-vous au marché ?", "un seul choix", choices=("Oui", "Non"))
    add_question(page, "Combien de fois par mois ?", "nombre")
    press(page, page.get_by_role("link", name=re.compile("Combien de fois par mois")).first)
    press(page, page.get_by_role("button", name="Enregistrer et changer la condition"))
    tab_to(page, page.get_by_label("Ajouter une condition sur"))
    page.keyboard.press("ArrowDown")
    press(page, page.get_by_role("button", name="Ajouter", exact=True))
    tick(page, page.get_by_label("Oui", exact=True))
    press(page, page.get_by_role("button", name="Enregistrer", exact=True).last)
    expect(page.get_by_text("affichée quand question 1 : la réponse est « Oui »")).to_be_visible()
    press(page, page.get_by_role("link", name="Publier"))
    press(page, page.get_by_role("button", name="Publier"))
    expect(page.get_by_text("La version 1 est publiée.")).to_be_visible()


def write_consultation(page: Page) -> None:
    write(page, page.get_by_label("Titre"), "Le marché du samedi")
    write(page, page.get_by_label("Résumé", exact=False).first, "Dites quand vous allez au marché.")
    write(page, page.get_by_label("À quoi serviront les réponses"), "Choisir les horaires de la navette.")
    tab_to(page, page.get_by_label("Qui demande"))
    page.keyboard.press("ArrowDown")
    write(page, page.get_by_label("Chercher un territoire"), "lauzun")
    press(page, page.locator("button[value='territory']"))
    tick(page, page.get_by_label("CC du Pays de Lauzun"))
    tick(page, page.get_by_label("habitants"))
    write(page, page.get_by_label("Premier jour"), "01012026")
    write(page, page.get_by_label("Ce qui est recueilli"), "Réponses anonymes.")
    write(page, page.get_by_label("Qui voit les réponses"), "Les agents du Département.")
    write(page, page.get_by_label("Contact pour les questions"), "05 00 00 00 47")
    press(page, page.get_by_role("button", name="Enregistrer").last)
    press(page, page.get_by_role("link", name="Publier"))
    press(page, page.get_by_role("button", name="Publier"))
    expect(page.get_by_text("Publiée. Tout le monde peut la voir.")).to_be_visible()


def add_question(page: Page, label: str, kind: str, choices: tuple[str, ...] = ()) -> None:
    press(page, page.get_by_role("link", name="Ajouter une question"))
    write(page, page.get_by_label("La question"), label)
    tick(page, page.get_by_label(kind))
    press(page, page.get_by_role("button", name="Continuer"))
    if choices:
        press(page, page.get_by_role("button", name="Ajouter un choix"))
    for index, choice in enumerate(choices):
        write(page, page.locator(f"#id_choice-{index}-label"), choice)
    press(page, page.get_by_role("button", name="Enregistrer", exact=True).last)


def test_a_place_is_chosen_in_the_list_by_keyboard(page: Page) -> None:
    start_survey(page, "vos-besoins")
    while not page.locator("territory-picker").count():
        fill_question(page)
        press(page, page.locator("button[value=next]"))
    field, options = page.get_by_role("combobox"), page.get_by_role("option")
    write(page, field, "duras")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator("territory-picker [role=status]")).to_contain_text(str(options.count()))
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert not accessibility_violations(page)
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Backspace")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowUp")  # from none to the last
    name = options.last.evaluate("one => one.dataset.name")
    page.keyboard.press("Enter")
    expect(field).to_have_value(name)
    expect(page.locator("input[type=hidden][name$=-code]")).to_have_count(1)
