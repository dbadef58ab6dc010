"""Check that both ends of every link still exist; exit code 1 when one does not."""

from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consultations.lineage.models import Link
from consultations.lineage.selectors import dead_links
from core.commands import ProductCommand


class Command(ProductCommand):
    help = gettext_lazy("Check that both ends of every link still exist; fails when one does not.")

    def handle(self, *args: Any, **options: Any) -> None:
        dead = list(dead_links())
        count = Link.objects.count()
        self.report({"ok": not dead, "links": count, "dead": [asdict(each) for each in dead]})
        for each in dead:
            self.complain(
                _("Link %(link)s: %(kind)s %(object)s does not exist.")
                % {"link": each.link_id, "kind": each.kind, "object": each.object_id}
            )
        if dead:
            raise CommandError(
                ngettext(
                    "%(dead)d end of a link out of %(total)d leads nowhere.",
                    "%(dead)d ends of links out of %(total)d lead nowhere.",
                    len(dead),
                )
                % {"dead": len(dead), "total": 2 * count}
            )
        self.say(
            ngettext("%(count)d link: both ends exist.", "%(count)d links: both ends of each exist.", count)
            % {"count": count}
        )
