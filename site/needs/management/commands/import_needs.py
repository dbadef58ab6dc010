"""Load the nomenclature of needs and services from a table."""

from django.utils.translation import gettext_lazy

from core.imports.command import ImportCommand
from needs.imports import NEEDS


class Command(ImportCommand):
    help = gettext_lazy(
        "Create and change codes of needs and services from a CSV or XLSX file. Never deletes a code."
    )
    kind = NEEDS
