"""What is refused of a word processor's file before it is read: bombs, macros, pictures kept elsewhere."""

import io
import re
import zipfile
import zlib

from django.utils.translation import gettext as _
from lxml import etree

from core.problems import ImportRefused, Problem

MAX_BYTES = 10_000_000
MAX_UNPACKED, MAX_PART, MAX_PARTS = 100_000_000, 20_000_000, 2_000
ODT_TEXT, DOCX_TEXT = "content.xml", "word/document.xml"
MACRO = re.compile(r"(^|/)(vbaProject\.bin|vbaData\.xml)$|^(Basic|Scripts)/.+", re.IGNORECASE)
ELSEWHERE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
LINKED = re.compile(
    rb"<Relationship\b[^>]*/image\"[^>]*TargetMode=\"External\"|<Relationship\b[^>]*TargetMode=\"External\"[^>]*/image\"",
    re.IGNORECASE,
)
LINKED_ODT = re.compile(
    rb"<draw:image\b[^>]*xlink:href=\"(?!#|\./|Pictures/|ObjectReplacements/|media/)[^\"]+\""
)


def refused(name: str, message: str, remedy: str) -> ImportRefused:
    return ImportRefused([Problem(name, "", message, remedy)])


def zip_kind(data: bytes, name: str) -> str:
    """`odt` or `docx`; raises ImportRefused for anything else, and for what could do harm."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _damaged(name) from error
    names = {part.filename for part in parts}
    _refuse_bomb(parts, name)
    if any(MACRO.search(each) for each in names):
        raise refused(name, _("this file holds macros"), _("Save it without macros, as ODT or DOCX."))
    if DOCX_TEXT in names:
        for each in sorted(names):
            if each.endswith(".rels") and LINKED.search(read_part(data, each, name)):
                raise _linked(name)
        return "docx"
    if ODT_TEXT in names:
        if b"encryption-data" in read_part(data, "META-INF/manifest.xml", name, default=b""):
            raise refused(name, _("this file is protected by a password"), _("Save it without a password."))
        if LINKED_ODT.search(read_part(data, ODT_TEXT, name)):
            raise _linked(name)
        return "odt"
    raise refused(
        name, _("this is neither an ODT nor a DOCX file"), _("Save it as ODT, DOCX, Markdown or text.")
    )


def read_part(data: bytes, part: str, name: str, *, default: bytes | None = None) -> bytes:
    """One part of the archive, never more than `MAX_PART` bytes of it whatever it announces."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if part not in archive.namelist() and default is not None:
                return default
            with archive.open(part) as file:
                content = file.read(MAX_PART + 1)
    except (
        zipfile.BadZipFile,
        KeyError,
        OSError,
        RuntimeError,
        zlib.error,
        EOFError,
        NotImplementedError,
    ) as error:
        raise _damaged(name) from error
    if len(content) > MAX_PART:
        raise _too_big(name)
    return content


def read_xml(data: bytes, part: str, name: str, *, default: bytes | None = None) -> etree._Element:
    """A part as a tree: no entity is ever expanded, nothing is ever fetched."""
    content = read_part(data, part, name, default=default)
    if ELSEWHERE.search(content):
        raise refused(name, _("this file defines entities"), _("Save it again from a word processor."))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _damaged(name) from error


def _refuse_bomb(parts: list[zipfile.ZipInfo], name: str) -> None:
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise _too_big(name)


def _too_big(name: str) -> ImportRefused:
    return refused(
        name,
        _("this file is far larger once opened than it looks"),
        _("Remove its pictures, or keep the text only."),
    )


def _damaged(name: str) -> ImportRefused:
    return refused(
        name, _("this file is damaged"), _("Open it in your word processor and save it again as ODT or DOCX.")
    )


def _linked(name: str) -> ImportRefused:
    return refused(
        name,
        _("this file shows pictures that are kept elsewhere"),
        _("Remove them, or insert them in the file itself."),
    )
