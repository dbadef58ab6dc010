"""Reads of territories: codes, names, the graph of who is in what, outlines."""

from territories.selectors.codes import (
    AmbiguousTerritory,
    CyclicTerritory,
    TerritoryError,
    UnknownTerritory,
    resolve_code,
)
from territories.selectors.graph import (
    Kin,
    Members,
    RollUp,
    Share,
    ancestors,
    commune_to,
    descendants,
    members,
)
from territories.selectors.home import home_departement
from territories.selectors.outlines import (
    LayerFiles,
    Outlines,
    Shape,
    UnknownLayer,
    layer_files,
    map_outlines,
    read_layer_file,
)
from territories.selectors.points import centres, place_points
from territories.selectors.search import TerritoryMatch, search_territories

__all__ = [
    "AmbiguousTerritory",
    "CyclicTerritory",
    "Kin",
    "LayerFiles",
    "Members",
    "Outlines",
    "RollUp",
    "Shape",
    "Share",
    "TerritoryError",
    "TerritoryMatch",
    "UnknownLayer",
    "UnknownTerritory",
    "ancestors",
    "centres",
    "commune_to",
    "descendants",
    "home_departement",
    "layer_files",
    "map_outlines",
    "members",
    "place_points",
    "read_layer_file",
    "resolve_code",
    "search_territories",
]
