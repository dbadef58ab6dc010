"""The pages of the guided path, in their order: their addresses and their words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orientation.forms import path
from orientation.walk import Walk

Words = str | Promise


@dataclass(frozen=True)
class Step:
    """One question. `slug` is its address; the easy words replace the others for who reads easy.

    `own` is the title for who asks for themselves, alone.
    """

    slug: str
    form: type[path.StepForm]
    title: Words
    easy: Words
    hint: Words = ""
    easy_hint: Words = ""
    can_skip: bool = True
    own: Words = ""

    def title_for(self, walk: Walk, *, easy: bool) -> Words:
        """Nobody who asks for themselves is called “the person”."""
        if self.own and walk.is_own:
            return self.own
        return self.easy if easy else self.title


QUESTIONS = (
    Step("pour-qui", path.AboutForm, _("Who needs help?"), _("Who needs help?"),
         _("You may ask for yourself, or for a relative or neighbour you help."),
         _("You can ask for you. You can ask for a person you help."), can_skip=False),
    Step("age", path.AgeForm, _("How old is the person who needs help?"), _("How old is the person?"),
         _("Some services are for an age only."), _("Some services are for an age only. You can pass."), own=_("How old are you?")),
    Step("situation", path.SituationForm, _("What is happening?"), _("What is happening?"),
         _("Tick everything that is true, or pass."), _("You can tick several lines. You can pass.")),
    Step("besoins", path.NeedsForm, _("What help is needed?"), _("What do you need?"),
         _("Tick what matters most, eight lines at most."),
         _("You can tick several lines. Or write it with your words."), can_skip=False,
         own=_("What do you need?")),
    Step("lieu", path.PlaceForm, _("Where does the person live?"), _("Where does the person live?"),
         _("The name of the commune is enough: no street is asked."),
         _("Write the name of the town. No street, no number."), can_skip=False,
         own=_("Where do you live?")),
    Step("comment", path.ModesForm, _("Where would it be best to meet?"), _("Where do you want to meet?"),
         _("Tick one or several, or pass if it does not matter."), _("You can tick several lines. You can pass.")),
)  # fmt: skip
ASKING = (
    Step("joindre", path.ReachForm, _("How may the services reach the person?"), _("How can they reach you?"),
         _("One way is enough."), _("Choose the phone or the e-mail. One is enough."), can_skip=False,
         own=_("How may the services reach you?")),
    Step("dire", path.WordsForm, _("Is there something to say to the services?"), _("Do you want to say something?"),
         _("You may leave everything empty."), _("You can write, or leave it empty.")),
)  # fmt: skip
BY_SLUG = {one.slug: one for one in (*QUESTIONS, *ASKING)}
RESULTS, CHECK = "services", "check"


def next_of(step: Step) -> Step | None:
    """The question after this one in its part; None when the part ends."""
    part = QUESTIONS if step in QUESTIONS else ASKING
    place = part.index(step)
    return part[place + 1] if place + 1 < len(part) else None


def before(step: Step) -> Step | None:
    """The question before this one in its part."""
    part = QUESTIONS if step in QUESTIONS else ASKING
    place = part.index(step)
    return part[place - 1] if place else None


def first_missing(walk: Walk) -> Step | None:
    """The first question without which nothing can be looked for."""
    if not walk.needs:
        return BY_SLUG["besoins"]
    return None if walk.place else BY_SLUG["lieu"]
