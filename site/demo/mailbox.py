"""The e-mails the demo would have sent, read back from its folder."""

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

SEPARATOR = b"\n" + b"-" * 79 + b"\n"
MAX_FILES, MAX_BYTES = 200, 200_000


@dataclass(frozen=True)
class Letter:
    """One e-mail as plain text."""

    recipient: str
    subject: str
    date: str
    body: str


def letters(folder: Path | str | None) -> list[Letter]:
    """The latest e-mails, newest first; a file that is not an e-mail is left out."""
    if not folder or not Path(folder).is_dir():
        return []
    files = sorted(Path(folder).glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
    return [letter for file in files[:MAX_FILES] for letter in reversed(_read(file))]


def _read(file: Path) -> list[Letter]:
    with file.open("rb") as stream:
        raw = stream.read(MAX_BYTES)
    found = [_parse(part) for part in raw.split(SEPARATOR)]
    return [letter for letter in found if letter]


def _parse(raw: bytes) -> Letter | None:
    message = email.message_from_bytes(raw.lstrip(b"\n"), policy=email.policy.default)
    if not isinstance(message, EmailMessage) or not message["To"]:
        return None
    part = message.get_body(preferencelist=("plain",))
    try:
        body = part.get_content() if part else ""
    except (LookupError, UnicodeError):
        body = ""
    return Letter(str(message["To"]), str(message["Subject"] or ""), str(message["Date"] or ""), body.strip())
