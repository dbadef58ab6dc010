"""The federation's story and the year of councils; all of it invented."""

import datetime
from dataclasses import dataclass

from demo.meetings_story import DemoItem, DemoMeeting

DAY = datetime.date
TRANSPORT = "Le soir et le week-end, aucun car ne prend les fauteuils. Le conseil demande un transport adapté jusqu’à 22 h."
LAUNDRY = "Trop de linge se perd. Le conseil demande un marquage fait par l’établissement et un retour sous trois jours."


@dataclass(frozen=True)
class DemoPassed:
    """An opinion voted by a council and passed up to the federation; `passed` None: not yet."""

    council: str
    title: str
    theme: str
    text: str
    votes: tuple[int, int, int]
    voted: datetime.date
    passed: datetime.date | None = None
    is_joined: bool = False


@dataclass(frozen=True)
class DemoJoint:
    """What the federation made of them, and what was answered."""

    title: str
    text: str
    easy_read: str
    joined: datetime.date
    voted: datetime.date
    votes: tuple[int, int, int]
    sent: datetime.date
    answered: datetime.date
    answer: str
    reasons: str


@dataclass(frozen=True)
class DemoSurvey:
    """A yearly satisfaction survey: how many answered, and the share of each answer in percent."""

    slug: str
    title: str
    opens: int
    closes: int
    examined: int
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class DemoReport:
    """The words a council put in its report."""

    year: int
    texts: dict[str, str]
    signed: datetime.date
    presented: datetime.date


PASSED = (
    DemoPassed("cvs-esat-agen", "Un transport adapté le soir", "access", TRANSPORT, (6, 0, 1), DAY(2026, 4, 21),
               DAY(2026, 4, 28), True),
    DemoPassed("cvs-esat-villeneuve", "Le transport du soir et du week-end", "access", TRANSPORT, (5, 1, 1),
               DAY(2026, 5, 5), DAY(2026, 5, 12), True),
    DemoPassed("cvs-foyer-tonneins", "Un transport pour sortir le soir", "access", TRANSPORT, (4, 0, 1),
               DAY(2026, 5, 19), DAY(2026, 5, 26), True),
    DemoPassed("cvs-ehpad-agen", "Du linge qui revient", "services", LAUNDRY, (6, 0, 1), DAY(2026, 10, 8)),
    DemoPassed("cvs-ehpad-marmande", "Le linge perdu", "services", LAUNDRY, (6, 0, 1), DAY(2026, 9, 22), DAY(2026, 9, 29)),
    DemoPassed("cvs-ehpad-fumel", "Retrouver son linge", "services", LAUNDRY, (5, 0, 2), DAY(2026, 10, 6), DAY(2026, 10, 13)),
    DemoPassed("cvs-ehpad-nerac", "Moins de linge perdu", "services", LAUNDRY, (5, 1, 1), DAY(2026, 10, 15), DAY(2026, 10, 20)),
)  # fmt: skip
JOINT = DemoJoint(
    "Un transport adapté le soir et le week-end",
    "Trois conseils demandent ensemble un transport accessible aux fauteuils, du lundi au dimanche, jusqu’à 22 h.",
    "Trois conseils demandent la même chose.\nUn car pour les fauteuils.\nLe soir et le week-end.",
    DAY(2026, 6, 9), DAY(2026, 6, 30), (14, 0, 2), DAY(2026, 7, 6), DAY(2026, 9, 4),
    "Un service à la demande circule le vendredi et le samedi soir, à l’essai, à partir de janvier.",
    "Le dimanche demande un second véhicule, qui n’est pas dans le marché actuel.",
)  # fmt: skip
SURVEY = DemoSurvey(
    "satisfaction-ehpad-agen", "Les Terrasses de Garonne : êtes-vous satisfait ?", -110, -60, -30,
    (("4", 14), ("3", 15), ("2", 5), ("1", 2), ("sans_avis", 2)),
)  # fmt: skip
REPORT = DemoReport(
    2025,
    {
        "opening": "Première année du conseil. Nous avons appris à nous réunir et à nous faire entendre.",
        "meetings": "Nous avons parlé des repas, du jardin, des visites et du bruit la nuit.",
        "outlook": "En 2026, nous voulons obtenir le dîner à 19 heures et un banc à l’ombre.",
    },
    DAY(2026, 2, 12),
    DAY(2026, 3, 3),
)
SIGNED = (
    "cvs-ehpad-marmande", "cvs-ehpad-nerac", "cvs-esat-agen", "cvs-esat-villeneuve", "cvs-foyer-tonneins",
)  # fmt: skip
MEALS = DemoItem(
    "Les repas et le bruit", "debate", "Deux idées sont gardées : des menus affichés, des portes plus douces."
)
LIFE = DemoItem("La vie de tous les jours", "debate", "Chacun a dit ce qui va bien et ce qui gêne.")
NINE = {"supported_persons": 3, "families": 2, "staff": 1, "management": 1}
WORK = {"supported_persons": 3, "families": 1, "staff": 2, "management": 1}
HOME = {"supported_persons": 4, "staff": 1, "management": 1}
YOUTH = {"supported_persons": 3, "legal_representatives": 2, "staff": 2, "management": 1}
CAME = {
    "cvs-ehpad-agen": NINE, "cvs-ehpad-marmande": NINE, "cvs-ehpad-nerac": NINE, "cvs-ehpad-fumel": NINE,
    "cvs-esat-agen": WORK, "cvs-esat-villeneuve": WORK, "cvs-foyer-tonneins": HOME, "cvs-foyer-jeunes": YOUTH,
}  # fmt: skip
DATES = {
    "cvs-ehpad-agen": ((2025, 3, 11), (2025, 6, 10), (2025, 9, 16), (2025, 12, 2)),
    "cvs-ehpad-marmande": ((2025, 3, 20), (2025, 6, 19), (2025, 11, 13)),
    "cvs-ehpad-nerac": ((2025, 3, 27), (2025, 6, 26), (2025, 10, 9), (2026, 10, 15)),
    "cvs-ehpad-fumel": ((2025, 5, 15), (2025, 11, 20)),
    "cvs-esat-agen": ((2025, 4, 8), (2025, 6, 17), (2025, 11, 4), (2026, 9, 29)),
    "cvs-esat-villeneuve": ((2025, 4, 10), (2025, 7, 3), (2025, 11, 6), (2026, 5, 5), (2026, 10, 1)),
    "cvs-foyer-tonneins": ((2025, 4, 15), (2025, 7, 1), (2025, 11, 18), (2026, 5, 19), (2026, 9, 15)),
    "cvs-foyer-jeunes": ((2025, 4, 16), (2025, 7, 9), (2025, 11, 19), (2026, 4, 15), (2026, 10, 7)),
}
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def other_meetings(council: str, first_number: int) -> list[DemoMeeting]:
    """The meetings of a council that the story of meetings does not tell, numbered from there."""
    days = [DAY(*parts) for parts in DATES[council]]
    return [
        DemoMeeting(council, first_number + place, day, day - datetime.timedelta(days=18), CAME[council],
                    (MEALS if place % 2 else LIFE,))
        for place, day in enumerate(days)
    ]  # fmt: skip


def title_of(day: datetime.date) -> str:
    """How such a meeting is called: its month, since its number follows later ones."""
    return f"Réunion de {MONTHS[day.month - 1]} {day.year}".replace("de a", "d’a").replace("de o", "d’o")
