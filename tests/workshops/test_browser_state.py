"""The browser's reducer and readings say what Python's say, on the same logs; its words are all written."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from consultations.live.registries import Role
from consultations.workshops.board.snapshot import shared, snapshot, state_of
from consultations.workshops.board.state import replay
from consultations.workshops.models import Stage
from consultations.workshops.screens import choices_of, columns_of
from consultations.workshops.words import screen_words
from tests.environment import ROOT, find_program
from tests.factories.workshops import OpenRoom, workshop
from tests.workshops.test_board_laws import START, VERBS, run

pytestmark = pytest.mark.django_db
SCRIPTS = ROOT / "consultations" / "workshops" / "static" / "workshops" / "js"
NODE = find_program("node")


@pytest.fixture(scope="module")
def browser():
    """Node with the browser's modules, asked by lines."""
    if not NODE:
        pytest.skip("Node is not installed")
    command = [NODE, str(Path(__file__).with_name("reducing.mjs")), str(SCRIPTS)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        yield process
        process.stdin.close()


def ask(browser: subprocess.Popen[str], question: dict[str, Any]) -> dict[str, Any]:
    assert browser.stdin
    assert browser.stdout
    browser.stdin.write(json.dumps(question) + "\n")
    browser.stdin.flush()
    return json.loads(browser.stdout.readline())


@settings(max_examples=6, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(start=START, actions=st.lists(VERBS, min_size=3, max_size=20))
def test_the_browser_keeps_and_reads_the_same_room(browser, start, actions):
    play = run([*start, *actions])
    stages = list(play.room.workshop.stages.select_related("source", "workshop"))
    for viewer, first in zip(play.viewers, play.first, strict=True):
        payloads = play.received(viewer)
        question = {"snapshot": first, "payloads": payloads, "stages": [str(stage.pk) for stage in stages]}
        answer = ask(browser, question)
        state = replay(first, payloads)
        assert answer["state"] == state
        for stage, seen in zip(stages, answer["seen"], strict=True):
            assert seen["columns"] == columns_in_python(stage, state)
            if stage.kind == Stage.Kind.DOTS and viewer is play.room.facilitator:
                assert seen["choices"] == [choice.key for choice in choices_of(stage, state)]


def columns_in_python(stage, state):
    columns = columns_of(stage, state)
    return [
        [column.group["id"] if column.group else None, [card["id"] for card in column.cards]]
        for column in columns
    ]


def test_a_snapshot_is_read_alike(browser):
    room = OpenRoom()
    room.lead("stage.start", stage=room.write.pk)
    room.do(room.people[0], "card.add", stage=room.write.pk, text="Le bus")
    given_ = {
        **shared(room.room, Role.PARTICIPANT),
        **snapshot(room.room, room.people[0]),
    }
    answer = ask(browser, {"snapshot": json.loads(json.dumps(given_)), "payloads": [], "stages": []})
    assert answer["state"] == state_of(room.room, room.people[0])


def said_by_scripts() -> tuple[set[str], set[str]]:
    """Names asked for whole, and the beginnings of names that are completed."""
    source = "\n".join(path.read_text() for path in SCRIPTS.glob("*.js"))
    calls = re.findall(r"\b(?:say|given)\(([^()]*)", source)
    whole = {name for call in calls for name in re.findall(r'"(\w+)"', call)}
    whole |= {
        name for line in re.findall(r"SAID = \{([^}]*)\}", source) for name in re.findall(r': "(\w+)"', line)
    }
    whole |= set(re.findall(r'\? "(\w+)" : SAID', source)) | set(re.findall(r'\?\? "(\w+)"', source))
    starts = set(re.findall(r"`(\w+_)\$\{", source))
    return whole, starts


def test_every_word_of_the_screens_is_written_and_used():
    words = set(screen_words(workshop()))
    whole, starts = said_by_scripts()
    assert len(whole) > 80
    assert whole - words - {"kind", "scores", "seules"} == set()
    unused = {word for word in words - whole if not word.startswith(tuple(starts))}
    assert unused == set()
