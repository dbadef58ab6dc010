"""The components of the interface, as template tags (always available, no `load` needed)."""

import re
from functools import cache
from typing import Any

from django.core.paginator import Page
from django.template import Context, Library
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from core.assets import icon_names, stylesheet_names
from core.languages import Written, is_foreign, language_of, mark_language, mark_passage
from core.navigation import MenuItem, workspace_menu
from core.qr import public_url

register = Library()

SHARED = ("request", "csrf_token", "preferences")


@register.simple_block_tag(takes_context=True)
def component(context: Context, content: str, name: str, **attributes: Any) -> SafeString:
    """Draw `components/<name>.html` around the block; it sees its own attributes, never the page's."""
    if context.template is None:
        raise RuntimeError("component is used while a template renders")
    template = context.template.engine.get_template(f"components/{name}.html")
    shared = {key: context[key] for key in SHARED if key in context}
    return template.render(context.new({**shared, **attributes, "content": content}))


@register.simple_tag
def icon(name: str, label: str = "", fallback: str = "") -> SafeString:
    """Draw a pictogram; decorative unless it is given a label.

    A name missing from `core/icons.txt` is refused, unless a `fallback` is named (names that come from data).
    """
    if name not in icon_names() and fallback:
        name = fallback
    if name not in icon_names():
        raise ValueError(f"Unknown icon {name!r}: add its lucide name to site/core/icons.txt")
    role = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" {} focusable="false"><use href="{}#{}"></use></svg>',
        role,
        static_address("vendor/icons.svg"),
        name,
    )


@register.simple_tag
def stylesheets() -> SafeString:
    """Link the interface's sheets: one bundle where it was built, each sheet otherwise."""
    return format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((static_address(name),) for name in stylesheet_names())
    )


@cache
def static_address(name: str) -> str:
    """Where the file is: files do not move while a process runs."""
    return static(name)


@register.simple_tag
def typed_address(view_name: str) -> str:
    """The address of a page as it is printed to be typed by hand: without the scheme that browsers add."""
    return re.sub(r"^https?://", "", public_url(reverse(view_name))).rstrip("/")


@register.simple_tag(takes_context=True)
def workspace_items(context: Context) -> list[MenuItem]:
    """Entries of the workspace menu that the signed-in person may open, in their order."""
    user = context["request"].user
    return sorted((item for item in workspace_menu if item.may(user)), key=lambda item: item.order)


@register.filter(is_safe=True)
def french_spaces(text: object) -> str:
    """Keep French punctuation with the word before it, and an hour in one piece; the text stays plain and is escaped as usual."""
    spaced = re.sub(r" (?=[?!;:»])|(?<=«) |(?<=\d) (?=h\b)|(?<=\d h) (?=\d\d\b)", "\u00a0", str(text))
    if isinstance(text, SafeString):
        return SafeString(spaced)
    return text.like(spaced) if isinstance(text, Written) else spaced


QUOTED = re.compile("([«“][^»”]{80})[^»”]{20,}([»”])")


@register.filter
def brief(error: object) -> str:
    """An error that quotes ten thousand characters says the first ones: its remedy, at the end, stays in sight."""
    text = str(error)
    return text if isinstance(text, SafeString) else QUOTED.sub("\\1…\u00a0\\2", text)


@register.filter
def as_written(text: object) -> SafeString:
    """What people of the site wrote, its language named when the page is in another."""
    return mark_language("" if text is None else text)


@register.filter
def quoting(sentence: str, passage: object) -> SafeString:
    """A sentence of ours that quotes what people of the site wrote."""
    return mark_passage(sentence, passage)


@register.simple_tag
def content_lang(text: object = "") -> SafeString:
    """The `lang` attribute of an element that holds what people of the site wrote; nothing when it is the page's."""
    return format_html(' lang="{}"', language_of(text)) if is_foreign(text) else SafeString("")


# A verb and its pronoun, with the punctuation that may not leave them: « avez-vous ? », « y a-t-il ».
INVERSION = re.compile(
    r"[^\W\d_]+(?:-t)?-(?:je|tu|il|elle|on|nous|vous|ils|elles|ce)\b(?:\u00a0[?!;:»]|[,.…])*", re.IGNORECASE
)


@register.filter
def together(text: str) -> SafeString:
    """A title whose verbs keep their pronoun on the same line; its text, and what is read aloud, stay as they are.

    A box rather than a non-breaking hyphen: some voices and fonts do not know that character, and a box wider
    than the screen may still break.
    """
    return mark_safe(
        INVERSION.sub(
            r'<span class="together">\g<0></span>',
            conditional_escape(text if isinstance(text, str) else str(text)),
        )
    )


@register.filter
def input_kind(field: Any) -> str:
    """How a bound field is laid out: `choices`, `checkbox`, `group` (several inputs), `hidden` or `input`."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    kind = getattr(widget, "input_type", "")
    if kind == "checkbox" and not hasattr(widget, "choices"):
        return "checkbox"
    if kind in {"radio", "checkbox"}:
        return "choices"
    return "group" if widget.use_fieldset else "input"


@register.simple_tag
def page_range(page: Page) -> list[int | str]:
    """Numbers of the pages near this one, the first and the last, with gaps between."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
