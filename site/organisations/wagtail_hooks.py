"""Organisations in Wagtail's admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from core.admin import LimitedPolicy, ServiceViewMixin
from organisations.forms import OrganisationForm
from organisations.models import Organisation
from organisations.services import save_organisation

register_permission_policy(Organisation, LimitedPolicy(Organisation, frozenset({"add", "change", "view"})))


class SaveOrganisation(ServiceViewMixin):
    def call_service(self, values: dict[str, Any]) -> Organisation:
        return save_organisation(actor=self.request.user, **values)


class OrganisationCreateView(SaveOrganisation, CreateView):
    """Through the service."""


class OrganisationEditView(SaveOrganisation, EditView):
    """Through the service."""


class OrganisationViewSet(ModelViewSet):
    model = Organisation
    name = "organisations"
    icon = "group"
    menu_label = _("Organisations")
    menu_name = "organisations"
    add_to_admin_menu = True
    add_view_class = OrganisationCreateView
    edit_view_class = OrganisationEditView
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    list_display = ["name", "kind", "territory", BooleanColumn("is_demo", label=_("fictional"))]
    list_filter = ["kind", "is_demo"]
    search_fields = ["name", "slug"]
    search_backend_name = None

    def get_form_class(self, for_update: bool = False) -> type[OrganisationForm]:
        return OrganisationForm


@hooks.register("register_admin_viewset")
def register_organisations() -> OrganisationViewSet:
    return OrganisationViewSet()
