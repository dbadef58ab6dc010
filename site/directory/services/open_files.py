"""Makes the archives of the public directory, in the background: a large directory takes minutes."""

import datetime
import tempfile
import zipfile
from pathlib import Path

from django.core.cache import cache
from django.core.files import File
from django.core.files.storage import default_storage
from django.utils import timezone
from django_tasks import task

from directory.selectors.exported import EXPORTS, export
from directory.selectors.open_files import FOLDER, name_of

ASKED_AGAIN = 3600
"""Seconds after which an archive that is still missing is asked again."""


def prepare_open_files() -> int:
    """Called by the tick: ask for the archives of today that are not made; how many were asked."""
    today, count = timezone.localdate(), 0
    for form in EXPORTS:
        if default_storage.exists(name_of(form, today)):
            continue
        if cache.add(f"directory:open:{form}:{today}", True, ASKED_AGAIN):
            write_open_file.enqueue(form)
            count += 1
    return count


@task()
def write_open_file(form: str) -> None:
    """One archive, complete or not there at all; those of other days then go."""
    today = timezone.localdate()
    name = name_of(form, today)
    with tempfile.TemporaryDirectory(prefix="open-") as folder:
        export(form, Path(folder) / form)
        path = Path(folder) / "all.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for one in sorted((Path(folder) / form).iterdir()):
                archive.write(one, one.name)
        with path.open("rb") as file:
            if not default_storage.exists(name):
                default_storage.save(name, File(file))
    _forget_others(form, today)


def _forget_others(form: str, today: datetime.date) -> None:
    kept = Path(name_of(form, today)).name
    for one in default_storage.listdir(FOLDER)[1]:
        if one.startswith(f"{form}-") and one != kept:
            default_storage.delete(f"{FOLDER}/{one}")
