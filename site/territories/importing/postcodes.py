"""Postal codes, where an instance adds the file: one code may serve many communes, and the reverse."""

from django.utils.translation import gettext as _

from territories.importing.cog import line
from territories.importing.folder import Folder
from territories.importing.plan import Alias, Plan
from territories.models import TerritoryAlias


def add_postcodes(plan: Plan, folder: Folder) -> None:
    """Read `codes-postaux.csv`: columns `code_postal` and `code_commune`, one line per pair."""
    for table in folder.tables("codes-postaux.csv", "code_postal", "code_commune"):
        for row in plan.take(table):
            code, commune = row.cells["code_postal"], row.cells["code_commune"]
            key = plan.find("commune", commune)
            if len(code) != 5 or not code.isdecimal():
                plan.refuse(
                    table.name,
                    line(row),
                    _("“%(code)s” is not a postal code") % {"code": code},
                    _("Write five digits."),
                )
            elif key is None:
                plan.refuse(
                    table.name,
                    line(row),
                    _("commune %(code)s is unknown") % {"code": commune},
                    _("Correct the code, or add it to the COG file."),
                )
            else:
                plan.aliases.add(Alias(key, TerritoryAlias.Kind.POSTAL, code))
