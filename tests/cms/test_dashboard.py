"""The first screen of the admin: each role finds what it may do, and nothing else."""

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import Role, User
from cms.dashboard import TASKS
from tests.factories import cms as make
from tests.factories.accounts import SignedInClient, someone

WRITING = {"Write a piece of news", "Change the home page"}
KEEPING = {"Arrange the menus", "Set up the site"}
WATCHING = {"Read the audit log", "Read the register of processings"}


@pytest.mark.parametrize(
    ("role", "labels"),
    [
        (Role.EDITOR, WRITING),
        (Role.PUBLISHER, WRITING | KEEPING),
        (Role.DPO, WATCHING),
        (
            Role.ADMINISTRATOR,
            WRITING | KEEPING | WATCHING | {"Invite a person", "Reword a need", "Import a file"},
        ),
    ],
)
def test_each_role_is_offered_what_it_may_do(client: SignedInClient, role: Role, labels: set[str]) -> None:
    make.page("NewsIndexPage")
    user = someone(role)
    client.force_login(user)
    client.get(reverse("wagtailadmin_home"))  # its door gives Wagtail's groups
    user = User.objects.get(pk=user.pk)
    offered = [task for task in TASKS if task.may(user)]
    with translation.override("en"):
        assert {str(task.label) for task in offered} == labels
    screen = client.get(reverse("wagtailadmin_home")).content.decode()
    for task in offered:
        assert task.address() in screen
        assert client.get(task.address(), follow=True).status_code == 200


def test_nothing_is_offered_where_no_list_of_news_exists(client: SignedInClient) -> None:
    client.force_login(someone(Role.EDITOR))
    screen = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "/pages/create/cms/newspage" not in screen


def test_help_leads_nowhere_outside(client: SignedInClient) -> None:
    client.force_login(someone(Role.ADMINISTRATOR))
    screen = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "wagtail.org" not in screen
