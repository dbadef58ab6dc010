"""Words, pictures and tables."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
INLINE_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class TextBlock(blocks.RichTextBlock):
    """Running text; headings start at level 2, since the page's title is level 1."""

    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("features", TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("text")
        template = "cms/blocks/text.html"


class MediaBlock(blocks.StructBlock):
    """An image; its alternative text is mandatory unless it is said to be decorative."""

    image = ImageBlock(label=_("image"))
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=250)
    credit = blocks.CharBlock(label=_("author and licence"), required=False, max_length=120)

    class Meta:
        icon = "image"
        label = _("image")
        template = "cms/blocks/media.html"


class KeyFigureBlock(blocks.StructBlock):
    figure = blocks.CharBlock(label=_("figure"), max_length=20)
    label = blocks.CharBlock(label=_("what it counts"), max_length=80)
    note = blocks.CharBlock(label=_("note"), required=False, max_length=120)

    class Meta:
        label = _("figure")


class KeyFiguresBlock(blocks.StructBlock):
    """Up to six figures, with where they come from."""

    title = blocks.CharBlock(label=_("title"), required=False, max_length=120)
    figures = blocks.ListBlock(KeyFigureBlock(), label=_("figures"), min_num=1, max_num=6)
    source = blocks.CharBlock(
        label=_("source and date"),
        max_length=200,
        help_text=_("A figure without a source is not believed."),
    )

    class Meta:
        icon = "order"
        label = _("key figures")
        template = "cms/blocks/key_figures.html"


class QuoteBlock(blocks.StructBlock):
    """Someone's words, signed by a role and never by a name."""

    text = blocks.TextBlock(label=_("words"), max_length=600)
    role = blocks.CharBlock(
        label=_("who says it"), max_length=80, help_text=_("A role, such as “a carer in Fumel”. No names.")
    )

    class Meta:
        icon = "openquote"
        label = _("quote")
        template = "cms/blocks/quote.html"


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("question"), max_length=200)
    answer = blocks.RichTextBlock(label=_("answer"), features=INLINE_FEATURES)

    class Meta:
        label = _("question")


class QuestionsBlock(blocks.StructBlock):
    """Questions people ask, each answer one click away and readable without JavaScript."""

    title = blocks.CharBlock(label=_("title"), required=False, max_length=120)
    questions = blocks.ListBlock(QuestionBlock(), label=_("questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("questions and answers")
        template = "cms/blocks/questions.html"


def table_block() -> TypedTableBlock:
    """A table whose caption and header row are part of the form, so that none is left out."""
    return TypedTableBlock(
        [
            ("text", blocks.CharBlock(label=_("text"), required=False)),
            ("number", blocks.DecimalBlock(label=_("number"), required=False)),
        ],
        icon="table",
        label=_("table"),
        template="cms/blocks/table.html",
    )
