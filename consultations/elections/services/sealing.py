"""Opening, closing, and making sure that what is left after the close joins nobody to a ballot.

At the close, in one transaction, ballots leave the urn and are written in the sealed box under other random keys,
in the order of those keys; the roll is written again by name, with one mark for every way of voting and without
codes. Deleted rows would still lie in the files, with the transaction that wrote both the ballot and the mark:
the tables are then rewritten (`VACUUM` on SQLite, `VACUUM FULL` on PostgreSQL), now and by the tick until it is done.
"""

import logging
import time
import uuid
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Visitor
from consultations.elections.models import CastBallot, Election, PaperSheet, RollEntry, SealedBallot
from consultations.elections.services.acting import begin
from core.services import record_audit

logger = logging.getLogger(__name__)
REWRITTEN = (RollEntry, CastBallot, SealedBallot, PaperSheet)


@transaction.atomic
def open_election(*, actor: Visitor, election: Election) -> Election:
    """People vote from now on, from the hour announced."""
    election = begin(actor=actor, election=election, step="open")
    now = timezone.now()
    if now < election.opens_at:
        raise ValidationError(_("The vote opens by itself at the hour announced, not before."))
    if now >= election.closes_at:
        raise ValidationError(_("The hour of the close is past: cancel this election and prepare another."))
    has_codes = election.roll.exclude(code_hash="").exists()
    if election.takes_online and not has_codes and election.roll.filter(user=None).exists():
        raise ValidationError(_("Print the letters with the codes first."))
    election.registered = election.roll.count()
    election.save(update_fields=["state", "registered"])
    record_audit(actor=actor, verb="election_opened", target=election)
    return election


@transaction.atomic
def close_election(*, actor: Visitor, election: Election) -> Election:
    """Take no more votes and seal the ballots; before the hour only when everyone has voted."""
    election = begin(actor=actor, election=election, step="close")
    is_waiting = election.roll.filter(mark=RollEntry.Mark.NONE).exists()
    if timezone.now() < election.closes_at and is_waiting:
        raise ValidationError(_("The vote closes at the hour announced: some people have not voted yet."))
    election.voted_online = election.roll.filter(mark=RollEntry.Mark.ONLINE).count()
    election.voted_on_paper = election.roll.filter(mark=RollEntry.Mark.PAPER).count()
    election.are_traces_erased = False
    election.save(update_fields=["state", "voted_online", "voted_on_paper", "are_traces_erased"])
    seal(election, [one.choices for one in election.urn.all()])
    election.urn.all().delete()
    _write_roll_again(election)
    changes = {"voted": election.voted, "registered": election.registered}
    record_audit(actor=actor, verb="election_closed", target=election, changes=changes)
    transaction.on_commit(erase_traces)
    return election


def seal(election: Election, ballots: Iterable[list[str] | None]) -> None:
    """Write these ballots, in the order of new random keys: their place says nothing that the key does not."""
    made = [SealedBallot(id=uuid.uuid4(), election=election, choices=one) for one in ballots]
    SealedBallot.objects.bulk_create(sorted(made, key=lambda one: one.pk.hex), batch_size=500)


def _write_roll_again(election: Election) -> None:
    """By name, under other keys: neither the place of a row nor a receipt's key tells when someone voted."""
    entries = list(election.roll.order_by("name", "pk"))
    election.roll.all().delete()
    for entry in entries:
        entry.code_hash = ""
        entry.mark = RollEntry.Mark.VOTED if entry.has_voted else RollEntry.Mark.NONE
    RollEntry.objects.bulk_create(entries, batch_size=500)


PATIENCE = 5.0  # seconds given to the transactions under way; the tick comes back after that
STILL_SEEING = """
    SELECT pg_snapshot_xmin(pg_current_snapshot()) < %(now)s::xid8 OR EXISTS (
        SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND backend_xmin IS NOT NULL AND age(backend_xmin) > age((%(now)s::xid8)::xid)
    )
"""  # any transaction of the whole server holds back what a rewriting may leave out


def erase_traces() -> int:
    """Called after a close and by the tick: rewrite the tables so that nothing deleted is left in them."""
    waiting = list(Election.objects.filter(are_traces_erased=False).values_list("pk", flat=True))
    if (
        not waiting or connection.in_atomic_block
    ):  # a rewriting cannot be part of a transaction: the tick will do it
        return 0
    try:
        _rewrite_tables()
    except DatabaseError:  # somebody reads or writes: the tick comes back in a minute
        logger.warning("The tables of elections could not be rewritten now")
        return 0
    Election.objects.filter(pk__in=waiting).update(are_traces_erased=True)
    return len(waiting)


def _rewrite_tables() -> None:
    """Raises OperationalError while somebody else's transaction would make the database keep what was deleted."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if (is_busy := cursor.fetchone()) and is_busy[0]:
                raise OperationalError("somebody still reads what the log holds")
            return
        _wait_for_older_transactions(cursor)
        for model in REWRITTEN:
            cursor.execute(f"VACUUM (FULL, ANALYZE) {connection.ops.quote_name(model._meta.db_table)}")


def _wait_for_older_transactions(cursor: CursorWrapper) -> None:
    """Until every transaction that began before this moment has ended: they make PostgreSQL keep deleted rows."""
    cursor.execute("SELECT pg_current_xact_id()::text")
    now, deadline = cursor.fetchone()[0], time.monotonic() + PATIENCE
    while True:
        cursor.execute(STILL_SEEING, {"now": now})
        if not cursor.fetchone()[0]:
            return
        if time.monotonic() > deadline:
            raise OperationalError("somebody may still see what was deleted, so a rewriting would keep it")
        time.sleep(0.05)


def open_due_elections() -> int:
    """Called by the tick: those whose hour has come; one that cannot open says why in the workspace."""
    return _each(Election.objects.to_open(), open_election)


def close_due_elections() -> int:
    """Called by the tick: those whose hour is past."""
    return _each(Election.objects.to_close(), close_election)


def _each(found: Iterable[Election], act: object) -> int:
    done = 0
    for election in found:
        try:
            act(actor=None, election=election)  # type: ignore[operator]
        except ValidationError as refused:
            logger.info("Election %s waits: %s", election.pk, " ".join(refused.messages))
        else:
            done += 1
    return done
