"""The councils of the demo story: fictional, people named by their role only, never by a name."""

import datetime
from dataclasses import dataclass

from consultations.councils.models import CouncilKind

CREATED = datetime.date(2024, 12, 2)
SEATED = datetime.date(2025, 2, 3)
DEPARTMENT = "departement:47"
PAPER = "Repris du registre papier du conseil."
Seats = dict[str, tuple[int, int]]

REFERENCE: Seats = {
    "supported_persons": (3, 2),
    "families": (3, 2),
    "staff": (1, 1),
    "management": (1, 0),
    "doctor": (1, 0),
}
WORK: Seats = {"supported_persons": (4, 2), "families": (1, 0), "staff": (2, 1), "management": (1, 0)}
HOME: Seats = {"supported_persons": (4, 1), "families": (2, 1), "staff": (2, 0), "management": (1, 0)}
YOUTH: Seats = {
    "supported_persons": (4, 2),
    "legal_representatives": (2, 0),
    "staff": (2, 0),
    "management": (1, 0),
}
RESIDENCE: Seats = {"supported_persons": (3, 1), "families": (1, 0), "staff": (1, 0), "management": (1, 0)}
FEDERATED: Seats = {"supported_persons": (8, 0), "families": (8, 0), "staff": (8, 0)}
CDCA: Seats = {"users_group": (8, 8), "elected_officials": (4, 0), "operator": (4, 0), "others": (4, 0)}
CITIZENS: Seats = {"supported_persons": (8, 0), "volunteers": (4, 0)}
ASSEMBLY: Seats = {"supported_persons": (12, 0), "volunteers": (2, 0)}
GROUP: Seats = {"supported_persons": (5, 0), "families": (2, 0), "staff": (1, 0)}


@dataclass(frozen=True)
class DemoCouncil:
    """One council: its establishment (or place) and its seats, all held unless `empty` says otherwise."""

    slug: str
    name: str
    kind: str
    seats: Seats
    establishment: str = ""
    place: str = DEPARTMENT
    summary: str = ""
    easy_read: str = ""
    empty: tuple[str, ...] = ()


CVS = CouncilKind.CVS
SUMMARY = "Résidents, familles et personnel y donnent leur avis sur la vie de l’établissement."
EASY = "Le conseil parle de la vie ici.\nLes résidents et les familles y donnent leur avis.\nLa direction doit répondre."
COUNCILS = (
    DemoCouncil("cvs-ehpad-agen", "CVS Les Terrasses de Garonne", CVS, REFERENCE, "ehpad-agen", "commune:47001", SUMMARY, EASY),
    DemoCouncil("cvs-ehpad-marmande", "CVS Le Clos des Tomates bleues", CVS, REFERENCE, "ehpad-marmande", "commune:47157", SUMMARY, EASY),
    DemoCouncil("cvs-ehpad-nerac", "CVS Les Rives de Baïse", CVS, REFERENCE, "ehpad-nerac", "commune:47195", SUMMARY, EASY),
    DemoCouncil("cvs-ehpad-fumel", "CVS La Forge d’or", CVS, REFERENCE, "ehpad-fumel", "commune:47106", SUMMARY, EASY),
    DemoCouncil("cvs-esat-agen", "CVS Les Ateliers du Canal", CVS, WORK, "esat-agen", "commune:47001",
                "Les travailleurs de l’ESAT y parlent des ateliers, des horaires et des sorties."),
    DemoCouncil("cvs-esat-villeneuve", "CVS La Bastide verte", CVS, WORK, "esat-villeneuve", "commune:47323",
                "Les travailleurs de l’ESAT y parlent des ateliers, des horaires et des sorties."),
    DemoCouncil("cvs-foyer-tonneins", "CVS Le Grand Chêne", CVS, HOME, "foyer-tonneins", "commune:47310",
                "Les habitants du foyer de vie y préparent les sorties et les travaux.", empty=("families",)),
    DemoCouncil("cvs-foyer-jeunes", "CVS Les Lisières", CVS, YOUTH, "foyer-jeunes-casteljaloux", "commune:47052",
                "Des jeunes de 11 à 18 ans y siègent, avec l’accord de leurs parents."),
    DemoCouncil("cvs-residence-villeneuve", "CVS Résidence autonomie Les Pruniers", CVS, RESIDENCE, "residence-villeneuve",
                "commune:47323", "Les locataires y parlent des repas, des animations et des charges.",
                "Le conseil parle de la vie à la résidence.\nLes locataires y donnent leur avis."),
    DemoCouncil("federation-cvs-47", "Fédération des CVS 47", CouncilKind.FEDERATION, FEDERATED,
                summary="Huit conseils se parlent, portent ensemble leurs avis et se forment.",
                easy_read="Huit conseils travaillent ensemble.\nIls portent la même parole."),
    DemoCouncil("cdca-47", "CDCA de Lot-et-Garonne", CouncilKind.CDCA, CDCA, "departement-47",
                summary="Il donne un avis sur les politiques de l’autonomie du département."),
    DemoCouncil("conseil-citoyen-agen", "Conseil citoyen d’Agen", CouncilKind.CITIZENS, CITIZENS, "ccas-agen", "commune:47001",
                "Des habitants et des associations du quartier y préparent des projets."),
    DemoCouncil("assemblee-gem-agen", "Assemblée du GEM La Parenthèse", CouncilKind.MEMBERS_ASSEMBLY, ASSEMBLY, "gem-agen",
                "commune:47001", "Les adhérents décident ensemble des activités et du budget. Ce n’est pas un CVS."),
    DemoCouncil("groupe-expression-saad", "Groupe d’expression de l’aide à domicile", CouncilKind.EXPRESSION_GROUP, GROUP,
                "saad-duras-lauzun", "epci:244700449",
                "Un service à domicile n’a pas de CVS : les personnes aidées et leurs proches s’y expriment."),
)  # fmt: skip
ALONE = ("cvs-residence-villeneuve",)  # has not joined the federation
FEDERATED_SLUGS = tuple(one.slug for one in COUNCILS if one.kind == CVS and one.slug not in ALONE)
PEOPLE = {
    "supported_persons": "Personne accompagnée",
    "families": "Proche",
    "legal_representatives": "Parent",
    "users_group": "Association d’usagers",
    "staff": "Membre du personnel",
    "management": "Direction",
    "doctor": "Médecin coordonnateur",
    "elected_officials": "Conseillère départementale",
    "operator": "Organisme gestionnaire",
    "volunteers": "Bénévole",
    "others": "Personne qualifiée",
}
ACCOUNTS = {  # council, constituency, rank, number -> demo account
    ("cvs-ehpad-agen", "supported_persons", "full", 1): "presidente-cvs",
    ("cvs-ehpad-agen", "families", "substitute", 1): "suppleante-familles",
    ("cvs-ehpad-agen", "management", "full", 1): "directrice-ehpad",
    ("cvs-ehpad-agen", "families", "full", 1): "aidante",
    ("cvs-esat-agen", "supported_persons", "full", 1): "travailleur-esat",
    ("cdca-47", "elected_officials", "full", 1): "elue",
    ("federation-cvs-47", "supported_persons", "full", 1): "presidente-cvs",
}
