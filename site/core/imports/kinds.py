"""What can be imported: each app registers its resources from `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from import_export.resources import ModelResource

from core.registry import Registry
from core.tabular import Row


@dataclass(frozen=True)
class ImportKind:
    """A table people may import.

    Rows are matched by the resource's `import_id_fields`; the resource saves through the app's
    services, with the actor it is given as `user`. `order` sorts rows that refer to one another.
    """

    slug: str
    label: Any
    resource: type[ModelResource]
    may: Callable[[Any], bool]
    required: tuple[str, ...]
    order: Callable[[Row], Any] | None = None

    @property
    def columns(self) -> list[str]:
        """Every column the resource reads, required ones first."""
        names = [field.column_name for field in self.resource().get_import_fields()]
        return [*self.required, *(name for name in names if name not in self.required)]


import_kinds: Registry[ImportKind] = Registry("kinds of import")
