"""Territories in Wagtail's admin: read only, since `import_territories` is the one way to change the map."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from core.admin import LimitedPolicy
from territories.models import GeometryLayer, Territory, TerritoryEvent

for model in (Territory, TerritoryEvent, GeometryLayer):
    register_permission_policy(model, LimitedPolicy(model, frozenset({"view"})))


class ReadOnlyViewSet(ModelViewSet):
    """A listing and a page for each row."""

    form_fields: list[str] = []
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    search_backend_name = None


class TerritoryViewSet(ReadOnlyViewSet):
    model = Territory
    name = "places"
    icon = "site"
    menu_label = _("Territories")
    list_display = ["name", "level", "code", "valid_from", "valid_to"]
    list_filter = ["level"]
    search_fields = ["name", "search_name", "code"]
    inspect_view_fields = ["name", "level", "code", "valid_from", "valid_to"]


class EventViewSet(ReadOnlyViewSet):
    model = TerritoryEvent
    name = "territory-events"
    icon = "history"
    menu_label = _("Changes of the map")
    list_display = ["label", "happened_on", "kind"]
    list_filter = ["kind"]
    search_fields = ["label"]


class LayerViewSet(ReadOnlyViewSet):
    model = GeometryLayer
    name = "territory-layers"
    icon = "image"
    menu_label = _("Outlines")
    list_display = ["level", "vintage", "feature_count", "source"]
    inspect_view_fields = ["level", "vintage", "feature_count", "source", "sha256"]


class TerritoryGroup(ViewSetGroup):
    menu_label = _("Territories")
    menu_name = "territories"
    menu_icon = "site"
    items = (TerritoryViewSet, EventViewSet, LayerViewSet)


@hooks.register("register_admin_viewset")
def register_territories() -> TerritoryGroup:
    return TerritoryGroup()
