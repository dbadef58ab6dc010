"""Read a folder of public files into one plan; nothing here writes to the database."""

from pathlib import Path

from territories.importing.cog import add_wide_levels
from territories.importing.communes import add_communes
from territories.importing.epci import add_epci
from territories.importing.folder import Folder
from territories.importing.layers import add_layers
from territories.importing.plan import Plan
from territories.importing.populations import add_populations, share_epci
from territories.importing.postcodes import add_postcodes


def read_folder(path: Path, *, fix_winding: bool = False) -> Plan:
    """The state the files describe; raises ImportRefused with every problem found."""
    plan, folder = Plan(), Folder(path)
    add_wide_levels(plan, folder)
    cantons = add_communes(plan, folder)
    add_epci(plan, folder)
    add_layers(plan, folder, cantons, fix_winding=fix_winding)
    add_postcodes(plan, folder)
    add_populations(plan, folder)
    share_epci(plan)
    plan.check()
    return plan
