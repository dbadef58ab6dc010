"""The attacker: the whole database after the close, columns of the system and raw bytes included, and the logs.

What an attacker may join by: a value common to a voter and a ballot, the order of rows, the transaction that wrote
them, what was deleted but still lies in the file, and what was written elsewhere at the same moment.
"""

import json
import logging
import time
from itertools import pairwise
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, connections, transaction

from consultations.elections import services
from consultations.elections.models import CastBallot, Election, RollEntry, SealedBallot
from consultations.elections.services import sealing
from tests.factories import elections as made
from tests.surveys.test_concurrency import real_database, run_together

CHOICES = (["1"], ["2"], ["1", "2"], [], ["3"], ["2", "3"])


def everything() -> dict[str, list[str]]:
    """Every row of every table, as text; what the system adds where it can be read."""
    rows = {}
    hidden = "rowid" if connection.vendor == "sqlite" else "ctid::text, xmin::text, xmax::text"
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            try:
                cursor.execute(f'SELECT {hidden}, * FROM "{name}"')
            except Exception:
                cursor.execute(f'SELECT * FROM "{name}"')
            rows[name] = [json.dumps([str(cell) for cell in row]) for row in cursor.fetchall()]
    return rows


def vote_all(codes: dict[str, str]) -> None:
    for code, choices in zip(codes.values(), CHOICES, strict=True):
        made.vote(code, *choices)


@pytest.mark.django_db
def test_casting_writes_the_urn_and_the_mark_and_nothing_else_anywhere(caplog):
    _election, codes = made.opened()
    before = everything()
    with caplog.at_level(logging.DEBUG):
        made.vote(codes["Électeur 01"], "1")
    after = everything()
    changed = {name for name in after if sorted(after[name]) != sorted(before[name])}
    assert changed == {CastBallot._meta.db_table, RollEntry._meta.db_table}
    said = [one.getMessage() for one in caplog.records if not one.name.startswith("django.db")]
    assert said == []


@pytest.mark.django_db
def test_after_the_close_no_value_is_common_to_a_voter_and_a_ballot():
    election, codes = made.opened(method="online")
    vote_all(codes)
    urn = {str(one) for one in CastBallot.objects.values_list("pk", flat=True)}
    election = made.closed(election)
    assert not CastBallot.objects.exists()
    ballots = list(SealedBallot.objects.filter(election=election).values())
    assert sorted(map(str, (one["choices"] for one in ballots))) == sorted(map(str, CHOICES))
    assert all(set(one) == {"id", "election_id", "choices"} for one in ballots)
    assert not urn & {str(one["id"]) for one in ballots}
    voters = list(RollEntry.objects.filter(election=election).values())
    known = {str(cell) for one in voters for name, cell in one.items() if name != "election_id"}
    assert not known & {str(cell) for one in ballots for name, cell in one.items() if name == "id"}
    for ballot in ballots:  # nowhere else in the database
        places = [
            name
            for name, rows in everything().items()
            if any(str(ballot["id"]) in row or ballot["id"].hex in row for row in rows)
        ]
        assert places == [SealedBallot._meta.db_table]


@pytest.mark.django_db
def test_the_order_of_what_is_left_tells_nothing():
    """Ballots lie in the order of their random keys, the roll in the order of names: neither of the vote's."""
    election, codes = made.opened(method="online")
    vote_all(dict(reversed(codes.items())))
    election = made.closed(election)
    place = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {SealedBallot._meta.db_table} ORDER BY {place}")
        keys = [str(row[0]).replace("-", "") for row in cursor.fetchall()]
        cursor.execute(f"SELECT name FROM {RollEntry._meta.db_table} ORDER BY {place}")
        names = [row[0] for row in cursor.fetchall()]
    assert all(first < second for first, second in pairwise(keys))
    assert names == sorted(codes)


@pytest.mark.django_db
def test_the_way_of_voting_is_forgotten_and_paper_is_mixed_in():
    election, codes = made.opened()
    made.vote(codes["Électeur 01"], "1")
    services.mark_paper_voter(actor=None, entry=made.elector(codes["Électeur 02"]))
    election = made.closed(election)
    assert set(election.roll.values_list("mark", flat=True)) == {"", "voted"}
    fields = {field.name for field in SealedBallot._meta.get_fields()}
    assert fields == {"id", "election", "choices"}


@pytest.mark.django_db
def test_no_other_model_points_to_a_ballot_or_an_elector():
    watched = {CastBallot, SealedBallot, RollEntry}
    pointing = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if getattr(field, "many_to_one", False) and field.related_model in watched
    ]
    assert pointing == []


@pytest.mark.django_db(transaction=True)
def test_nothing_deleted_is_left_in_the_files_and_one_transaction_wrote_each_table(tmp_path):
    """On a real file or server: raw bytes on SQLite, transaction numbers and places on PostgreSQL."""
    election, codes = made.opened(method="online")

    def after_the_close() -> dict[str, object]:
        vote_all(codes)
        urn = [one.hex for one in CastBallot.objects.values_list("pk", flat=True)]
        hashes = list(RollEntry.objects.values_list("code_hash", flat=True))
        before = raw_state()
        made.past_hour(election)
        services.close_due_elections()
        erase_in_the_end()
        closed = Election.objects.get(pk=election.pk)
        return {"before": before, "after": raw_state(), "deleted": urn + hashes, "closed": closed}

    with real_database(tmp_path):
        [seen], failures = run_together([after_the_close])
    assert failures == []
    assert seen["closed"].are_traces_erased
    assert seen["closed"].ballots.model is SealedBallot
    if connection.vendor == "sqlite":
        assert all(one.encode() in seen["before"] for one in seen["deleted"])
        assert not any(one.encode() in seen["after"] for one in seen["deleted"])
    else:
        assert seen["after"]["writers"] == {"ballots": 1, "roll": 1}
        assert seen["after"]["dead"] == 0
        assert not seen["after"]["files"] & seen["before"]["files"]


def erase_in_the_end():
    """As the tick does: again until nobody, the server's own upkeep included, may still see what was deleted."""
    for _minute in range(100):
        if not Election.objects.filter(are_traces_erased=False).exists() or services.erase_traces():
            return
        time.sleep(0.1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer and no old snapshots")
def test_traces_are_not_called_erased_while_somebody_may_still_see_them(monkeypatch):
    monkeypatch.setattr(sealing, "PATIENCE", 0.2)
    election, codes = made.opened(method="online")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        assert CastBallot.objects.count() == 0  # this transaction now sees the world as it is

        def close() -> bool:
            vote_all(codes)
            made.past_hour(election)
            services.close_due_elections()
            services.erase_traces()
            return Election.objects.get(pk=election.pk).are_traces_erased

        assert run_together([close]) == ([False], [])
    monkeypatch.undo()
    erase_in_the_end()
    assert Election.objects.get(pk=election.pk).are_traces_erased
    assert raw_state()["dead"] == 0


def raw_state():
    """Every byte of the database's files on SQLite; who wrote what, and which files, on PostgreSQL."""
    if connection.vendor == "sqlite":
        path = Path(connections.settings["default"]["NAME"])
        found = [path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-journal")]
        return b"".join(one.read_bytes() for one in found if one.exists())
    tables = [model._meta.db_table for model in (RollEntry, CastBallot, SealedBallot)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(DISTINCT xmin::text) FROM {SealedBallot._meta.db_table}")
        ballots = cursor.fetchone()[0]
        cursor.execute(f"SELECT count(DISTINCT xmin::text) FROM {RollEntry._meta.db_table}")
        roll = cursor.fetchone()[0]
        cursor.execute("SELECT relfilenode FROM pg_class WHERE relname = ANY(%s)", [tables])
        files = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT pg_relation_size(%s)", [CastBallot._meta.db_table])
        dead = cursor.fetchone()[0]
    return {"writers": {"ballots": ballots, "roll": roll}, "files": files, "dead": dead}
