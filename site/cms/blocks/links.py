"""Links and calls to action: to a page, a document or an address, checked, and harmless when the target is gone."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock

from cms.addresses import is_safe_address


class LinkValue(blocks.StructValue):
    """`href` is empty when the page was deleted or unpublished: the template then shows the text alone."""

    @property
    def href(self) -> str:
        page = self.get("page")
        if page is not None:
            return page.url or "" if page.live else ""
        return self.get("address") or ""


class LinkBlock(blocks.StructBlock):
    """A label and one target: a page of the site, or an address."""

    label = blocks.CharBlock(label=gettext_lazy("text of the link"), max_length=80)
    page = blocks.PageChooserBlock(label=gettext_lazy("page"), required=False)
    address = blocks.CharBlock(
        label=gettext_lazy("or an address"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Starts with / for this site, or with https://, mailto: or tel:."),
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        address = cleaned.get("address")
        if not cleaned.get("page") and not address:
            message = _("Choose a page or write an address.")
            raise StructBlockValidationError(block_errors={"page": ValidationError(message)})
        if address and not is_safe_address(address):
            message = _("Start with / for this site, or with https://, mailto: or tel:.")
            raise StructBlockValidationError(block_errors={"address": ValidationError(message)})
        return cleaned

    class Meta:
        value_class = LinkValue
        icon = "link"
        label = gettext_lazy("link")


class CallToActionBlock(blocks.StructBlock):
    """What to do next: a sentence and one button."""

    title = blocks.CharBlock(label=gettext_lazy("title"), max_length=120)
    text = blocks.TextBlock(label=gettext_lazy("text"), required=False, max_length=400)
    link = LinkBlock(label=gettext_lazy("button"))

    class Meta:
        icon = "pick"
        label = gettext_lazy("call to action")
        template = "cms/blocks/call_to_action.html"


class DownloadBlock(blocks.StructBlock):
    """A document, with its kind and its size said before the click."""

    document = DocumentChooserBlock(label=gettext_lazy("document"))
    label = blocks.CharBlock(label=gettext_lazy("text of the link"), max_length=120, required=False)
    description = blocks.CharBlock(label=gettext_lazy("what it holds"), max_length=300, required=False)

    class Meta:
        icon = "download"
        label = gettext_lazy("document to download")
        template = "cms/blocks/download.html"
