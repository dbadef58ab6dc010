"""What is said in the demo's workshops: invented words on the themes of the archive of 2014."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """A device of the story: whose college, and how many people around it."""

    college: str
    people: int = 1
    name: str = ""

    @property
    def device(self) -> str:
        return "tablet" if self.people > 1 else "phone"


TABLES = (
    Table("residents", 6, "Table du marché"),
    Table("residents", 5, "Table de la halle"),
    Table("relatives", 4, "Table des proches"),
    Table("professionals", 7, "Table des métiers"),
    Table("residents", name="Odette"),
    Table("residents"),
    Table("relatives"),
    Table("relatives", name="Karim"),
    Table("professionals"),
    Table("officials"),
    Table("officials"),
    Table("funders"),
)
# Group, then its cards: table, words, need, level of place.
GROUPS: tuple[tuple[str, tuple[tuple[int, str, str, str], ...]], ...] = (
    (
        "Se déplacer",
        (
            (0, "Le bus ne passe plus le samedi.", "1.3.4.2", "commune"),
            (4, "Je ne conduis plus la nuit, je ne vois plus personne le soir.", "1.3.4.2", "home"),
            (2, "Pour le rendez-vous à l’hôpital, il faut poser une journée.", "1.3.4.2", "departement"),
            (9, "Le transport à la demande existe, mais personne ne le connaît.", "1.3.4.2", "epci"),
        ),
    ),
    (
        "Savoir à qui parler",
        (
            (6, "Je ne sais pas qui appeler quand mon mari sort de l’hôpital.", "1.E.3", "home"),
            (1, "On raconte trois fois la même chose à trois personnes différentes.", "1.E.3", "commune"),
            (3, "Chaque service a son dossier, aucun ne se parle.", "", "departement"),
            (7, "Il faudrait une personne qui suive tout.", "1.E.3", "home"),
            (11, "Un seul guichet par canton, avec les mêmes réponses partout.", "", "departement"),
        ),
    ),
    (
        "Souffler quand on aide",
        (
            (2, "Je n’ai pas pris une journée pour moi depuis deux ans.", "", "home"),
            (6, "Les places de répit sont loin et il faut attendre des mois.", "", "departement"),
            (8, "Proposer le répit avant l’épuisement, pas après.", "", "epci"),
        ),
    ),
    (
        "Être bien chez soi",
        (
            (0, "La salle de bains n’est pas faite pour moi.", "1.3.2.1", "home"),
            (5, "Il fait dix-sept degrés l’hiver dans ma chambre.", "1.3.2.1", "home"),
            (4, "Une petite réparation, et on attend six mois un artisan.", "1.3.2.1", "commune"),
        ),
    ),
    (
        "Décider avec nous",
        (
            (1, "On nous demande notre avis quand tout est déjà décidé.", "1.2.1.4", "departement"),
            (5, "Qu’on nous dise ce que devient ce qu’on a dit.", "1.2.1.4", "departement"),
            (10, "Inviter les habitants aux réunions des professionnels.", "", "epci"),
            (3, "Garder les mêmes interlocuteurs malgré les départs.", "", "departement"),
        ),
    ),
)
# Dots of each table, by group in the order above.
DOTS = (
    (3, 2, 0, 0, 0),
    (1, 3, 0, 0, 1),
    (0, 2, 3, 0, 0),
    (1, 3, 0, 0, 1),
    (3, 0, 0, 2, 0),
    (0, 1, 0, 3, 1),
    (0, 2, 3, 0, 0),
    (1, 3, 1, 0, 0),
    (0, 2, 2, 0, 1),
    (3, 1, 0, 0, 1),
    (2, 2, 0, 0, 1),
    (0, 3, 1, 0, 1),
)
PAPER = "Il y a trop de papiers, et ils sont écrits trop petit."
OPEN_CARDS = (
    (0, "La pharmacie a fermé, la suivante est à douze kilomètres."),
    (2, "Ma mère ne comprend plus les courriers."),
    (3, "Nous manquons de temps pour écouter."),
    (5, "Je voudrais manger avec d’autres le midi."),
)
