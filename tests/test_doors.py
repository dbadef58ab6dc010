"""Every address, knocked at by someone who did not sign in: closed unless this table opens it."""

import re
from collections.abc import Iterator
from fnmatch import fnmatch

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import get_converters

from tests.repository import refuse

pytestmark = pytest.mark.django_db

# Names (namespace:name, * allowed) that may answer 200 to anyone. Everything else must refuse or redirect.
OPEN_TO_ALL = [
    "core:healthz",
    "core:readyz",
    "core:preferences",
    "core:styleguide",  # the demo and developers only; production answers 404 (tests/core/test_views.py)
    "following:*",  # signed links of letters, and forms that say nothing of an address
    "account_login",
    "account_signup",
    "account_reset_password*",
    "account_password_reset_completed",
    "account_inactive",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_*_code",
    "mfa_login_webauthn",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
    "javascript-catalog",
    "process:consultation*",
    "surveys:*",
    "syntheses:*",
    "opinions:list",  # those sent by councils that chose to be public
    "opinions:table",
    "actions:list",
    "steering:public*",
    "actions:agreements*",
    "actions:groups*",
    "actions:partners*",
    "councils:list",  # those that chose to be public
    "workshops:list",  # what is announced
    "workshops:worker",  # a script, the same for all
    "workshops:type_code",  # the room code typed there is the key
    "elections:receipt",  # the receipt typed there is the key; the address is that of one vote
    "elections:door",  # the code typed there is the key
    "polls:vote",
    "polls:thanks",
    "polls:results*",
    "lineage:*",
    "outcomes:unanswered",  # published figures only
    "portal:*",
    "territories:*",
    "directory:*",  # records anyone may read, and the report of a mistake
    "orientation:*",  # the guided path; codes and links are the keys of what one person sent or received
    "cms:*",
    "sitemap",
    "robots",
    "manifest",
    "set_language",
    "demo:*",  # refused outside a loopback address
    "wagtail_serve",
    "hsds:*",  # the public directory as open data; POST only asks
    "api:*",  # published cells only, and GET only
]
# A token would keep the first two out of the cache, and they change nothing personal; mail programs post to the third,
# whose signed address is the secret (RFC 8058).
WITHOUT_TOKEN = {"core:preferences", "lineage:follow", "following:stop", "directory:nearby", "directory:save"}
EXAMPLES = {
    "int": "1",
    "slug": "absent",
    "str": "absent",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "path": "a",
    "digest": "0000000000000000",
    "part": "absent",
    "uuidstr": "00000000-0000-4000-8000-000000000000",
}


def patterns(resolver: URLResolver, prefix: str = "", namespace: str = "") -> Iterator[tuple[str, str]]:
    """Every address, with an example for each of its parts, and its full name."""
    for entry in resolver.url_patterns:
        path = prefix + example_of(entry)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, path, inner)
        elif isinstance(entry, URLPattern):
            yield f"/{path}", f"{namespace}{entry.name or ''}"


def example_of(entry: URLPattern | URLResolver) -> str:
    text = str(entry.pattern)
    text = re.sub(r"<(?:(\w+):)?\w+>", lambda found: EXAMPLES.get(found.group(1) or "str", "absent"), text)
    text = re.sub(r"\(\?P<\w+>[^)]*\)[*+?]?|\([^)]*\)[*+?]?", "1", text)
    return re.sub(r"[\^$\\?]|\.\*|\[[^]]*\][+*]?", "", text)


def is_open(name: str) -> bool:
    return any(fnmatch(name, pattern) for pattern in OPEN_TO_ALL)


def test_every_converter_has_an_example() -> None:
    ours = set(get_converters()) - set(EXAMPLES)
    assert not ours, f"Add an example to EXAMPLES for {ours}"


def test_no_address_opens_to_a_stranger_unless_the_table_says_so(client: Client) -> None:
    client.raise_request_exception = False
    opened = []
    for path, name in patterns(get_resolver()):
        answer = client.get(path, follow=False)
        if answer.status_code >= 500:
            opened.append(f"{path} ({name}): answers {answer.status_code} instead of a refusal")
        elif answer.status_code < 300 and not is_open(name):
            opened.append(f"{path} ({name}): answers {answer.status_code} to anyone")
    refuse(opened, "Ask for sign-in or a permission, or open it in OPEN_TO_ALL with a reason")


def test_no_address_accepts_a_post_without_its_token() -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    accepted = []
    for path, name in patterns(get_resolver()):
        answer = client.post(path, {})
        if name not in WITHOUT_TOKEN and answer.status_code not in {
            301,
            302,
            303,
            308,
            400,
            401,
            403,
            404,
            405,
            410,
            422,
            429,
        }:
            accepted.append(f"{path} ({name}): {answer.status_code}")
    refuse(accepted, "A post without its token must be refused")
