"""Codes of data·inclusion v1 for ours, both ways; and the nearest of its themes for each need."""

from collections.abc import Iterable, Mapping

OWN_SOURCE = "diapason"
"""The name under which we publish records that are ours."""
SCHEME = "data-inclusion"
"""The identifier scheme that keeps its ids."""
MODES: Mapping[str, str] = {
    "on_site": "en-presentiel",
    "home": "en-presentiel",
    "mobile": "en-presentiel",
    "remote": "a-distance",
}
REACH: Mapping[str, str] = {
    "email": "envoyer-un-courriel",
    "phone": "telephoner",
    "link": "utiliser-lien-mobilisation",
    "visit": "se-presenter",
}
REACHED_BY: Mapping[str, str] = {"users": "usagers", "professionals": "professionnels"}
FEES: Mapping[str, str] = {"free": "gratuit", "paid": "payant", "means_tested": "payant"}
NOT_IN_V1 = frozenset({"personnes-en-situation-illettrisme"})
"""Audiences we kept when v1 dropped them."""
THEMES: Mapping[str, str] = {
    "1.1": "sante--acces-aux-soins",
    "1.1.1": "sante--sante-mentale",
    "1.2": "famille--prise-en-charge-personne-dependante",
    "1.2.1.2": "remobilisation--lien-social",
    "1.3.1": "difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits",
    "1.3.2.1": "logement-hebergement--se-maintenir-dans-le-logement",
    "1.3.2.2": "equipement-et-alimentation--aide-menagere",
    "1.3.3.2": "trouver-un-emploi--maintien-dans-lemploi",
    "1.3.3.3": "lecture-ecriture-calcul--maitriser-le-francais",
    "1.3.3.4": "famille--surmonter-conflits-separation-violence",
    "1.3.4": "remobilisation--activites-sportives-et-culturelles",
    "1.3.4.2": "mobilite--etre-accompagne-dans-son-parcours-mobilite",
    "1.3.5": "difficultes-financieres--ameliorer-sa-gestion-budgetaire",
    "1.E": "famille--prise-en-charge-personne-dependante",
    "1.E.1": "famille--soutien-aidants",
    "1.E.2": "remobilisation--lien-social",
    "1.E.3": "difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives",
    "1.E.6": "numerique--maitriser-les-fondamentaux-du-numerique",
    "1.E.7": "famille--prise-en-charge-personne-dependante",
    "1.E.8": "famille--soutien-aidants",
    "2.1": "sante--acces-aux-soins",
    "2.1.1.3": "sante--sante-mentale",
    "2.2": "famille--prise-en-charge-personne-dependante",
    "2.3.1": "difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits",
    "2.3.2": "logement-hebergement--se-maintenir-dans-le-logement",
    "2.3.4": "remobilisation--activites-sportives-et-culturelles",
    "2.3.5": "difficultes-financieres--ameliorer-sa-gestion-budgetaire",
    "3.2.2": "equipement-et-alimentation--alimentation",
    "3.2.4": "mobilite--etre-accompagne-dans-son-parcours-mobilite",
}
"""The theme of a code holds for those below it that have none of their own."""
NEEDS: Mapping[str, str] = {
    "sante--acces-aux-soins": "1.1",
    "sante--sante-mentale": "1.1.1",
    "sante--constituer-un-dossier-mdph-invalidite": "1.3.1.1",
    "famille--prise-en-charge-personne-dependante": "1.2.1",
    "famille--soutien-aidants": "1.E.8",
    "famille--surmonter-conflits-separation-violence": "1.3.3.4",
    "remobilisation--lien-social": "1.E.2",
    "remobilisation--activites-sportives-et-culturelles": "1.3.4.1",
    "equipement-et-alimentation--aide-menagere": "1.3.2.2",
    "equipement-et-alimentation--alimentation": "1.3.2.2",
    "logement-hebergement--se-maintenir-dans-le-logement": "1.3.2.1",
    "logement-hebergement--rechercher-une-solution-dhebergement-temporaire": "1.3.2.1",
    "logement-hebergement--changer-de-logement": "1.3.2.1",
    "difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits": "1.3.1.1",
    "difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives": "1.E.3",
    "difficultes-financieres--ameliorer-sa-gestion-budgetaire": "1.3.5.1",
    "lecture-ecriture-calcul--maitriser-le-francais": "1.3.3.3",
    "mobilite--etre-accompagne-dans-son-parcours-mobilite": "1.3.4.2",
    "mobilite--mobilite-douce-partagee-collective": "1.3.4.2",
    "mobilite--financer-ma-mobilite": "1.3.4.2",
    "numerique--maitriser-les-fondamentaux-du-numerique": "1.E.6",
    "numerique--acceder-a-des-services-en-ligne": "1.E.6",
    "trouver-un-emploi--maintien-dans-lemploi": "1.3.3.2",
}
"""The need a theme speaks of; themes far from autonomy have none, and are told."""
STRUCTURE = (
    "source", "id", "nom", "date_maj", "description", "lien_source", "siret", "commune", "code_postal", "code_insee",
    "adresse", "complement_adresse", "longitude", "latitude", "telephone", "courriel", "site_web",
    "horaires_accueil", "accessibilite_lieu", "reseaux_porteurs",
)  # fmt: skip
SERVICE = (
    "source", "structure_id", "id", "nom", "description", "lien_source", "date_maj", "type", "thematiques", "frais",
    "frais_precisions", "publics", "publics_precisions", "conditions_acces", "commune", "code_postal", "code_insee",
    "adresse", "complement_adresse", "longitude", "latitude", "telephone", "courriel", "modes_accueil",
    "zone_eligibilite", "contact_nom_prenom", "lien_mobilisation", "modes_mobilisation", "mobilisable_par",
    "mobilisation_precisions", "volume_horaire_hebdomadaire", "nombre_semaines", "horaires_accueil",
)  # fmt: skip
LISTS = frozenset(
    [
        "thematiques",
        "publics",
        "modes_accueil",
        "zone_eligibilite",
        "modes_mobilisation",
        "mobilisable_par",
        "reseaux_porteurs",
    ]
)


def theme_of(need: str) -> str:
    """The theme of the need, or of the nearest code above it; empty when none is near."""
    parts = need.split(".")
    above = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((THEMES[code] for code in above if code in THEMES), "")


def own(codes: Iterable[str], known: Mapping[str, str]) -> list[str]:
    """Their codes for ours, each once."""
    return list(dict.fromkeys(known[code] for code in codes if code in known))


def back(codes: Iterable[str], known: Mapping[str, str]) -> tuple[str, ...]:
    """Our codes for theirs: the first of those that have the same."""
    first: dict[str, str] = {}
    for ours, theirs in known.items():
        first.setdefault(theirs, ours)
    return tuple(first[code] for code in codes if code in first)
