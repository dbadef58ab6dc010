"""The one stream that every family of pages uses; a change here is one migration for all of them."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.links import CallToActionBlock, DownloadBlock
from cms.blocks.references import (
    ConsultationThreadBlock,
    FigureBlock,
    MapBlock,
    RegisteredBlock,
    SurveyBlock,
)
from cms.blocks.text import KeyFiguresBlock, MediaBlock, QuestionsBlock, QuoteBlock, TextBlock, table_block


class ContentStreamBlock(blocks.StreamBlock):
    """Text, media, figures and what the other apps offer."""

    text = TextBlock(group=_("Words"))
    quote = QuoteBlock(group=_("Words"))
    questions = QuestionsBlock(group=_("Words"))
    media = MediaBlock(group=_("Media"))
    download = DownloadBlock(group=_("Media"))
    table = table_block()
    key_figures = KeyFiguresBlock(group=_("Figures"))
    chart = FigureBlock(group=_("Figures"))
    map = MapBlock(group=_("Figures"))
    call_to_action = CallToActionBlock(group=_("Taking part"))
    survey = SurveyBlock(group=_("Taking part"))
    thread = ConsultationThreadBlock(group=_("Taking part"))
    registered = RegisteredBlock(group=_("Taking part"))

    class Meta:
        label = _("content")


class ProgressBlock(blocks.StructBlock):
    """One thing that moves, or that waits; a wait is said as plainly as a success."""

    state = blocks.ChoiceBlock(
        label=_("state"),
        choices=[
            ("done", _("done")),
            ("under_way", _("under way")),
            ("late", _("late, no news")),
            ("to_come", _("to come")),
        ],
    )
    badge = blocks.CharBlock(
        label=_("words of the badge"),
        required=False,
        max_length=60,
        help_text=_("For instance: no news for 74 days. Empty: the name of the state."),
    )
    title = blocks.CharBlock(label=_("title"), max_length=120)
    text = blocks.TextBlock(label=_("text"), max_length=300, required=False)
    page = blocks.PageChooserBlock(label=_("page that tells more"), required=False)

    class Meta:
        icon = "tasks"
        label = _("what moves, what waits")


class ProgressStreamBlock(blocks.StreamBlock):
    item = ProgressBlock()
