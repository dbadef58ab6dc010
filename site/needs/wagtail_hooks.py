"""The nomenclature in Wagtail's admin: codes are added, reworded and ended, never deleted."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from core.admin import LimitedPolicy, ServiceViewMixin
from needs.forms import NeedEditForm, NeedForm
from needs.models import Need
from needs.services import end_need, save_need

register_permission_policy(Need, LimitedPolicy(Need, frozenset({"add", "change", "view"})))


class NeedCreateView(ServiceViewMixin, CreateView):
    def call_service(self, values: dict[str, Any]) -> Need:
        return save_need(actor=self.request.user, **values)


class NeedEditView(ServiceViewMixin, EditView):
    def call_service(self, values: dict[str, Any]) -> Need:
        day = values.pop("ends_on")
        need = save_need(actor=self.request.user, **values)
        return end_need(actor=self.request.user, need=need, on=day) if day else need


class NeedViewSet(ModelViewSet):
    model = Need
    name = "needs"
    icon = "list-ul"
    menu_label = _("Needs")
    menu_name = "needs"
    add_to_admin_menu = True
    add_view_class = NeedCreateView
    edit_view_class = NeedEditView
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    list_display = [
        "code", "plain_label", "family", BooleanColumn("is_extension", label=_("added by us")), "valid_to",
    ]  # fmt: skip
    list_filter = ["family", "is_extension"]
    list_per_page = 120
    search_fields = ["code", "plain_label", "official_label"]
    search_backend_name = None

    def get_form_class(self, for_update: bool = False) -> type[NeedForm]:
        return NeedEditForm if for_update else NeedForm


@hooks.register("register_admin_viewset")
def register_needs() -> NeedViewSet:
    return NeedViewSet()
