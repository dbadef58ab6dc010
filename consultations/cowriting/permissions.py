"""Who may: each kind of manuscript answers for its own."""

from accounts.permissions import Visitor
from consultations.cowriting.models import Manuscript
from consultations.cowriting.registries import manuscript_kinds


def can(verb: str, user: Visitor, manuscript: Manuscript, name: str = "") -> bool:
    """The one question every service, view and template asks; an unknown kind or text is refused."""
    if manuscript.kind not in manuscript_kinds:
        return False
    kind = manuscript_kinds[manuscript.kind]
    if name and kind.field(name) is None:
        return False
    return kind.may(user, verb, manuscript.key, name)
