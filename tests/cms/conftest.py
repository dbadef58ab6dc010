"""Every test of the pages has a site."""

import pytest
from wagtail.models import Site

from cms import stamps
from tests.factories import cms as make


@pytest.fixture(autouse=True)
def site(db: None) -> Site:
    stamps.forget_version()
    return make.site()
