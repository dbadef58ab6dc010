"""The problems of the expression language, in the reader's words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.surveys.expressions import ExpressionError

REASONS = {
    "empty": gettext_lazy("there is nothing."),
    "too_long": gettext_lazy("it is too long."),
    "too_deep": gettext_lazy("it has too many nested parentheses."),
    "unclosed_text": gettext_lazy("a text is not closed by an apostrophe."),
    "unfinished": gettext_lazy("something is missing at the end."),
    "unexpected": gettext_lazy("“%(found)s” is not expected here."),
    "unknown_function": gettext_lazy("there is no function “%(found)s”."),
    "bad_arguments": gettext_lazy("“%(found)s” is not called with the right arguments."),
}


def explain(error: ExpressionError) -> str:
    """Why the text is not an expression, as a short sentence."""
    reason = REASONS.get(error.code)
    return str(reason) % error.params if reason else _("it is not correct.")
