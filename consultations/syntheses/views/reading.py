"""What anyone reads: the list, a synthesis, its versions, its files."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from consultations.syntheses.blocks import Block
from consultations.syntheses.models import Proposal, Synthesis, SynthesisComment, SynthesisVersion
from consultations.syntheses.permissions import can
from consultations.syntheses.selectors import differences, document_of_version
from consultations.syntheses.selectors.proposals import line_anchor, proposal_anchor, public_proposals
from consultations.syntheses.selectors.thread import thread_of
from consultations.syntheses.services.proposing import PROPOSABLE
from consultations.syntheses.writing import FORMATS, printable_of


def public_synthesis(slug: str) -> Synthesis:
    """A synthesis with a public page, or 404."""
    found = Synthesis.objects.public().select_related("consultation", "workshop", "published_version")
    return get_object_or_404(found, slug=slug)


@require_safe
def synthesis_list(request: HttpRequest) -> HttpResponse:
    """Published syntheses, and those open to comments."""
    context = {
        "published": Synthesis.objects.public().select_related("consultation"),
        "open_ones": Synthesis.objects.open_to_comments().select_related("consultation"),
    }
    return render(request, "syntheses/list.html", context)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A synthesis as it was published: every sentence says where it comes from."""
    synthesis = public_synthesis(slug)
    assert synthesis.published_version is not None  # noqa: S101 - public() says so
    context = readable(request, synthesis, synthesis.published_version.content)
    return render(request, "syntheses/detail.html", context)


def readable(request: HttpRequest, synthesis: Synthesis, content: Mapping[str, Any]) -> dict[str, Any]:
    """The page of one version of the text."""
    put_forward = Proposal.objects.filter(line__synthesis=synthesis)
    proposed = {str(line): proposal_anchor(key) for line, key in put_forward.values_list("line_id", "pk")}
    return {
        "synthesis": synthesis,
        "content": content,
        "document": document_of_version(content),
        "blocks": [
            (code, Block(code).label, prepared(content["blocks"][code], proposed), code in PROPOSABLE)
            for code in Block.values
            if content["blocks"].get(code)
        ],
        "thread": thread_of(synthesis),
        "may_withdraw": can("withdraw_proposal", request.user, synthesis),
        "may_propose": can("propose", request.user, synthesis),
        "formats": FORMATS.values(),
    }


def prepared(items: list[dict[str, Any]], proposed: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """Lines with the identifier of their place on the page, and of what was put forward from them."""
    return [
        {
            **item,
            "anchor": line_anchor(item["id"]),
            "proposal": (proposed or {}).get(item["id"], ""),
            "items": prepared(item["items"], proposed),
        }
        for item in items
    ]


@require_safe
def export(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """The published synthesis as a file."""
    synthesis = public_synthesis(slug)
    assert synthesis.published_version is not None  # noqa: S101 - public() says so
    return file_response(synthesis, synthesis.published_version.content, extension)


def file_response(synthesis: Synthesis, content: Mapping[str, Any], extension: str) -> HttpResponse:
    """A version written in one of the formats."""
    if extension not in FORMATS:
        raise Http404
    kind = FORMATS[extension]
    name = f"{synthesis.slug}.{kind.extension}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(
        kind.write(printable_of(synthesis, content)), content_type=kind.content_type, headers=headers
    )


@require_safe
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """What was shown at each step, and what changed between two of them, line by line."""
    synthesis = public_synthesis(slug)
    return render(request, "syntheses/versions.html", compared(request, synthesis))


def compared(request: HttpRequest, synthesis: Synthesis) -> dict[str, Any]:
    """Two versions, the last two unless others are asked for."""
    shown = list(synthesis.versions.order_by("number"))
    by_number = {str(version.number): version for version in shown}
    new = by_number.get(request.GET.get("apres", ""), shown[-1] if shown else None)
    before = [version for version in shown if new and version.number < new.number]
    old: SynthesisVersion | None = by_number.get(request.GET.get("avant", ""), before[-1] if before else None)
    changes = differences(old, new) if old and new and old != new else []
    return {"synthesis": synthesis, "versions": shown, "old": old, "new": new, "changes": changes}


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """What the syntheses put forward as actions, and what became of each."""
    return render(request, "syntheses/proposals.html", {"groups": public_proposals()})


def shown_comments(synthesis: Synthesis) -> list[SynthesisComment]:
    """What was said of the draft and may be read, with the answers."""
    found = SynthesisComment.objects.filter(
        version__synthesis=synthesis, status=SynthesisComment.Status.SHOWN
    )
    return list(found.order_by("given_on", "pk"))
