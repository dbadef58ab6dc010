"""Workshops served for real, and the gestures of those who are in the room."""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import Any, Literal

from playwright.sync_api import BrowserContext, Page, WebSocketRoute, expect

from tests.environment import ROOT
from tests.live.served import Hall

# What each script prints is read by `Hall`: they run in a process of their own, on the hall's database.
PREPARE = """
import django, json, sys
django.setup()
from consultations.polls.services import create_poll
from consultations.workshops.services.satisfaction import propose_satisfaction
from tests.factories.accounts import SignedInClient
from tests.factories.workshops import OpenRoom
from django.conf import settings
made = []
for _index in range(int(sys.argv[1])):
    board = OpenRoom(0)
    board.lead("stage.start", stage=board.write.pk)
    propose_satisfaction(actor=board.user, workshop=board.workshop)
    place = ("workshop", str(board.workshop.pk))
    options = ["Le bus", "Les papiers"]
    create_poll(actor=board.user, place=place, kind="single", question="Par où commencer ?",
                options=options, secrecy="open", visibility="live")
    client = SignedInClient()
    client.force_login(board.user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    made.append({"workshop": str(board.workshop.pk), "code": board.room.code, "session": [cookie.key, cookie.value]})
print(json.dumps(made))
"""
# Asked for a workshop by line, for as long as the journey lasts: starting Django costs seconds.
READ = """
import django, json, sys
django.setup()
from django.db import connection
from django.db.models import Sum
from consultations.workshops.models import Card, Group, Vote
def dots(votes, name):
    return dict(votes.values_list(name).annotate(Sum("points")))
for key in sys.stdin:
    here = {"stage__workshop": key.strip()}
    groups = [group for group in Group.objects.filter(**here) if group.is_live]
    print(json.dumps({
        "cards": sorted(Card.objects.kept().filter(**here).values_list("text", flat=True)),
        "groups": {group.name: sorted(group.cards.kept().values_list("text", flat=True)) for group in groups},
        "votes": {
            **dots(Vote.objects.filter(group__in=groups), "group__name"),
            **dots(Vote.objects.filter(card__isnull=False, **here), "card__text"),
        },
    }), flush=True)
    connection.close()
"""
# Groups and their cards, as a screen shows them: {name: [texts]}.
COLUMNS = """([column, name, card]) => Object.fromEntries([...document.querySelectorAll(column)].map((one) => {
  const title = one.querySelector(name).cloneNode(true);
  for (const count of title.querySelectorAll("span")) count.remove();
  return [title.textContent.trim(), [...one.querySelectorAll(card)].map((text) => text.textContent.trim()).sort()];
}))"""
# Totals as a screen shows them: {label: dots}.
TOTALS = """([line, label, words]) => Object.fromEntries([...document.querySelectorAll(line)].map((one) => [
  one.querySelector(label).textContent.trim(), parseInt(one.querySelector(words)?.textContent, 10) || 0]))"""
LIVE_TOTALS = (".totals > .total", ".total-label", ".total-words")


@dataclass(frozen=True)
class Workshop:
    """An open workshop of a hall: where it is, and its facilitator's session."""

    reader: "Reader"
    key: str
    code: str
    session: tuple[str, str]

    @property
    def console(self) -> str:
        return f"/espace/ateliers/{self.key}/animer/"

    @property
    def projector(self) -> str:
        return f"/espace/ateliers/{self.key}/ecran/"

    @property
    def room(self) -> str:
        return f"/atelier/{self.code}/salle/"

    def kept(self) -> dict[str, Any]:
        """What the database holds: the cards, the groups with their cards, the dots by choice."""
        return self.reader.read(self.key)


class Reader:
    """Reads what the database holds, from a process of its own."""

    def __init__(self, hall: Hall) -> None:
        command = [sys.executable, "-c", READ]
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process = subprocess.Popen(command, cwd=ROOT, env=hall.environment(), **pipes)

    def read(self, key: str) -> dict[str, Any]:
        assert self.process.stdin and self.process.stdout
        print(key, file=self.process.stdin, flush=True)
        found: dict[str, Any] = json.loads(self.process.stdout.readline())
        return found

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *_error: object) -> None:
        self.process.communicate()  # it ends with what it is asked


class Network:
    """A phone's network, which may be cut: the browser's own switch leaves open sockets alone."""

    def __init__(self, context: BrowserContext) -> None:
        self.context, self.is_cut = context, False
        self.sockets: list[WebSocketRoute] = []
        context.route_web_socket(re.compile("/direct/"), self.let_through)

    def let_through(self, socket: WebSocketRoute) -> None:
        if self.is_cut:
            socket.close()
        else:
            self.sockets += [socket, socket.connect_to_server()]

    def cut(self) -> None:
        self.is_cut = True
        self.context.set_offline(True)
        for socket in self.sockets:
            socket.close()
        self.sockets.clear()

    def mend(self) -> None:
        self.is_cut = False
        self.context.set_offline(False)


def prepare_workshops(hall: Hall, reader: Reader, count: int) -> list[Workshop]:
    """As many open workshops, each at its writing stage, with nobody in yet and a poll not asked yet."""
    found = json.loads(hall.python(PREPARE, str(count)))
    return [Workshop(reader, one["workshop"], one["code"], tuple(one["session"])) for one in found]


def come_in(
    page: Page, workshop: Workshop, college: str, name: str = "", *, until: Literal["commit", "load"] = "load"
) -> Page:
    """By the code typed as people type it, to the room."""
    page.goto("/atelier/")
    page.locator("[name=code]").fill(f"{workshop.code[:3].lower()} {workshop.code[3:]}")
    page.locator("main form button").click()
    page.locator(f"[name=college][value={college}]").check()
    page.locator("[name=display_name]").fill(name)
    page.locator("[data-join] button").click()
    page.wait_for_url(f"**{workshop.room}", wait_until=until)
    return page


def until_live(page: Page) -> Page:
    """Until the page hears the room."""
    expect(page.locator("[data-region=connection]")).to_have_attribute("data-state", "live")
    expect(page.locator(".room")).to_have_class(re.compile("is-live"))
    return page


def write_card(page: Page, text: str) -> None:
    """Write and put a card, without waiting for the answer."""
    page.locator("#texte").fill(text)
    page.locator("#ecrire button:not([type=button])").click()


def give_dots(page: Page, group: str, dots: int) -> None:
    """Press + as many times; the dots are seen at once, before the room has answered."""
    line = page.locator(".ballot-line", has_text=group)
    for _dot in range(dots):
        line.locator("[data-key=more]").click()
    expect(line.locator(".dot-stepper .dots")).to_contain_text("●" * dots)


def show_on_screen(console: Page, view: str) -> None:
    """Choose what the big screen shows."""
    console.locator(f"[data-region=projection] [data-key={view}]").click()


def start_next(console: Page) -> None:
    """Go to the next stage of the scenario."""
    console.locator("[data-key=controls] [data-key=next-stage]").click()


def make_group(console: Page, name: str, cards: list[str]) -> None:
    """Name a new group, then put cards in it from their tools."""
    console.locator("#nouveau-groupe").fill(name)
    console.locator("[data-key=create] button").click()
    group = console.locator(".column", has=console.locator("h3", has_text=name))
    for text in cards:
        console.locator(".note", has_text=text).locator("[data-tools]").click()
        console.locator("dialog[open] [data-key=groups] button", has_text=name).click()
        expect(group.locator(".note", has_text=text)).to_be_visible()
        expect(console.locator("dialog[open]")).to_have_count(0)


def totals(page: Page, parts: tuple[str, str, str] = LIVE_TOTALS) -> dict[str, int]:
    """The dots each choice has, as this screen says it."""
    found: dict[str, int] = page.evaluate(TOTALS, list(parts))
    return found


def columns(page: Page, *parts: str) -> dict[str, list[str]]:
    """The groups and their cards, as this screen shows them."""
    found: dict[str, list[str]] = page.evaluate(COLUMNS, list(parts))
    return found
