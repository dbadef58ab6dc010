"""Closed lists of the records, with their words: those of data·inclusion v1 where it has one, ours elsewhere.

Stored values are short English codes, or the codes of data·inclusion when there is nothing to translate.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ServiceKind(TextChoices):
    """What the service does, as data·inclusion types it."""

    SUPPORT = "accompagnement", _("support over time")
    MONEY = "aide-financiere", _("financial help")
    THINGS = "aide-materielle", _("practical help")
    WORKSHOP = "atelier", _("workshop")
    TRAINING = "formation", _("training")
    INFORMATION = "information", _("information")


class Mode(TextChoices):
    """Where the service meets the person."""

    ON_SITE = "on_site", _("at the desk")
    HOME = "home", _("at your home")
    REMOTE = "remote", _("by phone or online")
    MOBILE = "mobile", _("a team that comes near you")


class Reach(TextChoices):
    """How one gets in touch (data·inclusion `modes_mobilisation`)."""

    EMAIL = "email", _("write an e-mail")
    PHONE = "phone", pgettext_lazy("way to get in touch", "phone")
    LINK = "link", _("use the online form")
    VISIT = "visit", _("come in person")


class ReachedBy(TextChoices):
    """Who may get in touch (data·inclusion `mobilisable_par`)."""

    USERS = "users", _("the person or a relative")
    PROFESSIONALS = "professionals", _("a professional")


class Audience(TextChoices):
    """For whom (data·inclusion v1 `publics`); the first one stands alone."""

    EVERYONE = "tous-publics", _("everyone")
    ACTIVE = "actifs", _("people at work")
    MINIMUM_INCOME = "beneficiaires-des-minimas-sociaux", _("people on minimum income")
    JOBSEEKERS = "demandeurs-emploi", _("jobseekers")
    STUDENTS = "etudiants", _("students")
    FAMILIES = "familles", _("families and relatives")
    WOMEN = "femmes", _("women")
    YOUNG = "jeunes", _("young people")
    DISABLED = "personnes-en-situation-de-handicap", _("people with a disability")
    ILLITERACY = "personnes-en-situation-illettrisme", _("people who read or write with difficulty")
    URGENT = "personnes-en-situation-durgence", _("people in an emergency")
    JUSTICE = "personnes-en-situation-juridique-specifique", _("people under a court decision")
    EXILED = "personnes-exilees", _("people in exile")
    PRIORITY_AREAS = "residents-qpv-frr", _("people of priority areas")
    SENIORS = "seniors", _("older people")


class Status(TextChoices):
    """Life of a service, as HSDS names it (with an underscore)."""

    ACTIVE = "active", _("open")
    INACTIVE = "inactive", _("suspended")
    CLOSED = "temporarily_closed", _("temporarily closed")
    DEFUNCT = "defunct", _("ended")


class Fee(TextChoices):
    """What it costs."""

    UNKNOWN = "unknown", _("not said")
    FREE = "free", _("free")
    PAID = "paid", _("paid")
    MEANS_TESTED = "means_tested", _("according to your income")


class Holidays(TextChoices):
    """What happens on public holidays."""

    UNKNOWN = "unknown", _("not said")
    CLOSED = "closed", _("closed on public holidays")
    OPEN = "open", _("open on public holidays, at other hours: ask")
    AS_USUAL = "as_usual", _("same hours on public holidays")


class Language(TextChoices):
    """Languages spoken, by ISO 639 code (three letters where there is no two-letter one)."""

    FRENCH = "fr", pgettext_lazy("spoken", "French")
    FRENCH_SIGN = "fsl", _("French sign language")
    ENGLISH = "en", pgettext_lazy("spoken", "English")
    ARABIC = "ar", _("Arabic")
    SPANISH = "es", _("Spanish")
    ITALIAN = "it", _("Italian")
    PORTUGUESE = "pt", _("Portuguese")
    OCCITAN = "oc", _("Occitan")
    POLISH = "pl", _("Polish")
    ROMANIAN = "ro", _("Romanian")
    RUSSIAN = "ru", _("Russian")
    TURKISH = "tr", _("Turkish")
    UKRAINIAN = "uk", _("Ukrainian")
    VIETNAMESE = "vi", _("Vietnamese")
    GERMAN = "de", _("German")
    DUTCH = "nl", _("Dutch")


class Access(TextChoices):
    """What a building or a welcome makes possible; each is said true or false, or left unsaid."""

    STEP_FREE = "step_free", _("entrance without steps")
    TOILETS = "toilets", _("adapted toilets")
    PARKING = "parking", _("reserved parking space")
    HEARING_LOOP = "hearing_loop", _("hearing loop")
    SIGHT = "sight", _("guidance for people who see badly")
    EASY_READ = "easy_read", _("documents in easy-read")
    QUIET = "quiet", _("quiet place to wait")
    ASSISTANCE_ANIMALS = "animals", _("assistance dogs welcome")


class Network(TextChoices):
    """Networks an organisation belongs to: the codes of data·inclusion `reseaux_porteurs` seen in the territory."""

    CCAS = "ccas-cias", _("CCAS or CIAS")
    DEPARTMENTS = "departements", _("département")
    MDA = "maison-departementale-de-lautonomie", _("departmental house of autonomy")
    MDPH = "mdph", _("MDPH")
    ESAT = "esat", _("ESAT")
    ADAPTED_FIRM = "ea", _("adapted firm (EA)")
    FRANCE_SERVICES = "france-service", _("France services")
