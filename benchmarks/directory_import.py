"""Taking in 50,000 records of another directory, previewed then written: memory does not grow with the file.

Half of the lines are organisations with their place, half their services. Memory is the highest this process ever
reached: after a file ten times smaller, then after the whole. `DIRECTORY_RECORDS` makes it smaller.
"""

import json
import os
import resource
import tempfile
from pathlib import Path
from time import perf_counter

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
        first = take_in(write(Path(folder) / f"first{COUNT}", COUNT // SMALLER))
        small = peak_mb()
        whole = write(Path(folder) / f"whole{COUNT}", COUNT)
        started = perf_counter()
        take_in(whole)
        each = 1000 * (perf_counter() - started) / COUNT
        large = peak_mb()
        started = perf_counter()
        undo_import(actor=None, run=first)
        back = 1000 * (perf_counter() - started) / (COUNT // SMALLER)
    what = f"{COUNT} records, read, rehearsed and written"
    lines = [
        line(f"{what}: peak memory", large, small, most=MOST_GROWTH, unit="MB"),
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


def peak_mb() -> float:
    """The most memory this process ever held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
