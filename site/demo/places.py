"""Real territories and fictional organisations, marked as such."""

from pathlib import Path

from django.conf import settings

from core.imports.preview import run_import
from core.problems import ImportRefused
from core.tabular import read_table
from needs.imports import NEEDS
from organisations.models import Organisation
from organisations.services import save_organisation
from territories.models import Territory
from territories.services import import_territories

SITE = Path(settings.ROOT) / "site"
TERRITORY_DATA, NEEDS_FILE = SITE / "territories" / "data", SITE / "needs" / "data" / "needs.csv"
SHIPPED = (TERRITORY_DATA, NEEDS_FILE)
AUTHORITY, ESTABLISHMENT, ASSOCIATION = (
    Organisation.Kind.AUTHORITY,
    Organisation.Kind.ESTABLISHMENT,
    Organisation.Kind.ASSOCIATION,
)
ORGANISATIONS = (
    ("departement-47", "Département de Lot-et-Garonne", AUTHORITY, "departement", "47"),
    ("mdph-47", "Maison départementale des personnes handicapées (MDPH 47)", AUTHORITY, "departement", "47"),
    ("cms-agen", "Centre médico-social d’Agen", AUTHORITY, "commune", "47001"),
    ("cms-marmande", "Centre médico-social de Marmande", AUTHORITY, "commune", "47157"),
    ("cms-villeneuve", "Centre médico-social de Villeneuve-sur-Lot", AUTHORITY, "commune", "47323"),
    ("cms-nerac", "Centre médico-social de Nérac", AUTHORITY, "commune", "47195"),
    ("cms-tonneins", "Centre médico-social de Tonneins", AUTHORITY, "commune", "47310"),
    ("cms-fumel", "Centre médico-social de Fumel", AUTHORITY, "commune", "47106"),
    ("ccas-agen", "CCAS d’Agen", AUTHORITY, "commune", "47001"),
    ("ccas-marmande", "CCAS de Marmande", AUTHORITY, "commune", "47157"),
    ("ccas-villeneuve", "CCAS de Villeneuve-sur-Lot", AUTHORITY, "commune", "47323"),
    ("cias-albret", "CIAS de l’Albret", AUTHORITY, "epci", "200068948"),
    ("cias-pays-de-lauzun", "CIAS du Pays de Lauzun", AUTHORITY, "epci", "244700464"),
    ("ehpad-agen", "EHPAD Les Terrasses de Garonne", ESTABLISHMENT, "commune", "47001"),
    ("ehpad-marmande", "EHPAD Le Clos des Tomates bleues", ESTABLISHMENT, "commune", "47157"),
    ("ehpad-nerac", "EHPAD Les Rives de Baïse", ESTABLISHMENT, "commune", "47195"),
    ("ehpad-fumel", "EHPAD La Forge d’or", ESTABLISHMENT, "commune", "47106"),
    ("residence-villeneuve", "Résidence autonomie Les Pruniers", ESTABLISHMENT, "commune", "47323"),
    ("esat-agen", "ESAT Les Ateliers du Canal", ESTABLISHMENT, "commune", "47001"),
    ("esat-villeneuve", "ESAT La Bastide verte", ESTABLISHMENT, "commune", "47323"),
    ("savs-agen", "SAVS Le Trait d’union", ESTABLISHMENT, "commune", "47001"),
    ("savs-villeneuve", "SAVS La Bastide verte", ESTABLISHMENT, "commune", "47323"),
    ("foyer-tonneins", "Foyer de vie Le Grand Chêne", ESTABLISHMENT, "commune", "47310"),
    (
        "saad-duras-lauzun",
        "Aide à domicile des Pays de Duras et de Lauzun (SAAD)",
        ESTABLISHMENT,
        "epci",
        "244700449",
    ),
    (
        "ssiad-val-de-garonne",
        "Soins infirmiers à domicile du Val de Garonne (SSIAD)",
        ESTABLISHMENT,
        "epci",
        "200030674",
    ),
    ("gem-agen", "GEM La Parenthèse", ASSOCIATION, "commune", "47001"),
    (
        "foyer-jeunes-casteljaloux",
        "Maison des jeunes Les Lisières (11–18 ans)",
        ESTABLISHMENT,
        "commune",
        "47052",
    ),
    ("gcsms-lot-garonne", "GCSMS Confluences (ESAT, SAVS et foyer de vie)", ASSOCIATION, "departement", "47"),
)


def load() -> None:
    """Idempotent: the second time changes nothing. Raises ImportRefused when the shipped data is damaged."""
    import_territories(folder=TERRITORY_DATA)
    _load_needs()
    places = {(territory.level_id, territory.code): territory for territory in Territory.objects.current()}
    for slug, name, kind, level, code in ORGANISATIONS:
        save_organisation(
            actor=None,
            slug=slug,
            name=f"{name} (démo)",
            kind=kind,
            territory=places[level, code],
            is_demo=True,
        )


def _load_needs() -> None:
    table = read_table(NEEDS_FILE.read_bytes(), name=NEEDS_FILE.name)
    preview = run_import(NEEDS, table, actor=None, keep=True)
    if preview.problems:
        raise ImportRefused(preview.problems)
