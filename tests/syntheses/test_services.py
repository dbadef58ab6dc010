"""Writing, opening, adopting, publishing: what each step keeps and refuses."""

import datetime
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from consultations.lineage.models import Link
from consultations.lineage.selectors import dead_links, story
from consultations.syntheses import services
from consultations.syntheses.models import Synthesis, SynthesisComment
from consultations.syntheses.participants import Commenter
from consultations.syntheses.registries import proposal_takers
from consultations.syntheses.selectors import differences, document_of, lines_of
from consultations.syntheses.states import Actor
from core.models import AuditEntry
from tests.factories.process import person
from tests.factories.syntheses import Board, facilitator_of, line_of, synthesis_with

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
PARTICIPANT = Commenter(Actor.PARTICIPANT, "residents")


@pytest.fixture
def synthesis() -> Synthesis:
    return synthesis_with("Un", "Deux", "Trois")


@pytest.fixture
def actor(synthesis: Synthesis) -> User:
    return facilitator_of(synthesis.consultation)


def tree(synthesis: Synthesis, block: str = "recommendations") -> list[object]:
    def of(item: object) -> object:
        return (item.text, [of(each) for each in item.items]) if item.items else item.text  # type: ignore[attr-defined]

    return [of(item) for item in document_of(synthesis).block(block)]


def arranged(actor: User, synthesis: Synthesis, *moves: tuple[str, str]) -> list[object]:
    for text, step in moves:
        services.arrange_line(actor=actor, line=line_of(synthesis, text), step=step)
    return tree(synthesis)


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        ([("Deux", "up")], ["Deux", "Un", "Trois"]),
        ([("Deux", "down")], ["Un", "Trois", "Deux"]),
        ([("Un", "up")], ["Un", "Deux", "Trois"]),
        ([("Trois", "down")], ["Un", "Deux", "Trois"]),
        ([("Un", "in")], ["Un", "Deux", "Trois"]),
        ([("Deux", "in")], [("Un", ["Deux"]), "Trois"]),
        ([("Deux", "in"), ("Trois", "in")], [("Un", ["Deux", "Trois"])]),
        ([("Deux", "in"), ("Trois", "in"), ("Trois", "in")], [("Un", [("Deux", ["Trois"])])]),
        ([("Deux", "in"), ("Deux", "out")], ["Un", "Deux", "Trois"]),
        ([("Deux", "in"), ("Trois", "in"), ("Deux", "out")], [("Un", ["Trois"]), "Deux"]),
    ],
)
def test_sentences_are_arranged(
    actor: User, synthesis: Synthesis, moves: list[tuple[str, str]], expected: list[object]
) -> None:
    assert arranged(actor, synthesis, *moves) == expected


def test_sentences_go_three_levels_down_and_no_further(actor: User, synthesis: Synthesis) -> None:
    services.add_line(actor=actor, synthesis=synthesis, block="recommendations", text="Quatre")
    arranged(
        actor, synthesis, ("Deux", "in"), ("Trois", "in"), ("Trois", "in"), ("Quatre", "in"), ("Quatre", "in")
    )
    with pytest.raises(ValidationError):
        services.arrange_line(actor=actor, line=line_of(synthesis, "Deux"), step="sideways")
    with pytest.raises(ValidationError):
        services.add_line(
            actor=actor, synthesis=synthesis, block="levers", text="x", parent=line_of(synthesis, "Trois")
        )


def test_moving_to_another_block_takes_what_a_sentence_owns(actor: User, synthesis: Synthesis) -> None:
    arranged(actor, synthesis, ("Deux", "in"))
    services.move_line(actor=actor, line=line_of(synthesis, "Un"), block="levers")
    assert tree(synthesis, "levers") == [("Un", ["Deux"])]
    assert tree(synthesis) == ["Trois"]


def test_saving_over_someone_else_is_refused_with_both_texts(actor: User, synthesis: Synthesis) -> None:
    line = line_of(synthesis, "Un")
    services.edit_line(actor=actor, line=line, text="Un, mieux dit", revision=1)
    with pytest.raises(services.LineChanged) as changed:
        services.edit_line(actor=actor, line=line, text="Un, autrement", revision=1)
    assert changed.value.line.text == "Un, mieux dit"
    assert services.edit_line(actor=actor, line=line, text="Un, autrement", revision=2).revision == 3
    assert services.edit_line(actor=actor, line=line, text="Un, autrement", revision=1).revision == 3


def test_merging_keeps_every_source_and_what_was_owned(actor: User) -> None:
    board = Board()
    board.group("Répit", "Souffler", "Un relais")
    board.group("Repos", "Dormir")
    actor = facilitator_of(board.workshop.consultation)
    synthesis = services.draft_from_workshop(actor=actor, workshop=board.workshop)
    kept, merged = line_of(synthesis, "Répit"), line_of(synthesis, "Repos")
    child = services.add_line(
        actor=actor, synthesis=synthesis, block=merged.block, text="La nuit", parent=merged
    )
    services.merge_lines(actor=actor, kept=kept, merged=merged)
    assert kept.sources.count() == 2
    child.refresh_from_db()
    merged.refresh_from_db()
    assert (child.parent, merged.merged_into, merged.is_removed) == (kept, kept, True)
    with pytest.raises(ValidationError):
        services.merge_lines(actor=actor, kept=child, merged=kept)


def test_removed_sentences_leave_the_text_with_those_they_own(actor: User, synthesis: Synthesis) -> None:
    arranged(actor, synthesis, ("Deux", "in"))
    services.remove_line(actor=actor, line=line_of(synthesis, "Un"))
    assert tree(synthesis) == ["Trois"]
    with pytest.raises(ValidationError):
        services.edit_line(actor=actor, line=line_of(synthesis, "Deux"), text="x", revision=1)


@pytest.mark.parametrize("text", ["", "  ", "\u200b" * 0 + "\n\t"])
def test_empty_sentences_are_refused(actor: User, synthesis: Synthesis, text: str) -> None:
    with pytest.raises(ValidationError):
        services.add_line(actor=actor, synthesis=synthesis, block="levers", text=text)


def open_to_comments(actor: User, synthesis: Synthesis) -> Synthesis:
    services.open_comments(actor=actor, synthesis=synthesis, until=TODAY() + datetime.timedelta(days=7))
    synthesis.refresh_from_db()
    return synthesis


def adopted(actor: User, synthesis: Synthesis) -> Synthesis:
    open_to_comments(actor, synthesis)
    services.resume_writing(actor=actor, synthesis=synthesis)
    services.adopt_synthesis(actor=actor, synthesis=synthesis, decision="tous", adopted_on=TODAY())
    synthesis.refresh_from_db()
    return synthesis


def published(actor: User, synthesis: Synthesis) -> Synthesis:
    return services.publish_synthesis(actor=actor, synthesis=adopted(actor, synthesis))


def test_life_from_draft_to_publication(actor: User, synthesis: Synthesis) -> None:
    done = published(actor, synthesis)
    assert (done.status, done.published_version.number) == ("published", 1)
    assert done.consultation.stages.get(kind="diagnosis").status == "done"
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"synthesis_opened", "synthesis_adopted", "synthesis_published"} <= verbs


def test_published_page_keeps_its_version_while_the_text_is_written_again(
    actor: User, synthesis: Synthesis
) -> None:
    published(actor, synthesis)
    services.resume_writing(actor=actor, synthesis=synthesis)
    services.edit_line(actor=actor, line=line_of(synthesis, "Un"), text="Un, corrigé", revision=1)
    synthesis.refresh_from_db()
    assert synthesis.published_version.content["blocks"]["recommendations"][0]["text"] == "Un"
    again = {"actor": actor, "synthesis": synthesis, "decision": "tous", "adopted_on": TODAY()}
    with pytest.raises(ValidationError, match="commentaires"):
        services.adopt_synthesis(**again)
    services.adopt_synthesis(**again, confirms_changes=True)
    assert AuditEntry.objects.filter(verb="synthesis_adopted").latest("pk").changes == {
        "changed_since_comments": 1
    }
    services.publish_synthesis(actor=actor, synthesis=synthesis)
    old, new = synthesis.versions.order_by("number")
    kinds = [
        (change.kind, change.old, change.new) for change in differences(old, new) if change.kind != "same"
    ]
    assert kinds == [("changed", "Un", "Un, corrigé")]


def test_a_text_opened_again_to_comments_is_adopted_without_saying_that_it_changed(
    actor: User, synthesis: Synthesis
) -> None:
    adopted(actor, synthesis)
    services.resume_writing(actor=actor, synthesis=synthesis)
    services.edit_line(actor=actor, line=line_of(synthesis, "Un"), text="Un, corrigé", revision=1)
    again = {"actor": actor, "decision": "tous", "adopted_on": TODAY()}
    version = services.adopt_synthesis(synthesis=synthesis, confirms_changes=True, **again)
    assert version.content["changed_since"] == 1
    services.resume_writing(actor=actor, synthesis=synthesis)
    synthesis.refresh_from_db()
    open_to_comments(actor, synthesis)
    services.resume_writing(actor=actor, synthesis=synthesis)
    version = services.adopt_synthesis(synthesis=synthesis, **again)
    assert "changed_since" not in version.content and version.step == "comments"


def test_adoption_asks_for_a_comment_period_a_decision_and_a_possible_day(
    actor: User, synthesis: Synthesis
) -> None:
    def adopt(decision: str = "tous", day: datetime.date | None = None) -> None:
        services.adopt_synthesis(
            actor=actor, synthesis=synthesis, decision=decision, adopted_on=day or TODAY()
        )

    with pytest.raises(ValidationError):
        adopt()  # never opened
    open_to_comments(actor, synthesis)
    with pytest.raises(ValidationError):
        adopt()  # still open
    services.resume_writing(actor=actor, synthesis=synthesis)
    for wrong in (
        lambda: adopt(decision=" "),
        lambda: adopt(day=TODAY() + datetime.timedelta(days=1)),
        lambda: adopt(day=synthesis.held_on - datetime.timedelta(days=1)),
    ):
        with pytest.raises(ValidationError):
            wrong()


@pytest.mark.parametrize("days", [0, -1, 121])
def test_comment_period_is_from_tomorrow_to_four_months(actor: User, synthesis: Synthesis, days: int) -> None:
    with pytest.raises(ValidationError):
        services.open_comments(
            actor=actor, synthesis=synthesis, until=TODAY() + datetime.timedelta(days=days)
        )


def test_nothing_is_written_outside_its_state_or_by_a_stranger(actor: User, synthesis: Synthesis) -> None:
    line = line_of(synthesis, "Un")
    with pytest.raises(PermissionDenied):
        services.edit_line(actor=person(), line=line, text="x", revision=1)
    open_to_comments(actor, synthesis)
    with pytest.raises(PermissionDenied):
        services.edit_line(actor=actor, line=line, text="x", revision=1)
    with pytest.raises(PermissionDenied):
        services.publish_synthesis(actor=actor, synthesis=synthesis)


def test_shown_drafts_are_not_deleted(actor: User, synthesis: Synthesis) -> None:
    open_to_comments(actor, synthesis)
    services.resume_writing(actor=actor, synthesis=synthesis)
    with pytest.raises(ValidationError):
        services.delete_synthesis(actor=actor, synthesis=synthesis)
    other = synthesis_with("x", consultation=synthesis.consultation)
    services.delete_synthesis(actor=actor, synthesis=other)
    assert not Synthesis.objects.filter(pk=other.pk).exists()


def test_comments_are_kept_once_read_then_shown(actor: User, synthesis: Synthesis) -> None:
    open_to_comments(actor, synthesis)
    key, line = uuid.uuid4(), line_of(synthesis, "Un")
    for _time in range(2):
        comment = services.give_comment(
            by=PARTICIPANT, synthesis=synthesis, text="D'accord", client_uuid=key, line=line
        )
    assert SynthesisComment.objects.count() == 1
    assert (comment.status, comment.quote, comment.college) == ("waiting", "Un", "residents")
    with pytest.raises(ValidationError):
        services.moderate_comment(actor=actor, comment=comment, is_shown=False)
    services.moderate_comment(actor=actor, comment=comment, is_shown=False, reason="Nomme quelqu'un.")
    services.moderate_comment(actor=actor, comment=comment, is_shown=True)
    assert (comment.status, comment.reason) == ("shown", "")
    services.answer_comment(actor=actor, comment=comment, answer="Ajouté.")
    with pytest.raises(PermissionDenied):
        services.moderate_comment(actor=person(), comment=comment, is_shown=True)


def test_comments_are_for_participants_in_their_days(actor: User, synthesis: Synthesis) -> None:
    def give(by: Commenter) -> None:
        services.give_comment(by=by, synthesis=synthesis, text="x", client_uuid=uuid.uuid4())

    with pytest.raises(PermissionDenied):
        give(PARTICIPANT)
    open_to_comments(actor, synthesis)
    with pytest.raises(PermissionDenied):
        give(Commenter(Actor.READER))
    synthesis.comments_from = synthesis.comments_until = TODAY() - datetime.timedelta(days=1)
    synthesis.save()
    with pytest.raises(ValidationError):
        give(PARTICIPANT)


def test_recommendation_becomes_a_proposal_once_with_its_thread(actor: User, synthesis: Synthesis) -> None:
    line = line_of(synthesis, "Un")
    with pytest.raises(PermissionDenied):
        services.propose_action(actor=actor, line=line)
    published(actor, synthesis)
    first = services.propose_action(actor=actor, line=line)
    assert services.propose_action(actor=actor, line=line) == first
    told = story("synthesis_line", str(line.pk))
    assert told is not None
    assert [step.relation for step in told.outcomes] == ["released_in", "answered_by"]
    assert list(dead_links()) == []


def test_taker_of_proposals_is_told_and_linked(
    actor: User, synthesis: Synthesis, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []

    def take(*, actor: User, proposal: object) -> tuple[str, str]:
        taken.append(str(proposal))
        return ("synthesis", str(synthesis.pk))

    monkeypatch.setattr(proposal_takers, "_entries", {"test": take})
    published(actor, synthesis)
    services.propose_action(actor=actor, line=line_of(synthesis, "Deux"))
    assert taken == ["Deux"]
    assert Link.objects.filter(source_kind="action_proposal", relation="implemented_by").count() == 1


def test_receipt_of_a_card_tells_the_sentence_and_the_synthesis(actor: User) -> None:
    board = Board()
    group = board.group("Un répit près de chez soi", "Souffler", "Un relais")
    actor = facilitator_of(board.workshop.consultation)
    synthesis = services.draft_from_workshop(actor=actor, workshop=board.workshop)
    published(actor, synthesis)
    line = line_of(synthesis, "Un répit près de chez soi")
    for card in group.cards.all():
        links = Link.objects.filter(source_kind="card", source_id=str(card.pk))
        assert [link.target_id for link in links] in ([str(line.pk)], [])
    told = story("synthesis_line", str(line.pk))
    assert told is not None
    assert told.outcomes[0].item.title == synthesis.title
    board.workshop.refresh_from_db()
    assert board.workshop.status == "synthesis"


def test_volunteers_are_named_by_the_address_of_their_account(actor: User, synthesis: Synthesis) -> None:
    helper = person()
    services.name_volunteer(actor=actor, synthesis=synthesis, email=helper.email.upper())
    line = line_of(synthesis, "Un")
    assert services.edit_line(actor=helper, line=line, text="Un !", revision=1).text == "Un !"
    with pytest.raises(ValidationError):
        services.name_volunteer(actor=actor, synthesis=synthesis, email="personne@example.org")
    services.remove_volunteer(actor=actor, synthesis=synthesis, person=helper)
    with pytest.raises(PermissionDenied):
        services.edit_line(actor=helper, line=line, text="x", revision=2)


def test_every_line_is_where_it_says(actor: User, synthesis: Synthesis) -> None:
    nodes = lines_of(synthesis)["recommendations"]
    assert [(node.is_first, node.is_last) for node in nodes] == [(True, False), (False, False), (False, True)]
