"""Links to the social networks of the site: plain links, nothing is loaded from them."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class SocialLinkBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("name"), max_length=40)
    address = blocks.URLBlock(label=_("address"))

    class Meta:
        icon = "link"
        label = _("social network")


class SocialLinksBlock(blocks.StreamBlock):
    link = SocialLinkBlock()
