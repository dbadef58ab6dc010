"""A table as a file anyone may open: every cell guarded, accents kept."""

from typing import Any

import tablib
from django.http import Http404, HttpResponse

from core.spreadsheet import BOM, guard_cell

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def table_file(table: tablib.Dataset, name: str, extension: str) -> HttpResponse:
    """The table as a download; 404 for a format we do not write."""
    if extension not in FORMATS:
        raise Http404
    cells: Any = ([guard_cell(cell) for cell in row] for row in table)
    data = getattr(tablib.Dataset(*cells, headers=table.headers), extension)
    response = HttpResponse(BOM + data if extension == "csv" else data, content_type=FORMATS[extension])
    response["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    return response
