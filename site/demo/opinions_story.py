"""Opinions of the demo story: what councils asked, of whom, and what was answered; all of it invented."""

import datetime
from dataclasses import dataclass

DAY = datetime.date
When = datetime.date | int
"""A day of 2026, or so many days before the demo is loaded (negative: after)."""


@dataclass(frozen=True)
class DemoAnswer:
    """What was answered, by which office, on which day."""

    kind: str
    on: When
    by_title: str
    text: str
    reasons: str = ""
    easy_read: str = ""
    decide_by: When | None = None
    read_on: When | None = None


@dataclass(frozen=True)
class DemoOpinion:
    """An opinion, as far as its life has come. `meeting` and `item` name the vote of a meeting of the demo;
    without them `votes` were held on paper."""

    council: str
    title: str
    theme: str
    text: str
    proposed: When
    needs: tuple[str, ...] = ()
    easy_read: str = ""
    unable_in: int = 0
    meeting: int = 0
    item: str = ""
    votes: tuple[int, int, int] = (0, 0, 0)
    voted: When | None = None
    sent_to: str = ""
    to_title: str = "La directrice"
    sent: When | None = None
    received: When | None = None
    answers: tuple[DemoAnswer, ...] = ()
    carried_out: tuple[When, str] | None = None
    evaluated: tuple[When, str] | None = None
    withdrawn: tuple[When, str] | None = None
    rests_on: str = ""


DINNER = "Le conseil demande que le dîner soit servi à 19 h au lieu de 18 h 15, avec un essai de trois mois."
DINNER_EASY = (
    "Le dîner est trop tôt.\nLe conseil demande de dîner à 19 heures.\nOn essaie pendant trois mois."
)
BENCH = "Le conseil demande un banc à l’ombre et une rampe le long de l’allée, pour sortir sans aide."
BENCH_EASY = "Le conseil veut un banc à l’ombre.\nIl veut aussi une rampe.\nOn pourra sortir seul."
OPINIONS = (
    DemoOpinion(
        "cvs-ehpad-agen", "Dîner à 19 heures", "daily_life", DINNER, DAY(2026, 2, 24), ("1.2.1.1",), DINNER_EASY,
        unable_in=1, meeting=2, item="Les horaires du dîner", sent_to="ehpad-agen",
        sent=DAY(2026, 4, 20), received=DAY(2026, 4, 23),
        answers=(DemoAnswer(
            "accepted", DAY(2026, 6, 12), "La directrice",
            "Le dîner sera servi à 19 h à l’essai, pendant trois mois. Nous ferons le point avec le conseil.",
            easy_read="C’est oui.\nOn dînera à 19 heures pendant trois mois.\nAprès, on en parle ensemble.",
        ),),
    ),
    DemoOpinion(
        "cvs-ehpad-agen", "Un banc et une rampe dans le jardin", "works", BENCH, DAY(2026, 5, 20), ("1.3.4",),
        BENCH_EASY, meeting=3, item="Un banc et une rampe dans le jardin", sent_to="ehpad-agen",
        sent=DAY(2026, 6, 22), received=DAY(2026, 6, 25),
    ),
    DemoOpinion(
        "cvs-ehpad-marmande", "Un banc et une rampe dans le jardin", "works", BENCH, DAY(2026, 3, 2), ("1.3.4",),
        BENCH_EASY, meeting=1, item="Un banc et une rampe dans le jardin", sent_to="ehpad-marmande",
        to_title="Le directeur", sent=DAY(2026, 3, 30), received=DAY(2026, 4, 2),
        answers=(DemoAnswer(
            "accepted", DAY(2026, 5, 4), "Le directeur",
            "Le banc est commandé. La rampe sera posée pendant l’été.", read_on=DAY(2026, 9, 22),
        ),),
        carried_out=(DAY(2026, 9, 10), "Le banc est posé sous le tilleul. La rampe longe toute l’allée."),
    ),
    DemoOpinion(
        "cvs-ehpad-nerac", "Dîner à 19 heures", "daily_life", DINNER, DAY(2026, 3, 9), ("1.2.1.1",), DINNER_EASY,
        votes=(5, 1, 1), voted=DAY(2026, 4, 2), sent_to="ehpad-nerac", sent=DAY(2026, 4, 7),
        received=DAY(2026, 4, 9),
        answers=(DemoAnswer(
            "refused", DAY(2026, 5, 20), "La directrice", "Le dîner reste servi à 18 h 15 cette année.",
            reasons="L’équipe du soir part à 19 h 30. Décaler le dîner demande un poste de plus, "
            "que le budget de 2026 ne permet pas. La demande sera portée au budget de 2027.",
            easy_read="C’est non cette année.\nIl manque une personne le soir.\nOn redemandera pour 2027.",
            read_on=DAY(2026, 6, 24),
        ),),
    ),
    DemoOpinion(
        "cvs-esat-agen", "Une salle de repos au calme", "rooms",
        "Le conseil demande une salle de repos loin des machines, ouverte à la pause de midi.", 120, ("1.3.4",),
        votes=(6, 0, 1), voted=95, sent_to="esat-agen", to_title="Le directeur", sent=50, received=47,
        answers=(DemoAnswer(
            "under_study", 20, "Le directeur",
            "Deux pièces peuvent convenir. Un devis est demandé pour l’isolation.", decide_by=-40,
        ),),
    ),
    DemoOpinion(
        "cdca-47", "Des navettes pour aller à l’accueil de jour", "access",
        "Des places d’accueil de jour restent vides faute de transport. Le conseil demande une navette par canton, "
        "deux jours par semaine.", 130, ("1.3.4.2",),
        easy_read="Il y a des places à l’accueil de jour.\nMais il n’y a pas de bus.\nLe conseil demande un petit bus.",
        votes=(14, 1, 3), voted=70, sent_to="departement-47", to_title="La vice-présidence chargée de l’autonomie",
        sent=48, received=44, rests_on="transport",
    ),
    DemoOpinion(
        "cvs-foyer-tonneins", "Des sorties le samedi", "activities",
        "Le conseil demande une sortie un samedi sur deux, choisie par les habitants.", DAY(2026, 2, 2), ("1.3.4",),
        votes=(5, 0, 1), voted=DAY(2026, 2, 18), sent_to="foyer-tonneins", sent=DAY(2026, 2, 25),
        received=DAY(2026, 2, 27),
        answers=(DemoAnswer(
            "in_part", DAY(2026, 3, 30), "La directrice", "Une sortie aura lieu un samedi par mois.",
            reasons="Il faut deux accompagnants par sortie ; l’équipe du samedi n’en compte que trois.",
            read_on=DAY(2026, 4, 15),
        ),),
        carried_out=(DAY(2026, 6, 6), "Trois sorties ont eu lieu : le marché, le lac, le cinéma."),
        evaluated=(DAY(2026, 9, 16), "Les habitants sont contents du choix. Ils voudraient deux sorties par mois."),
    ),
    DemoOpinion(
        "cvs-esat-villeneuve", "Changer l’heure du car", "services",
        "Le conseil demande que le car du soir parte à 17 h 15.", 140, votes=(5, 0, 2), voted=110,
        sent_to="esat-villeneuve", sent=100, received=97,
        withdrawn=(80, "Le transporteur a déjà changé l’heure : le car part à 17 h 15 depuis la rentrée."),
    ),
    DemoOpinion(
        "cvs-ehpad-fumel", "Un passage piéton devant l’entrée", "works",
        "Le conseil demande un passage piéton et un éclairage devant l’entrée, pour aller au marché à pied.", 40,
        ("1.3.4.2",), votes=(6, 0, 1), voted=9,
    ),
    DemoOpinion(
        "cvs-ehpad-agen", "Des menus affichés en gros caractères", "daily_life",
        "Afficher les menus de la semaine en gros caractères, avec des images, à la hauteur des fauteuils.", 12,
        ("1.2.1.1",), easy_read="On ne peut pas lire les menus.\nIl faut écrire plus gros.\nIl faut des images.",
    ),
    DemoOpinion(
        "cvs-foyer-jeunes", "Le wifi dans les chambres jusqu’à 22 heures", "rules",
        "Les jeunes demandent le wifi dans les chambres jusqu’à 22 heures le week-end, avec une charte écrite ensemble.",
        20, ("1.3.4",),
    ),
)  # fmt: skip
