"""Opinions as a table: one line each, with its dates and its answer."""

from typing import Any

from django.utils.translation import gettext as _
from import_export import fields, resources

from consultations.opinions.models import Opinion
from consultations.opinions.wording import vote_words

DATES = (
    "proposed_on", "debated_on", "voted_on", "sent_on", "acknowledged_on", "first_due_on", "due_on",
    "answered_on", "carried_out_on", "evaluated_on", "ended_on",
)  # fmt: skip


class OpinionResource(resources.ModelResource):
    """Columns by name; what is written in answers is on the page, whose address is the last column."""

    council = fields.Field(attribute="council__slug", column_name="council")
    theme = fields.Field(attribute="theme", column_name="theme")
    state = fields.Field(attribute="state", column_name="state")
    vote = fields.Field(column_name="vote")
    sent_to = fields.Field(attribute="sent_to__name", column_name="sent_to")
    answer = fields.Field(attribute="answer_kind", column_name="answer")
    in_time = fields.Field(column_name="in_time")

    class Meta:
        model = Opinion
        fields = (
            "id",
            "council",
            "number",
            "title",
            "text",
            "theme",
            "state",
            "vote",
            "sent_to",
            "answer",
            "in_time",
            *DATES,
        )
        export_order = fields

    def dehydrate_vote(self, one: Opinion) -> str:
        return vote_words(one)

    def dehydrate_in_time(self, one: Opinion) -> str:
        known = one.was_in_time
        return "" if known is None else _("yes") if known else _("no")

    def export_of(self, rows: Any) -> Any:
        """The table of these opinions."""
        return self.export(list(rows))
