"""A process of its own that reads the first sheet of a spreadsheet, and nothing else: run by `core.sheets`.

A file of a few bytes can ask for more memory than any machine has: the limits set here end this process, not the server.
Started by its path, apart from the site: what it needs is the standard library and the reader of spreadsheets.
"""

import io
import json
import sys

MEMORY, SECONDS = 1 << 30, 20
UNREADABLE = 3


def limit() -> None:
    """Where the system can: bytes of memory, seconds of work."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def as_text(cell: object) -> str:
    """Spreadsheets hold 47001 as 47001.0, and dates as dates."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell)


def main() -> int:
    """Rows that hold something, with their numbers, one a line."""
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

    most = int(sys.argv[1])
    limit()
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read())).get_sheet_by_index(0)
        grid = sheet.to_python(skip_empty_area=False)
    except (CalamineError, ValueError, IndexError):
        return UNREADABLE
    for number, cells in enumerate(grid, 1):
        texts = [as_text(cell) for cell in cells]
        if any(text.strip() for text in texts):
            sys.stdout.write(json.dumps([number, texts]) + "\n")
            most -= 1
        if not most:
            break
    return 0


if __name__ == "__main__":
    sys.exit(main())
