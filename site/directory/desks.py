"""A contact is a desk, a switchboard or a team: what names a person is refused. Pure.

Only what is almost surely a person is refused: a civility, an initial and a name, a common first name and a name.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.text import fold

CIVILITY = re.compile(
    r"(?:^|[\s(,;:/])(?:M\.|MM\.|Mme|Mmes|Mlle|Monsieur|Madame|Mademoiselle)\s", re.IGNORECASE
)
INITIAL = re.compile(r"[a-z][._-][a-z-]{3,}")
TWO_WORDS = re.compile(r"([a-z]{3,}(?:-[a-z]{3,})?)[._-]([a-z]{2,}(?:-[a-z]{2,})?)")
COMMONEST = (
    "alain alexandra alexandre alice andre anne antoine audrey aurelie benjamin benoit bernadette bernard brigitte"
    " camille caroline catherine cecile celine chantal charlotte christelle christian christine christophe claire"
    " claude claudine clement corinne cyril daniel danielle david delphine denis denise didier dominique elisabeth"
    " elodie emilie emma eric fabien fabrice florence francis francois francoise frederic gerard gilles guillaume"
    " guy helene henri herve isabelle jacqueline jacques jean jeanne jerome joel josette julie julien karine laura"
    " laurence laurent lea lucie ludovic manon marc marcel marie marine martine mathieu maxime michel michele"
    " mohamed monique nadia nathalie nicolas nicole odile olivier pascal pascale patrice patricia patrick paul"
    " philippe pierre rene robert roger romain sabrina samuel sandrine sebastien serge severine simon simone sonia"
    " sophie stephane stephanie suzanne sylvain sylvie therese thierry thomas valerie vanessa veronique vincent"
    " virginie xavier yann yannick yves yvette"
)
FIRST_NAMES = frozenset(COMMONEST.split())


def refuse_person(text: str) -> None:
    """Raise for words that name a person."""
    if CIVILITY.search(text):
        raise ValidationError(
            _("Write a desk or a team, never a person’s name: “Reception”, “Home help office”.")
        )


def refuse_personal_mailbox(address: str) -> None:
    """Raise for a mailbox that is surely one person’s own."""
    local = address.partition("@")[0].lower()
    first = TWO_WORDS.fullmatch(local)
    if INITIAL.fullmatch(local) or (first and fold(first[1]).split(" ")[0] in FIRST_NAMES):
        raise ValidationError(
            _("This mailbox seems to be one person’s own: give that of the team, for example accueil@….")
        )


def check_team_mailbox(address: str) -> None:
    """The same, at the field of a form."""
    try:
        refuse_personal_mailbox(address)
    except ValidationError as error:
        raise ValidationError({"email": error}) from error
