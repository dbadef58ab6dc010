"""Tags of the pages: the site's name, and the words found by a search."""

from django.template import Context, Library
from django.utils.safestring import SafeString

from cms import search, selectors

register = Library()


@register.simple_tag(takes_context=True)
def site_name(context: Context) -> str:
    """The name of the site; it works inside an isolated include, where `site` is not."""
    return selectors.identity(getattr(context, "request", None)).name


@register.simple_tag(takes_context=True)
def site_logo(context: Context) -> str:
    """The address of the chosen logo; empty for the tuning fork."""
    return selectors.identity(getattr(context, "request", None)).logo_url


@register.simple_tag
def highlight(text: object, words: str) -> SafeString:
    """`text` with what answers `words` in `<mark>`."""
    return search.highlight(text if isinstance(text, str) else str(text), words)
