"""Meetings of the demo story: what was on each agenda, what was concluded; all of it invented."""

import datetime
from dataclasses import dataclass, field

DAY = datetime.date


@dataclass(frozen=True)
class DemoItem:
    """An item with its conclusions; `votes` by constituency (for, against, abstention) when it was decided."""

    title: str
    purpose: str
    text: str = ""
    question: str = ""
    votes: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    carried: bool = False


@dataclass(frozen=True)
class DemoMeeting:
    """A meeting that was held: how many of each constituency came, and what became of its minutes."""

    council: str
    number: int
    day: datetime.date
    sent: datetime.date
    came: dict[str, int]
    items: tuple[DemoItem, ...]
    state: str = "minutes_adopted"
    reconvened_from: int = 0
    easy_read: str = ""


MEALS = DemoItem(
    "Les horaires du dîner",
    "opinion",
    "Le conseil demande que le dîner soit servi à 19 h au lieu de 18 h 15, avec un essai de trois mois.",
    "Demandez-vous que le dîner soit servi à 19 h ?",
)
NO_QUORUM = "Le point est présenté. Faute de quorum, il est reporté à une seconde réunion."
CARRIED = DemoItem(MEALS.title, "opinion", NO_QUORUM, carried=True)
DECIDED = DemoItem(
    MEALS.title,
    "opinion",
    MEALS.text,
    MEALS.question,
    {"supported_persons": (3, 0, 0), "families": (1, 0, 0), "staff": (0, 1, 0), "management": (0, 0, 1)},
)
SURVEY = DemoItem(
    "Résultats de l’enquête de satisfaction",
    "debate",
    "Les réponses sont affichées à l’accueil. Le conseil relève le bruit du soir et le linge perdu.",
)
WORKS = DemoItem(
    "Travaux du rez-de-chaussée",
    "information",
    "Les travaux durent du 4 au 22 mai. Un accès provisoire est ouvert.",
)
GARDEN = DemoItem(
    "Un banc et une rampe dans le jardin",
    "opinion",
    "Le conseil demande un banc à l’ombre et une rampe le long de l’allée.",
    "Demandez-vous un banc et une rampe ?",
    {"supported_persons": (3, 0, 0), "families": (2, 0, 0), "staff": (1, 0, 0), "management": (0, 0, 1)},
)
OUTINGS = DemoItem(
    "Les sorties de l’été", "debate", "Trois idées sont gardées : le marché, le canal, le cinéma."
)
MARCH, APRIL, JUNE = DAY(2026, 3, 17), DAY(2026, 4, 14), DAY(2026, 6, 16)
SHORT = {"supported_persons": 3, "families": 1, "staff": 1, "management": 1}
ENOUGH = {"supported_persons": 3, "families": 2, "staff": 1, "management": 1}
EASY = "Il n’y avait pas assez de monde en mars.\nLe conseil s’est réuni encore en avril.\nIl demande de dîner à 19 heures."
REFERENCE = "cvs-ehpad-agen"
HELD = (
    DemoMeeting(REFERENCE, 1, MARCH, DAY(2026, 2, 27), SHORT, (SURVEY, CARRIED)),
    DemoMeeting(REFERENCE, 2, APRIL, DAY(2026, 3, 27), SHORT, (DECIDED, WORKS), reconvened_from=1, easy_read=EASY),
    DemoMeeting(REFERENCE, 3, JUNE, DAY(2026, 5, 28), ENOUGH, (GARDEN, OUTINGS), state="minutes_signed"),
    DemoMeeting("cvs-ehpad-marmande", 1, DAY(2026, 3, 24), DAY(2026, 3, 6), ENOUGH, (GARDEN,)),
    DemoMeeting("cvs-ehpad-marmande", 2, DAY(2026, 9, 22), DAY(2026, 9, 3), ENOUGH, (OUTINGS,)),
    DemoMeeting("cvs-ehpad-nerac", 1, DAY(2026, 4, 2), DAY(2026, 3, 16), ENOUGH, (MEALS, SURVEY)),
    DemoMeeting("cvs-ehpad-fumel", 1, DAY(2026, 5, 12), DAY(2026, 4, 24), ENOUGH, (WORKS, OUTINGS)),
    DemoMeeting("cvs-esat-agen", 1, DAY(2026, 4, 21), DAY(2026, 4, 3),
                {"supported_persons": 4, "staff": 2, "management": 1}, (OUTINGS,), state="minutes_draft"),
    DemoMeeting("federation-cvs-47", 1, DAY(2026, 6, 30), DAY(2026, 6, 11),
                {"supported_persons": 7, "families": 5, "staff": 4}, (SURVEY, OUTINGS)),
)  # fmt: skip
COMING = (
    ("Suite donnée à l’avis sur le dîner", "answer", "La direction dit ce qu’elle fait de l’avis d’avril."),
    (
        "Le budget des animations de 2027",
        "opinion",
        "La direction présente le projet ; le conseil donne son avis.",
    ),
    ("Les visites du dimanche", "debate", "Proposé par les familles."),
)
TRY = "Réunion à essayer"
TODAY = (
    (
        "Des portes à fermeture douce",
        "opinion",
        "Les portes claquent la nuit. Faut-il demander des ferme-portes dans les couloirs ?",
    ),
    ("Le goûter du dimanche", "vote", "Avec les familles, dans le jardin quand il fait beau."),
    ("Les sorties du printemps", "debate", "Où voulons-nous aller ?"),
)
