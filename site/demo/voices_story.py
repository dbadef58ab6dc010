"""Who is asked what in the demo: four consultations, five surveys. All invented."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from consultations.process.services.consultations import ConsultationFields
from demo.voices_answers import Area, Plan, spread

PHONE = "05 00 00 00 47 (numéro inventé), du lundi au vendredi"
CATEGORIES = "Réponses anonymes : commune, tranche d’âge, besoins de tous les jours, mots libres."
RECIPIENTS = "Les agents du Département chargés de la démarche. Les résultats publiés sont protégés."
DURAS, LAUZUN, TOLZAC = "244700449", "244700464", "244701405"
SOUMENSAC = "47303"


@dataclass(frozen=True)
class SurveyStory:
    """A survey; days count from today."""

    slug: str
    title: str
    document: str
    minutes: int = 10
    purpose: str = "needs"
    opens: int | None = None
    closes: int | None = None
    is_published: bool = True
    is_closed: bool = False


@dataclass(frozen=True)
class Story:
    """A consultation with its surveys and its stages: kind, status, figure, planned day."""

    key: str
    place: str
    organisation: str
    starts: int
    fields: ConsultationFields
    ends: int | None = None
    needs: tuple[str, ...] = ()
    surveys: tuple[SurveyStory, ...] = ()
    stages: Sequence[tuple[str, str, str, int | None]] = field(default_factory=tuple)


STORIES = (
    Story(
        key="besoins-47",
        place="departement:47",
        organisation="departement-47",
        starts=-45,
        ends=75,
        needs=("1.1.10", "1.2.1.1", "1.2.1.2", "1.3.2.1", "1.3.2.2", "1.3.4.2"),
        fields={
            "title": "De quoi avez-vous besoin en Lot-et-Garonne ?",
            "summary": "Dites ce qui vous manque au quotidien : logement, gestes, transport, soins, lien.",
            "purpose": "Vos réponses servent à écrire le prochain schéma de l’autonomie : quelles aides "
            "créer, où, et dans quel ordre. Elles sont croisées avec les services qui existent déjà.",
            "easy_read_summary": "Nous voulons savoir ce dont vous avez besoin.\n"
            "Vous répondez à des questions.\nVous pouvez demander de l’aide.",
            "audiences": ["residents", "supported_persons", "carers"],
            "retention_months": 24,
            "data_categories": CATEGORIES,
            "recipients": RECIPIENTS,
            "contact": PHONE,
        },
        surveys=(SurveyStory("vos-besoins", "Vos besoins en Lot-et-Garonne", "needs", opens=-42, closes=70),),
        stages=(("needs", "to_come", "", 110), ("diagnosis", "to_come", "", 150)),
    ),
    Story(
        key="vieillir-duras",
        place=f"epci:{DURAS}",
        organisation="departement-47",
        starts=-300,
        needs=("1.2.1.2", "1.3.2.2", "1.3.3.4", "1.3.4.2"),
        fields={
            "title": "Vieillir chez soi en pays de Duras",
            "summary": "Comment rester chez soi après 65 ans à Duras, Lauzun et dans la vallée du Tolzac.",
            "purpose": "Décider avec les habitants des aides à créer : navette, répit, guichet unique. "
            "212 personnes ont répondu, six sur dix avec un enquêteur venu chez elles.",
            "easy_read_summary": "Nous voulons aider les personnes de 65 ans et plus\n"
            "à rester dans leur maison.",
            "audiences": ["residents", "carers"],
            "retention_months": 18,
            "data_categories": CATEGORIES,
            "recipients": RECIPIENTS,
            "contact": PHONE,
        },
        surveys=(
            SurveyStory(
                "vieillir-chez-soi-65-ans",
                "Vieillir chez soi : 65 ans et plus",
                "seniors",
                minutes=15,
                opens=-290,
                closes=-226,
                is_closed=True,
            ),
            SurveyStory(
                "satisfaction-navette-repit",
                "Navette et répit : êtes-vous satisfait ?",
                "satisfaction",
                minutes=3,
                purpose="satisfaction",
                is_published=False,
            ),
        ),
        stages=(
            ("voices", "done", "", None),
            ("needs", "done", "14", None),
            ("diagnosis", "done", "1", None),
            ("actions", "done", "10", None),
            ("done", "under_way", "4", None),
            ("satisfaction", "to_come", "mai", 170),
        ),
    ),
    Story(
        key="aidants-47",
        place="departement:47",
        organisation="departement-47",
        starts=-20,
        ends=60,
        needs=("1.3.3.4", "1.2.1.2"),
        fields={
            "title": "Aidants : qu’est-ce qui vous manque ?",
            "summary": "Vous aidez un proche tous les jours. Dites ce qui vous aiderait à tenir.",
            "purpose": "Préparer l’offre de répit et d’accueil temporaire de l’an prochain.",
            "easy_read_summary": "Vous aidez quelqu’un tous les jours.\nDites-nous ce qui vous manque.",
            "audiences": ["carers"],
            "data_categories": CATEGORIES,
            "recipients": RECIPIENTS,
            "contact": PHONE,
        },
        surveys=(
            SurveyStory("aidants", "Ce qui manque aux aidants", "carers", minutes=5, opens=-18, closes=55),
        ),
    ),
    Story(
        key="handicap-47",
        place="departement:47",
        organisation="mdph-47",
        starts=-2,
        ends=120,
        needs=("1.2.1.4", "1.3.4.1"),
        fields={
            "title": "Vivre avec un handicap : vos mots",
            "summary": "Une enquête facile à lire, pour les adultes en situation de handicap.",
            "purpose": "Savoir ce que chacun choisit vraiment dans sa vie, et ce qui l’en empêche.",
            "easy_read_summary": "Cette enquête est facile à lire.\nVous dites ce que vous voulez.",
            "audiences": ["supported_persons"],
            "data_categories": CATEGORIES,
            "recipients": RECIPIENTS,
            "contact": PHONE,
        },
        surveys=(
            SurveyStory("handicap-vos-mots", "Vos choix, vos envies", "disability", opens=25, closes=110),
        ),
    ),
)

WORDS = (
    "Une navette le jour du marché.",
    "Que quelqu’un passe de temps en temps, juste pour parler.",
    "Un médecin plus près.",
    "De l’aide pour les papiers sur internet.",
    "Un banc entre la maison et la boulangerie.",
    "Des repas livrés le dimanche.",
    "Pouvoir souffler un week-end par mois.",
    "Une salle de bains sans marche.",
    "Un bus qui revient avant la nuit.",
    "Savoir à qui téléphoner.",
    "Des activités dans mon village.",
    "Rien de particulier, tout va bien.",
)
HELPERS = {"relative": 0.42, "professional": 0.26, "interviewer": 0.2, "volunteer": 0.12}
HOUSING = {"oui": 0.5, "en_partie": 0.27, "non": 0.14, "nsp": 0.09}
GESTURES = {
    "toilette": 0.2, "repas": 0.26, "menage": 0.5, "courses": 0.38, "deplacements": 0.42, "papiers": 0.46,
    "aucun": 0.36,
}  # fmt: skip


def _needs_plan(found: Sequence[Area]) -> Plan:
    """Enough people in every EPCI for a map."""
    return Plan(
        slug="vos-besoins",
        counts=spread(1800, 100, found),
        shares={
            "age": {"18_39": 0.16, "40_59": 0.27, "60_74": 0.31, "75_84": 0.17, "85_plus": 0.09},
            "logement": HOUSING,
            "gestes": GESTURES,
            "deplacement": {"voiture": 0.58, "conduit": 0.14, "bus": 0.07, "marche": 0.11, "peu": 0.1},
            "renonce": {"oui": 0.24, "non": 0.68, "nsp": 0.08},
            "raisons": {"delai": 0.5, "transport": 0.46, "cout": 0.3, "seul": 0.28},
            "entourage": {"1": 0.08, "2": 0.15, "3": 0.26, "4": 0.31, "5": 0.2},
            "visites": {"0-0": 0.12, "1-3": 0.27, "4-7": 0.38, "8-21": 0.23},
            "mode": {"alone": 0.7, "helped": 0.18, "proxy": 0.12},
            "aidant": HELPERS,
        },
        tilts={"renonce": {"oui": 0.9}, "logement": {"non": 0.8}},
        first_day=-41,
        last_day=0,
        words=WORDS,
    )


def _seniors_plan(found: Sequence[Area]) -> Plan:
    """212 people in three EPCI, 127 of them with an interviewer; seven in one commune."""
    return Plan(
        slug="vieillir-chez-soi-65-ans",
        counts={DURAS: 66, LAUZUN: 82, TOLZAC: 64},
        shares={
            "age": {"65_74": 0.38, "75_84": 0.38, "85_plus": 0.24},
            "seul": {"oui": 0.44, "non": 0.56},
            "logement": HOUSING,
            "gestes": {**GESTURES, "aucun": 0.22},
            "aide": {"famille": 0.6, "voisins": 0.34, "saad": 0.4, "personne": 0.2},
            "services": {"utilise": 0.2, "connu": 0.38, "pas_connu": 0.42},
            "repit": {"oui": 0.42, "non": 0.36, "nsp": 0.22},
            "mode": {"alone": 0.1, "helped": 0.48, "proxy": 0.42},
            "aidant": {"relative": 0.14, "professional": 0.09, "interviewer": 0.77},
        },
        first_day=-285,
        last_day=-230,
        words=WORDS,
        words_share=0.2,
        fixed_communes={SOUMENSAC: 7},
        unfloored=frozenset({"aidant"}),
    )


def _carers_plan(found: Sequence[Area]) -> Plan:
    """Too few people for anything but a total."""
    return Plan(
        slug="aidants",
        counts=spread(37, 1, found),
        shares={
            "duree": {"moins_1": 0.2, "1_5": 0.5, "plus_5": 0.3},
            "manque": {
                "temps": 0.6,
                "repit": 0.5,
                "infos": 0.4,
                "transport": 0.2,
                "parler": 0.4,
                "rien": 0.05,
            },
            "fatigue": {str(step): 1.0 for step in range(3, 10)},
        },
        first_day=-17,
        last_day=0,
        words=WORDS,
        words_share=0.2,
    )


PLANS: dict[str, Callable[[Sequence[Area]], Plan]] = {
    "vos-besoins": _needs_plan,
    "vieillir-chez-soi-65-ans": _seniors_plan,
    "aidants": _carers_plan,
}


def plan_of(slug: str, found: Sequence[Area]) -> Plan | None:
    """How the answers of this survey are drawn; none for one that nobody could answer yet."""
    return PLANS[slug](found) if slug in PLANS else None
