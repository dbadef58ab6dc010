"""The code with which the body asked answers without an account: derived from the secret key, never stored.

One code for one sending of one opinion: it opens nothing else, and nothing once the opinion is withdrawn or finished.
"""

from django.urls import reverse

from consultations.opinions.models import Opinion
from core.qr import public_url
from core.receipts import derive_code, normalise_code

PURPOSE = "opinion"  # of wrong codes, for the tolls


def answer_code(opinion: Opinion) -> str:
    """The same code in the letter and in every reminder."""
    return derive_code("opinions.answer", f"{opinion.pk}:{opinion.sent_on}")


def is_answer_code(opinion: Opinion, typed: str) -> bool:
    """Slips of typing forgiven."""
    return opinion.sent_on is not None and normalise_code(typed) == answer_code(opinion)


def answer_address(opinion: Opinion, code: str = "") -> str:
    """The full address where the body asked answers, with the code when it is known."""
    path = reverse("opinions:answer", args=[opinion.pk])
    return public_url(f"{path}?code={code}" if code else path)
