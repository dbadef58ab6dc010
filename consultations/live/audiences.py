"""Who receives which events: one rule for the sockets and for what is read again from the log."""

from consultations.live.registries import Role, Viewer

ALL, FACILITATORS, PROJECTOR, NOBODY = "all", "facilitators", "projector", "nobody"


def audiences_of(viewer: Viewer) -> frozenset[str]:
    """The audiences a viewer belongs to. Facilitators do not read what is for one participant."""
    heard = {ALL}
    if viewer.role is Role.FACILITATOR:
        heard |= {FACILITATORS, PROJECTOR}
    elif viewer.role is Role.PROJECTOR:
        heard.add(PROJECTOR)
    if viewer.participant is not None:
        heard.add(f"participant:{viewer.participant.pk}")
    return frozenset(heard)
