"""From a recommendation to a proposal in one click: listed, told, taken up later, or withdrawn."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.models import Role, User
from consultations.lineage.models import Link
from consultations.lineage.selectors import dead_links, story
from consultations.syntheses import services
from consultations.syntheses.models import Proposal, Synthesis
from consultations.syntheses.selectors.proposals import proposal_anchor, public_proposals
from tests.factories.accounts import SignedInClient
from tests.factories.process import person
from tests.factories.syntheses import facilitator_of, line_of, synthesis_with
from tests.syntheses.test_services import published

pytestmark = pytest.mark.django_db
LIST = "/syntheses/propositions/"


@pytest.fixture
def synthesis() -> Synthesis:
    return synthesis_with("Un relais le soir", "Deux")


@pytest.fixture
def actor(synthesis: Synthesis) -> User:
    return facilitator_of(synthesis.consultation)


def propose(actor: User, synthesis: Synthesis, text: str = "Un relais le soir") -> Proposal:
    published(actor, synthesis)
    return services.propose_action(actor=actor, line=line_of(synthesis, text))


def test_a_proposal_waits_on_the_list_and_on_its_consultation(
    client: SignedInClient, actor: User, synthesis: Synthesis
) -> None:
    assert "Aucune action proposée" in client.get(LIST).content.decode()
    proposal = propose(actor, synthesis)
    place = reverse("process:consultation_detail", args=[synthesis.consultation.slug])
    for address in (LIST, place):
        page = client.get(address).content.decode()
        assert "Un relais le soir" in page
        assert "attend d’être reprise en fiche-action" in page
        assert f'id="{proposal_anchor(proposal.pk)}"' in page
        assert reverse("syntheses:detail", args=[synthesis.slug]) in page
    told = story("synthesis_line", str(proposal.line_id))
    assert told is not None
    assert f"{LIST}#{proposal_anchor(proposal.pk)}" in {step.item.url for step in told.outcomes}


def test_a_proposal_taken_up_later_says_what_came_of_it(
    client: SignedInClient, actor: User, synthesis: Synthesis
) -> None:
    proposal = propose(actor, synthesis)
    services.take_up_proposal(actor=actor, proposal=proposal, node=("synthesis", str(synthesis.pk)))
    [[line]] = [group.lines for group in public_proposals()]
    assert [item.title for item in line.taken_up] == [synthesis.title]
    page = client.get(LIST).content.decode()
    assert "reprise" in page
    assert "attend d’être reprise" not in page
    with pytest.raises(ValidationError, match="déjà été reprise"):
        services.withdraw_proposal(actor=actor, proposal=proposal)


def test_a_click_is_undone_while_nobody_took_it_up(
    client: SignedInClient, actor: User, synthesis: Synthesis
) -> None:
    proposal = propose(actor, synthesis)
    address = reverse("synthesis_editor:proposal_withdraw", args=[synthesis.pk, proposal.line_id])
    client.force_login(person(Role.FACILITATOR, on=synthesis_with("x").consultation.territory))
    assert client.post(address).status_code == 403
    client.force_login(actor)
    assert (
        "Retirer la proposition"
        in client.get(reverse("syntheses:detail", args=[synthesis.slug])).content.decode()
    )
    assert "est retirée" in client.post(address, follow=True).content.decode()
    assert client.post(address).status_code == 404
    assert not Proposal.objects.exists()
    assert not Link.objects.filter(target_kind="action_proposal").exists()
    assert list(dead_links()) == []


def test_what_cannot_be_proposed_is_refused_in_words(client: SignedInClient, actor: User) -> None:
    synthesis = synthesis_with("Le bus", block="salient_points", consultation=None)
    actor = facilitator_of(synthesis.consultation)
    published(actor, synthesis)
    client.force_login(actor)
    line = line_of(synthesis, "Le bus")
    answer = client.post(reverse("synthesis_editor:propose", args=[synthesis.pk, line.pk]), follow=True)
    assert answer.status_code == 200
    assert "Seule une préconisation publiée" in answer.content.decode()
    assert not Proposal.objects.exists()


def test_a_visitor_proposes_and_withdraws_nothing(actor: User, synthesis: Synthesis) -> None:
    proposal = propose(actor, synthesis)
    stranger = person(Role.FACILITATOR, on=synthesis_with("x").consultation.territory)
    with pytest.raises(PermissionDenied):
        services.withdraw_proposal(actor=stranger, proposal=proposal)
    with pytest.raises(PermissionDenied):
        services.propose_action(actor=stranger, line=line_of(synthesis, "Deux"))


def test_the_list_asks_few_queries(
    client: SignedInClient, actor: User, synthesis: Synthesis, django_assert_max_num_queries: object
) -> None:
    propose(actor, synthesis)
    services.propose_action(actor=actor, line=line_of(synthesis, "Deux"))
    client.get(LIST)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.get(LIST)
