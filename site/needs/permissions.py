"""Who may change the nomenclature. Denied unless said otherwise."""

from accounts.permissions import Visitor, is_member


def can_edit_needs(user: Visitor) -> bool:
    """Administrators, through the permission their role gives on the model."""
    return is_member(user) and user.has_perm("needs.change_need")
