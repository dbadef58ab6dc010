"""Check every link; exit code 1 when one fails.

Each kind is known, both ends exist, and the records of the apps and the links say the same.
"""

from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consultations.lineage.models import Link
from consultations.lineage.registries import Gap, lineage_kinds
from consultations.lineage.selectors import DeadLink, dead_links, gaps
from core.commands import ProductCommand


class Command(ProductCommand):
    help = gettext_lazy(
        "Check that both ends of every link still exist, and that no link is missing; fails otherwise."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        dead, missing = list(dead_links()), list(gaps())
        count = Link.objects.count()
        self.report(
            {
                "ok": not dead and not missing,
                "links": count,
                "dead": [asdict(each) for each in dead],
                "gaps": [asdict(each) for each in missing],
            }
        )
        for end in dead:
            self.complain(_said(end))
        for gap in missing:
            self.complain(_told(gap))
        if dead:
            raise CommandError(
                ngettext(
                    "%(dead)d end of a link out of %(total)d leads nowhere.",
                    "%(dead)d ends of links out of %(total)d lead nowhere.",
                    len(dead),
                )
                % {"dead": len(dead), "total": 2 * count}
            )
        if missing:
            raise CommandError(
                ngettext(
                    "%(count)d link does not say what was recorded.",
                    "%(count)d links do not say what was recorded.",
                    len(missing),
                )
                % {"count": len(missing)}
            )
        self.say(
            ngettext("%(count)d link: both ends exist.", "%(count)d links: both ends of each exist.", count)
            % {"count": count}
        )


def _said(end: DeadLink) -> str:
    if end.kind not in lineage_kinds:
        return _("Link %(link)s: “%(kind)s” is not a known kind of object.") % {
            "link": end.link_id,
            "kind": end.kind,
        }
    return _("Link %(link)s: %(kind)s %(object)s does not exist.") % {
        "link": end.link_id,
        "kind": end.kind,
        "object": end.object_id,
    }


def _told(gap: Gap) -> str:
    words = {
        "source": " ".join(gap.source),
        "relation": gap.relation,
        "target": " ".join(gap.target),
    }
    if gap.is_missing:
        return _("Missing link: %(source)s %(relation)s %(target)s.") % words
    return _("Link that nothing recorded: %(source)s %(relation)s %(target)s.") % words
