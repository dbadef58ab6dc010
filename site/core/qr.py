"""QR codes of our own addresses, drawn inline so that they print and need no request."""

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe


def public_url(path: str) -> str:
    """The full address people type or scan; `PUBLIC_URL` is its one source."""
    return f"{settings.PUBLIC_URL}{path}"


def qr_svg(url: str, *, title: str) -> SafeString:
    """An inline SVG of `url`, black on white in both schemes, to be put in a `qr-code` box."""
    svg = segno.make(url, error="m", micro=False).svg_inline(
        border=3, omitsize=True, svgclass=None, lineclass=None, title=title, light="#fff", dark="#000"
    )
    return mark_safe(svg.replace("<svg ", '<svg role="img" ', 1))  # segno escapes the title
