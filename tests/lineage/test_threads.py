"""The thread through an object: both ways, for who may see, and never through one person."""

import datetime

import pytest
from django.urls import reverse

from accounts.models import Role
from consultations.lineage.drawing import PER_ROW, picture_of, sentence_of
from consultations.lineage.models import Link, Relation
from consultations.lineage.registries import Item, LineageKind, lineage_kinds
from consultations.lineage.selectors import thread_of
from consultations.lineage.selectors.threads import MOST_LINKS, MOST_SHOWN
from consultations.lineage.services import link
from tests.factories.process import person

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 3, 1)
HOSTILE = "<script>alert(1)</script>"
R = Relation


@pytest.fixture
def kinds(monkeypatch):
    """Four kinds: what one person gave, what is public, what is not, what those inside may see."""

    def named(keys):
        return {key: Item(f"Objet {key}", url="/") for key in keys if not key.startswith("gone")}

    def unseen(keys):
        return {key: Item("caché", is_public=False) for key in keys}

    def inside(user, keys):
        return {key: Item(f"Secret {key}", is_public=False) for key in keys} if user.is_staff else {}

    entries = {
        "thing": LineageKind("chose", named),
        "other": LineageKind("autre chose", named, icon="quote"),
        "person": LineageKind("réponse", named, is_personal=True),
        "draft": LineageKind("brouillon", unseen, inside=inside),
    }
    for name, kind in entries.items():
        monkeypatch.setitem(lineage_kinds._entries, name, kind)


def join(*rows):
    for source, relation, target in rows:
        link(actor=None, source=source, relation=relation, target=target, on=DAY)


def keys(groups):
    return {(one.hop, entry.key) for one in groups for entry in one.entries}


def test_a_thread_goes_both_ways_and_reads_raised_in_backwards_in_time(kinds):
    join(
        (("thing", "survey"), R.RAISED_IN, ("thing", "consultation")),
        (("thing", "release"), R.RAISED_IN, ("thing", "survey")),
        (("thing", "release"), R.SUPPORTS, ("thing", "line")),
        (("thing", "line"), R.IMPLEMENTED_BY, ("other", "sheet")),
    )
    from_above = thread_of("thing", "consultation")
    assert keys(from_above.after) == {(1, "survey"), (2, "release"), (3, "line"), (4, "sheet")}
    assert from_above.before == ()
    from_below = thread_of("other", "sheet")
    assert keys(from_below.before) == {(-1, "line"), (-2, "release"), (-3, "survey"), (-4, "consultation")}
    middle = thread_of("thing", "release")
    assert (keys(middle.before), keys(middle.after)) == (
        {(-1, "survey"), (-2, "consultation")},
        {(1, "line"), (2, "sheet")},
    )


def test_no_thread_shows_or_crosses_what_one_person_gave(kinds):
    join(
        (("person", "p1"), R.RAISED_IN, ("thing", "survey")),
        (("person", "p1"), R.CODED_AS, ("thing", "need")),
        (("person", "p1"), R.RELEASED_IN, ("thing", "release")),
    )
    for key in ("survey", "need", "release"):
        found = thread_of("thing", key)
        assert found.is_alone
        assert "p1" not in repr(found)
    assert thread_of("person", "p1") is None


def test_what_is_not_public_is_crossed_and_shown_only_inside(kinds):
    join(
        (("thing", "workshop"), R.SUPPORTS, ("draft", "card")),
        (("draft", "card"), R.MERGED_INTO, ("thing", "line")),
    )
    visitor = thread_of("thing", "line")
    assert keys(visitor.before) == {(-2, "workshop")}
    assert [(one.hidden, one.hidden_told) for one in visitor.before] == [(0, 0), (1, 0)]
    assert visitor.joins == {(("thing", -2), ("thing", 0))}
    member = person(Role.ORGANISER)
    member.is_staff = True
    assert keys(thread_of("thing", "line", member).before) == {(-1, "card"), (-2, "workshop")}
    assert thread_of("draft", "card") is None
    assert thread_of("draft", "card", member).item.title == "Secret card"


def test_circles_doubles_and_objects_deleted_in_the_middle_end(kinds):
    join(
        (("thing", "1"), R.MERGED_INTO, ("thing", "2")),
        (("thing", "2"), R.MERGED_INTO, ("thing", "1")),
        (("thing", "2"), R.SUPPORTS, ("thing", "gone")),
        (("thing", "gone"), R.SUPPORTS, ("thing", "3")),
    )
    found = thread_of("thing", "1")
    assert keys(found.after) == {(1, "2"), (3, "3")}
    assert "gone" not in repr([one.entries for one in found.after]).replace("near=('thing', 'gone')", "")
    assert thread_of("thing", "gone") is None
    assert thread_of("licorne", "1") is None


def test_what_does_not_fit_is_counted_and_said(kinds):
    Link.objects.bulk_create(
        Link(source_kind="thing", source_id="1", relation=R.SUPPORTS, target_kind="other",
             target_id=str(number), linked_on=DAY)
        for number in range(MOST_LINKS + 5)
    )  # fmt: skip
    found = thread_of("thing", "1")
    (group,) = found.after
    assert (len(group.entries), group.count, found.is_cut) == (MOST_SHOWN, MOST_LINKS, True)


def test_the_picture_joins_every_box_and_fits_a_telephone(kinds):
    join(
        (("thing", "1"), R.SUPPORTS, ("other", "2")),
        (("thing", "1"), R.SUPPORTS, ("draft", "x")),
        (("other", "2"), R.IMPLEMENTED_BY, ("thing", "3")),
        (("thing", "0"), R.SUPPORTS, ("thing", "1")),
    )
    found = thread_of("thing", "1")
    picture = picture_of(found)
    assert len(picture.boxes) == 4
    assert len(picture.paths) == 3
    assert [box.is_start for box in picture.boxes] == [False, True, False, False]
    for box in picture.boxes:
        assert box.x > 0 and box.x + box.width <= picture.width and box.bottom <= picture.height
        assert all(len(line.text) <= 40 for line in box.lines)
    assert PER_ROW == 2
    assert "1" in sentence_of(found)


@pytest.mark.parametrize(
    "address", ["/fil/licorne/1/", "/fil/consultation/pas-une-cle/", "/fil/response/x/", "/fil/need/" + "9" * 160 + "/",
                "/fil/contribution/00000000-0000-0000-0000-000000000000/"],
)  # fmt: skip
def test_what_is_unknown_forged_or_personal_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_the_page_says_in_lists_what_the_picture_draws(client, kinds, monkeypatch):
    monkeypatch.setitem(
        lineage_kinds._entries,
        "thing",
        LineageKind("chose", lambda keys: {key: Item(f"Objet {key} {HOSTILE}", url="/") for key in keys}),
    )
    join((("thing", "1"), R.SUPPORTS, ("other", "2")))
    page = client.get(reverse("lineage:thread", args=["thing", "1"]))
    body = page.content.decode()
    assert page.status_code == 200
    assert HOSTILE not in body
    assert body.count("<rect") == 2
    assert reverse("lineage:thread", args=["other", "2"]) in body
    assert client.post(reverse("lineage:thread", args=["thing", "1"])).status_code == 405
