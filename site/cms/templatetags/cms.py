"""Tags of the pages: the site's name, what is drawn once, and the words found by a search."""

from django.template import Context, Library, Node, NodeList, TemplateSyntaxError
from django.template.base import Parser, Token
from django.utils.safestring import SafeString

from cms import search, selectors, stamps

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


class KeptNode(Node):
    """A part of the frame of pages, drawn once for all who read the same way."""

    child_nodelists = ("nodelist",)

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> SafeString:
        surroundings = context.get("surroundings")
        if surroundings is None:
            return self.nodelist.render(context)
        key = ("kept", self.name, surroundings.reading)
        return stamps.at_hand(key, lambda: self.nodelist.render(context))


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept "name" %}…{% endkept %}` draws what is inside once, until something public changes.

    For what only depends on the site, its address, the language and the reading preferences: never on the page,
    on who reads it or on a block. The name tells it from every other part.
    """
    words = token.split_contents()
    if len(words) != 2:
        raise TemplateSyntaxError("kept takes one name")
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(words[1].strip("\"'"), nodelist)
