"""The interface answers what its own description says, whatever it is asked: schemathesis on every operation.

Derandomised: the same requests each time. `SCHEMATHESIS_EXAMPLES` asks for more of them.
"""

import os
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection

from directory.api.lists import api
from tests.directory.exchange.samples import full_directory

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "3"))
DESCRIBED: dict[str, Any] = dict(api.get_openapi_schema(path_prefix="/hsds/"))
GOOD, BAD = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
ASKED = [
    (method, path, mode)
    for path, said in DESCRIBED["paths"].items()
    for method, operation in said.items()
    for mode in (GOOD, BAD)
    if mode == GOOD
    or operation.get("parameters")
    or operation.get("requestBody")  # else nothing can be wrong
]
ONCE = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)

LENIENT = [negative_data_rejection]
"""In a body as in an address, a number or a yes written as text is understood; what else is wrong must be told cleanly."""


@pytest.fixture
def description(db: None) -> Any:
    return schemathesis.openapi.from_wsgi("/hsds/openapi.json", get_wsgi_application())


@pytest.mark.parametrize(("method", "path", "mode"), ASKED, ids=lambda one: getattr(one, "value", one))
def test_answers_as_described(description: Any, method: str, path: str, mode: GenerationMode) -> None:
    full_directory()
    cases = description[path][method.upper()].as_strategy(generation_mode=mode)

    @ONCE
    @given(case=cases)
    def ask(case: Any) -> None:
        case.call_and_validate(excluded_checks=LENIENT if method == "post" else ())

    ask()
