"""Taking in 50,000 records of another directory, previewed then written: memory does not grow with the file.

Half of the lines are organisations with their place, half their services. Memory is the most this process held of its
own while it took in a file ten times smaller, then the whole; pages of the database file that the system maps for it
are not its own. `DIRECTORY_RECORDS` makes it smaller.
"""

import json
import os
import resource
import tempfile
from pathlib import Path
from threading import Event, Thread
from time import perf_counter
from typing import Self

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from benchmarks.measuring import line  # noqa: E402
from demo import places  # noqa: E402
from directory.models import DirectoryImport, Service  # noqa: E402
from directory.services.importing import apply_import, stage_import, undo_import  # noqa: E402

COUNT = int(os.environ.get("DIRECTORY_RECORDS", "50000"))
SMALLER = 10
MOST_GROWTH = 1.5
"""Times the memory of a file ten times smaller: what is kept of each line is an identifier and a digest."""
DAY = "2026-10-01"
COMMUNE = {"commune": "Agen", "code_insee": "47001", "code_postal": "47000"}


def main() -> None:
    """Print the lines of this bench as JSON."""
    call_command("migrate", verbosity=0)
    places.load()
    with tempfile.TemporaryDirectory(prefix="bench-import-") as folder:
        with Peak() as small:
            first = take_in(write(Path(folder) / f"first{COUNT}", COUNT // SMALLER))
        whole = write(Path(folder) / f"whole{COUNT}", COUNT)
        with Peak() as large:
            started = perf_counter()
            take_in(whole)
            each = 1000 * (perf_counter() - started) / COUNT
        started = perf_counter()
        undo_import(actor=None, run=first)
        back = 1000 * (perf_counter() - started) / (COUNT // SMALLER)
    what = f"{COUNT} records, read, rehearsed and written"
    lines = [
        line(f"{what}: peak memory", large.megabytes, small.megabytes, most=MOST_GROWTH, unit="MB"),
        line(f"{what}: each", each, 0),
        line(f"{COUNT // SMALLER} of them taken back: each", back, 0),
    ]
    print(json.dumps(lines))


def take_in(folder: Path) -> DirectoryImport:
    """As the page does: staged, rehearsed, written."""
    before = Service.objects.count()
    run, _left_out = stage_import(actor=None, path=folder, form="data-inclusion", source=folder.name)
    apply_import(actor=None, run=run, keep=False)
    apply_import(actor=None, run=run)
    run.refresh_from_db()
    if Service.objects.count() - before != run.counts["service"]["new"]:
        raise SystemExit("the import did not write what it says")
    return run


def write(folder: Path, count: int) -> Path:
    """A file of organisations and a file of services."""
    folder.mkdir()
    half = count // 2
    with (folder / "structures.json").open("w") as file:
        file.write("[\n")
        for number in range(half):
            file.write(json.dumps(structure(folder.name, number)) + (",\n" if number < half - 1 else "\n]"))
    with (folder / "services.json").open("w") as file:
        file.write("[\n")
        for number in range(half):
            file.write(json.dumps(service(folder.name, number)) + (",\n" if number < half - 1 else "\n]"))
    return folder


def structure(name: str, number: int) -> dict[str, object]:
    return {
        "source": name,
        "id": f"{name}--o{number}",
        "nom": f"Organisme {name} {number}",
        "description": "Accueille et accompagne les personnes. " * 10,
        "date_maj": DAY,
        "adresse": f"{number} rue du Port",
        "telephone": "05 53 00 00 00",
        "horaires_accueil": "Mo-Fr 09:00-12:00,14:00-17:00",
        **COMMUNE,
    }


def service(name: str, number: int) -> dict[str, object]:
    return {
        "source": name,
        "id": f"{name}--s{number}",
        "structure_id": f"{name}--o{number}",
        "nom": f"Accompagnement {name} {number}",
        "description": "Une aide pour les démarches et la vie de tous les jours. " * 20,
        "date_maj": DAY,
        "thematiques": ["famille--soutien-aidants"],
        "publics": ["seniors"],
        "zone_eligibilite": ["47"],
        "telephone": "05 53 00 00 00",
        **COMMUNE,
    }


class Peak(Thread):
    """The most memory of its own this process holds while the block runs, looked at twenty times a second."""

    EVERY = 0.05

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.megabytes, self.over = 0.0, Event()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self.over.set()
        self.join()

    def run(self) -> None:
        while not self.over.wait(self.EVERY):
            self.megabytes = max(self.megabytes, own_mb())


def own_mb() -> float:
    """Anonymous memory where the system tells it, else the most that was ever resident."""
    try:
        told = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(told.partition("RssAnon:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main()
