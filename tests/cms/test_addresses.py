"""Editors may link to this site, the web, a mailbox or a phone; nothing that runs."""

import pytest
from django.core.exceptions import ValidationError

from cms.addresses import is_safe_address, validate_address


@pytest.mark.parametrize(
    "address",
    ["/participer/", "#contenu", "https://example.org/a?b=1", "mailto:a@example.org", "tel:+33536490047"],
)
def test_what_may_be_linked(address: str) -> None:
    assert is_safe_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,<script>",
        "//evil.example",
        "/\\evil.example",
        "vbscript:x",
        "https:",
        "http://[",
        "a b",
        "",
    ],
)
def test_what_may_not(address: str) -> None:
    assert not is_safe_address(address)


def test_the_refusal_says_what_to_write() -> None:
    with pytest.raises(ValidationError, match="https://"):
        validate_address("javascript:alert(1)")
