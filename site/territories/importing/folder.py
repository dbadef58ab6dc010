"""Find the known files of a folder by their names."""

from pathlib import Path

from django.utils.translation import gettext as _

from core.problems import ImportRefused, Problem
from core.tabular import Table, read_table

MAX_BYTES = 60_000_000


class Folder:
    """A folder of public files: COG, EPCI composition, populations, outlines."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.is_dir():
            raise ImportRefused(
                [
                    Problem(
                        str(path),
                        "",
                        _("this folder does not exist"),
                        _("Give the folder that holds the COG and GeoJSON files."),
                    )
                ]
            )

    def files(self, pattern: str) -> list[Path]:
        return sorted(path for path in self.path.glob(pattern) if path.is_file())

    def tables(self, pattern: str, *columns: str) -> list[Table]:
        """The tables whose name matches, each with at least `columns`."""
        tables = [
            read_table(path.read_bytes(), name=path.name, max_bytes=MAX_BYTES) for path in self.files(pattern)
        ]
        for table in tables:
            table.require(*columns)
        return tables

    def need(self, pattern: str, *columns: str) -> list[Table]:
        """As `tables`, refusing a folder that has none."""
        tables = self.tables(pattern, *columns)
        if not tables:
            raise ImportRefused(
                [
                    Problem(
                        pattern,
                        "",
                        _("no such file in %(folder)s") % {"folder": self.path},
                        _("Download it from the sources named in SOURCES.md."),
                    )
                ]
            )
        return tables
