"""Blocks refuse what would shut people out, and survive what they refer to."""

import datetime
import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from cms.blocks.links import LinkBlock
from cms.blocks.stream import ContentStreamBlock
from cms.blocks.text import MediaBlock
from consultations.process.models import Consultation
from core.content import ContentBlock, content_blocks
from tests.factories import cms as make
from tests.factories.process import ConsultationFactory

HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>'


def shown(client: Client, *blocks: tuple[str, Any]) -> str:
    page = make.page(body=blocks)
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def an_image() -> Any:
    return get_image_model().objects.create(title="Une photo", file=get_test_image_file())


@pytest.mark.parametrize(
    ("alt", "decorative", "is_accepted"), [("", False, False), ("Un banc", False, True), ("", True, True)]
)
def test_an_image_has_an_alternative_or_is_said_decorative(
    alt: str, decorative: bool, is_accepted: bool
) -> None:
    block = MediaBlock()
    value = block.to_python({"image": {"image": an_image().pk, "alt_text": alt, "decorative": decorative}})
    if is_accepted:
        block.clean(value)
    else:
        with pytest.raises(StructBlockValidationError):
            block.clean(value)


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # Wagtail leaves a file to the collector
def test_an_image_is_drawn_with_its_alternative(client: Client) -> None:
    value = {
        "image": {"image": an_image().pk, "alt_text": "Un banc <b>", "decorative": False},
        "caption": "",
        "credit": "",
    }
    assert 'alt="Un banc &lt;b&gt;"' in shown(client, ("media", value))


@pytest.mark.parametrize("address", ["", "javascript:alert(1)"])
def test_a_link_needs_a_target_that_is_safe(address: str) -> None:
    block = LinkBlock()
    with pytest.raises(StructBlockValidationError):
        block.clean(block.to_python({"label": "Lire", "page": None, "address": address}))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("quote", {"text": HOSTILE, "role": HOSTILE}),
        ("questions", {"title": HOSTILE, "questions": [{"type": "item", "value": {"question": HOSTILE, "answer": HOSTILE}}]}),
        ("key_figures", {"title": HOSTILE, "source": HOSTILE, "figures": [{"type": "item", "value": {"figure": HOSTILE, "label": HOSTILE, "note": HOSTILE}}]}),
        ("call_to_action", {"title": HOSTILE, "text": HOSTILE, "link": {"label": HOSTILE, "page": None, "address": "/a"}}),
        ("table", {"caption": HOSTILE, "columns": [{"type": "text", "heading": HOSTILE}], "rows": [{"values": [HOSTILE]}]}),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 20 else "",
)  # fmt: skip
def test_hostile_text_is_shown_as_text(client: Client, kind: str, value: Any) -> None:
    html = shown(client, (kind, value))
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_a_figure_needs_a_source() -> None:
    block = ContentStreamBlock()
    figures = [{"type": "item", "value": {"figure": "3", "label": "voix", "note": ""}}]
    value = block.to_python(
        [{"type": "key_figures", "value": {"title": "", "figures": figures, "source": ""}}]
    )
    with pytest.raises(StreamBlockValidationError):
        block.clean(value)


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("survey", {"survey": "disparue", "text": ""}, "Cette enquête n’est plus en ligne."),
        ("thread", {"consultation": "disparue"}, "Cette consultation n’est plus en ligne."),
        ("chart", {"indicator": "disparu", "title": ""}, "Ce chiffre n’est plus publié."),
        ("map", {"indicator": "disparu", "title": ""}, "Ce chiffre n’est plus publié."),
        ("registered", {"content": "inconnu:1"}, "Ce contenu n’est plus disponible."),
        ("download", {"document": 999999, "label": "Le compte rendu", "description": ""}, "plus disponible"),
        (
            "call_to_action",
            {"title": "Agir", "text": "", "link": {"label": "Lire", "page": 999999, "address": ""}},
            "Cette page n’est plus en ligne.",
        ),
    ],
    ids=["survey", "thread", "chart", "map", "registered", "download", "page"],
)
def test_what_was_deleted_is_said(client: Client, kind: str, value: Any, words: str) -> None:
    assert words in shown(client, (kind, value))


def test_a_call_to_an_unpublished_page_has_no_link(client: Client) -> None:
    target = make.page(live=False)
    link = {"label": "Lire", "page": target.pk, "address": ""}
    html = shown(client, ("call_to_action", {"title": "Agir", "text": "", "link": link}))
    assert "Cette page n’est plus en ligne." in html
    assert target.url_path not in html


def test_a_thread_shows_a_public_consultation_only(client: Client) -> None:
    published = ConsultationFactory(status=Consultation.Status.PUBLISHED, title="Vieillir chez soi")
    draft = ConsultationFactory(title="Pas encore")
    html = shown(
        client, ("thread", {"consultation": published.slug}), ("thread", {"consultation": draft.slug})
    )
    assert "Vieillir chez soi" in html
    assert 'class="thread' in html
    assert "Pas encore" not in html
    assert "Cette consultation n’est plus en ligne." in html


@pytest.mark.parametrize(
    ("opens", "closes", "status", "words"),
    [
        (-5, 5, "published", "Ouverte"),
        (3, 9, "published", "Elle ouvre le"),
        (-9, -1, "published", "Cette enquête est terminée."),
        (-9, 9, "closed", "Cette enquête est terminée."),
        (-9, 9, "draft", "Cette enquête n’est plus en ligne."),
    ],
)
def test_a_survey_tile_says_its_state(
    client: Client, opens: int, closes: int, status: str, words: str
) -> None:
    today = timezone.localdate()
    consultation = ConsultationFactory(status=Consultation.Status.PUBLISHED)
    survey = consultation.surveys.create(
        slug="besoins",
        title="Vos besoins",
        status=status,
        opens_on=today + datetime.timedelta(days=opens),
        closes_on=today + datetime.timedelta(days=closes),
    )
    assert words in shown(client, ("survey", {"survey": survey.slug, "text": ""}))


def test_an_app_can_offer_content(client: Client) -> None:
    block = ContentBlock("Exemple", lambda: [("1", "Un")], lambda reference, request: f"exemple {reference}")
    content_blocks.register("test_example", block)
    assert "exemple 1" in shown(client, ("registered", {"content": "test_example:1"}))


def test_hostile_text_of_the_editor_is_stored_as_text() -> None:
    typed = {
        "blocks": [
            {
                "key": "a",
                "type": "unstyled",
                "text": HOSTILE,
                "depth": 0,
                "inlineStyleRanges": [],
                "entityRanges": [],
            }
        ],
        "entityMap": {},
    }
    block = ContentStreamBlock().child_blocks["text"]
    stored = block.value_from_datadict({"body": json.dumps(typed)}, {}, "body")
    assert "<script" not in stored.source
    assert "&lt;script&gt;" in stored.source
