"""Files are safe to open in a spreadsheet."""

from observatory.portal.exports import COLUMNS, csv_lines


def test_file_has_a_header_and_quotes_what_needs_it():
    lines = list(csv_lines([["a", "b,c"]]))
    assert lines == [",".join(COLUMNS) + "\r\n", 'a,"b,c"\r\n']
