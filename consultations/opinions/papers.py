"""The notice of an opinion, to be sent, posted up or kept: made from what is recorded."""

from django.utils.translation import gettext as _

from consultations.councils.writing import Paper, Section, Table
from consultations.opinions.codes import answer_address, answer_code
from consultations.opinions.models import Opinion, OpinionAnswer
from consultations.opinions.selectors.reading import OpinionPage, opinion_page
from consultations.opinions.wording import day_words
from core.receipts import format_code


def notice_paper(opinion: Opinion, *, with_code: bool = False) -> Paper:
    """What the council asks, how it voted, what was answered. `with_code`: the letter to the body asked."""
    page = opinion_page(opinion)
    sections = [Section(_("What the council asks"), _paragraphs(opinion.text)), _vote(page)]
    sections += [_answer(one) for one in page.answers]
    if not page.answers and page.due:
        sections.append(Section(_("Answer awaited"), (page.due,)))
    if opinion.easy_read:
        sections.append(Section(_("Easy to read"), _paragraphs(opinion.easy_read)))
    notes = [_("Invented for the demo.")] if opinion.is_demo else []
    if with_code:
        notes.insert(0, _("To answer on this site, without an account: %(address)s. Your code: %(code)s.") % {
            "address": answer_address(opinion), "code": format_code(answer_code(opinion)),
        })  # fmt: skip
    return Paper(str(opinion), tuple(filter(None, _lines(opinion))), tuple(sections), tuple(notes))


def _lines(opinion: Opinion) -> list[str]:
    lines = [opinion.council.name, _("Subject: %(theme)s") % {"theme": opinion.get_theme_display()}]
    if opinion.voted_on:
        lines.append(_("Voted on %(day)s") % {"day": day_words(opinion.voted_on)})
    if opinion.sent_on and opinion.sent_to:
        values = {"body": opinion.sent_to, "day": day_words(opinion.sent_on)}
        lines.append(_("Sent to %(body)s on %(day)s") % values)
        if opinion.sent_to_title:
            lines.append(_("To the attention of: %(title)s") % {"title": opinion.sent_to_title})
    return lines


def _vote(page: OpinionPage) -> Section:
    rows = tuple((name, words) for name, words in page.votes)
    table = Table((_("Constituency"), _("Votes")), rows) if rows else None
    return Section(_("Vote of the council"), tuple(filter(None, (page.vote, page.validity))), table)


def _answer(one: OpinionAnswer) -> Section:
    heading = _("Answer of %(day)s: %(kind)s") % {
        "day": day_words(one.answered_on),
        "kind": one.get_kind_display(),
    }
    said = [*_paragraphs(one.text)]
    if one.reasons:
        said += [_("Reasons:"), *_paragraphs(one.reasons)]
    if one.decide_by:
        said.append(_("Final answer promised for %(day)s.") % {"day": day_words(one.decide_by)})
    return Section(heading, (*said, one.answered_by_title))


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
