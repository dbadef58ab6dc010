"""Pages and files of annual reports."""
