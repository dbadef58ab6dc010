"""Reads of texts written together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Prefetch, Q

from accounts.permissions import Visitor
from consultations.cowriting.anchoring import Quotation, find
from consultations.cowriting.differences import Piece, compare
from consultations.cowriting.merging import Clash
from consultations.cowriting.models import Comment, Contribution, Manuscript, SharedText, TextUpdate, Version
from consultations.cowriting.permissions import can
from consultations.cowriting.registries import TextField, manuscript_kinds
from consultations.cowriting.texts import SharedDoc


def manuscript_of(kind: str, key: str) -> Manuscript | None:
    """The manuscript of an object; None while nobody began it."""
    return Manuscript.objects.filter(kind=kind, key=key).first()


def texts_of(manuscript: Manuscript) -> dict[str, str]:
    """The words of each text as they stand, by name."""
    return dict(SharedText.objects.filter(manuscript=manuscript).values_list("name", "text"))


def load_texts(manuscript_id: UUID | str) -> Mapping[str, SharedDoc]:
    """Each text with its history, by name, in two reads."""
    rows = list(SharedText.objects.filter(manuscript_id=manuscript_id).order_by("pk"))
    updates = defaultdict(list)
    for text_id, update in (
        TextUpdate.objects.filter(shared_text__in=rows).order_by("pk").values_list("shared_text_id", "update")
    ):
        updates[text_id].append(bytes(update))
    return {row.name: SharedDoc(bytes(row.state), updates[row.pk]) for row in rows}


@dataclass(frozen=True)
class WritingBox:
    """A text as the page of writing shows it. `before` is what the words shown were written from."""

    field: TextField
    text: str
    before: str
    may_write: bool
    open_comments: int = 0
    waiting: int = 0
    clashes: Sequence[Clash] = ()
    error: str = ""


def writing_boxes(
    manuscript: Manuscript,
    user: Visitor,
    *,
    typed: Mapping[str, str] | None = None,
    clashes: Mapping[str, Sequence[Clash]] | None = None,
    errors: Mapping[str, str] | None = None,
) -> list[WritingBox]:
    """The texts in the order of their kind; what was typed and could not be kept is shown again."""
    rows = SharedText.objects.filter(manuscript=manuscript).annotate(
        talks=Count("comments", filter=Q(comments__answers=None, comments__resolved_at=None), distinct=True),
        asked=Count("suggestions", filter=Q(suggestions__state="proposed"), distinct=True),
    )
    by_name = {row.name: row for row in rows}
    boxes = []
    for one in manuscript_kinds[manuscript.kind].fields:
        row = by_name.get(one.name)
        now = row.text if row is not None else ""
        boxes.append(
            WritingBox(
                field=one,
                text=(typed or {}).get(one.name, now),
                before=now,
                may_write=can("write", user, manuscript, one.name),
                open_comments=row.talks if row is not None else 0,
                waiting=row.asked if row is not None else 0,
                clashes=(clashes or {}).get(one.name, ()),
                error=(errors or {}).get(one.name, ""),
            )
        )
    return boxes


@dataclass(frozen=True)
class TextChange:
    """What changed in one text, and who wrote in it since."""

    field: TextField
    pieces: tuple[Piece, ...]
    writers: tuple[str, ...]


def changes_between(manuscript: Manuscript, old: Version | None, new: Version) -> list[TextChange]:
    """The texts that differ, word by word; from nothing when there is no older version."""
    numbers = (old.number if old else 0, new.number)
    writers = _writers(manuscript, *numbers)
    before = old.texts if old else {}
    return [
        TextChange(
            one,
            compare(before.get(one.name, ""), new.texts.get(one.name, "")),
            tuple(writers.get(one.name, ())),
        )
        for one in manuscript_kinds[manuscript.kind].fields
        if before.get(one.name, "") != new.texts.get(one.name, "")
    ]


def _writers(manuscript: Manuscript, after: int, until: int) -> dict[str, list[str]]:
    """Names by text; who closed their account wrote all the same, without a name."""
    rows = Contribution.objects.filter(
        shared_text__manuscript=manuscript, version__number__gt=after, version__number__lte=until
    ).select_related("shared_text", "writer")
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        if row.writer is not None:
            found[row.shared_text.name][str(row.writer)] = None
    return {name: list(names) for name, names in found.items()}


@dataclass(frozen=True)
class Talk:
    """A comment, its answers, and where its words are now: `orphan` when they are gone."""

    comment: Comment
    replies: Sequence[Comment]
    now: str
    orphan: bool


def talks_of(shared: SharedText) -> list[Talk]:
    """Everything said of a text, oldest first."""
    replies = Prefetch("replies", Comment.objects.select_related("author"))
    rows = (
        shared.comments.filter(answers=None).select_related("author", "resolved_by").prefetch_related(replies)
    )
    talks = []
    for comment in rows:
        place = find(Quotation(comment.quotation, comment.before, comment.after), shared.text)
        now = shared.text[slice(*place)] if place else ""
        talks.append(
            Talk(comment, list(comment.replies.all()), now, bool(comment.quotation) and place is None)
        )
    return talks
