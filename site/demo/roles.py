"""The people of the demo story: a role each, never a name."""

import base64
import hashlib
from dataclasses import dataclass

from accounts.models import STAFF_ROLES, Role

PASSWORD = "demo-lot-et-garonne"  # noqa: S105 - public on purpose: the demo only answers this machine
DOMAIN = "demo.invalid"
DEPARTMENT = "departement:47"


@dataclass(frozen=True)
class DemoPerson:
    """A label, a role on a place (`level:code`, or the slug of an organisation), and where they start."""

    key: str
    label: str
    about: str
    role: Role | None = None
    place: str = ""
    starts_at: str = "/"

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"

    @property
    def is_staff(self) -> bool:
        return self.role in STAFF_ROLES

    @property
    def totp_secret(self) -> str:
        """Always the same, so that a code application set up once keeps working."""
        return base64.b32encode(hashlib.sha256(f"diapason-demo-{self.key}".encode()).digest()[:20]).decode()


SPACE, ADMIN, ACCOUNT = "/espace/", "/gestion/", "/compte/"
PEOPLE = (
    DemoPerson("habitante", "Habitante, 82 ans", "Répond aux enquêtes ; n’a pas besoin de compte.", None),
    DemoPerson("aidante", "Aidante", "Suit ce que devient ce qu’elle a dit.", None, "", ACCOUNT),
    DemoPerson("travailleur-esat", "Travailleur d’ESAT", "Lit les pages en version facile.", None),
    DemoPerson(
        "organisatrice",
        "Organisatrice de consultations",
        "Crée une consultation, compose l’enquête, la publie et suit la participation.",
        Role.ORGANISER,
        DEPARTMENT,
        SPACE,
    ),
    DemoPerson(
        "observatoire",
        "Chargé d’observatoire",
        "Suit la participation et prépare les résultats.",
        Role.ANALYST,
        DEPARTMENT,
        SPACE,
    ),
    DemoPerson(
        "animatrice",
        "Animatrice d’atelier",
        "Prépare les ateliers de diagnostic partagé.",
        Role.FACILITATOR,
        DEPARTMENT,
        SPACE,
    ),
    DemoPerson(
        "enqueteur",
        "Enquêteur bénévole",
        "Recueille les réponses à domicile au Pays de Duras.",
        Role.INTERVIEWER,
        "saad-duras-lauzun",
        SPACE,
    ),
    DemoPerson(
        "referente-cms",
        "Référente de centre médico-social",
        "Note les besoins entendus à l’accueil.",
        Role.PROFESSIONAL,
        "cms-agen",
        SPACE,
    ),
    DemoPerson(
        "coordinatrice",
        "Coordinatrice de parcours",
        "Prend les situations complexes signalées par les guichets et les services.",
        Role.PROFESSIONAL,
        DEPARTMENT,
        "/espace/orientation/",
    ),
    DemoPerson(
        "secretaire",
        "Secrétaire de séance",
        "Prépare les réunions du conseil de la vie sociale.",
        Role.SECRETARY,
        "ehpad-agen",
        SPACE,
    ),
    DemoPerson(
        "presidente-cvs",
        "Présidente de conseil de la vie sociale",
        "Porte la parole des résidents.",
        Role.MEMBER,
        "ehpad-agen",
        ACCOUNT,
    ),
    DemoPerson(
        "suppleante-familles",
        "Suppléante du collège des familles",
        "Siège quand la titulaire est absente.",
        Role.MEMBER,
        "ehpad-agen",
        ACCOUNT,
    ),
    DemoPerson(
        "directrice-ehpad",
        "Directrice d’EHPAD",
        "Signe les papiers du conseil et répond à ses avis.",
        Role.DIRECTOR,
        "ehpad-agen",
        SPACE,
    ),
    DemoPerson(
        "elue", "Élue de canton", "Lit les résultats de son canton.", Role.OFFICIAL, DEPARTMENT, ACCOUNT
    ),
    DemoPerson(
        "redactrice",
        "Rédactrice de pages",
        "Écrit les pages ; une autre personne les publie.",
        Role.EDITOR,
        DEPARTMENT,
        ADMIN,
    ),
    DemoPerson(
        "publication",
        "Responsable de publication",
        "Relit et publie les pages.",
        Role.PUBLISHER,
        DEPARTMENT,
        ADMIN,
    ),
    DemoPerson(
        "dpo",
        "Déléguée à la protection des données",
        "Lit le journal et le registre des traitements.",
        Role.DPO,
        DEPARTMENT,
        ADMIN,
    ),
    DemoPerson(
        "administratrice",
        "Administratrice",
        "Gère les rôles, les réglages, les territoires et les besoins.",
        Role.ADMINISTRATOR,
        DEPARTMENT,
        ADMIN,
    ),
)
BY_KEY = {person.key: person for person in PEOPLE}
