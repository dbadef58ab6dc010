"""A federation with member councils, and their opinions on the way up."""

from dataclasses import dataclass

from accounts.models import User
from consultations.councils.models import Council, FederationMembership
from consultations.opinions.models import Opinion
from consultations.opinions.services import federation as up
from tests.factories.councils import LONG_AGO, council, full_council, mandate, office, secretary_of
from tests.factories.opinions import voted
from tests.factories.process import person


@dataclass
class Joined:
    """A federation, its president, its secretary, and its member councils."""

    federation: Council
    president: User
    secretary: User
    members: list[Council]

    def opinion(self, number: int = 0, **fields: object) -> Opinion:
        """Voted by one of the members."""
        return voted(self.members[number], **fields)

    def passed(self, number: int = 0, **fields: object) -> Opinion:
        """Voted, allowed and passed up."""
        return pass_up(self.opinion(number, **fields), self.federation)

    def merge(self, *opinions: Opinion, **fields: object) -> Opinion:
        """By the federation's president."""
        return up.merge_opinions(
            actor=self.president,
            federation=self.federation,
            opinions=opinions,
            **fields,  # type: ignore[arg-type]
        )


def join(federation: Council, *members: Council) -> None:
    for one in members:
        FederationMembership.objects.create(federation=federation, member=one, joined_on=LONG_AGO)


def pass_up(opinion: Opinion, federation: Council) -> Opinion:
    up.allow_forwarding(actor=None, opinion=opinion, federation=federation, note="Relevé du 12 mars")
    up.forward_opinion(actor=None, opinion=opinion, federation=federation)
    return opinion


def joined(count: int = 3) -> Joined:
    """So many councils in one federation."""
    federation = council("federation", seats={"supported_persons": (8, 0)}, name="Fédération")
    members = [full_council() for _one in range(count)]
    join(federation, *members)
    president = person()
    office(mandate(federation, user=president))
    return Joined(federation, president, secretary_of(federation), members)
