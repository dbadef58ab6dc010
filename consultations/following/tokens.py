"""What the links of a letter carry: whose letter it is, signed. It opens that reader's page and nothing else."""

from uuid import UUID

from django.core import signing

from consultations.following.models import Follow, Reader

READER, CONFIRM = "following.reader", "following.confirm"
CONFIRM_WITHIN = 3 * 86_400  # seconds


def reader_token(reader: Reader) -> str:
    """Valid as long as the reader follows something: a letter is kept for years."""
    return signing.dumps(str(reader.pk), salt=READER)


def read_reader(token: str) -> Reader | None:
    """The reader a letter was written to; None for a forged link or a reader who left."""
    key = _load(token, READER, None)
    return Reader.objects.filter(pk=key).first() if key else None


def confirm_token(follow: Follow) -> str:
    return signing.dumps(str(follow.pk), salt=CONFIRM)


def read_confirm(token: str) -> Follow | None:
    """What is to be confirmed; None for a forged or old link."""
    key = _load(token, CONFIRM, CONFIRM_WITHIN)
    return Follow.objects.select_related("reader").filter(pk=key).first() if key else None


def _load(token: str, salt: str, max_age: int | None) -> UUID | None:
    try:
        return UUID(signing.loads(token, salt=salt, max_age=max_age))
    except (signing.BadSignature, ValueError, TypeError):
        return None
