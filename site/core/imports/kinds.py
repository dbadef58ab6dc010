"""What can be imported: each app registers its resources from `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from import_export.resources import ModelResource

from core.registry import Registry
from core.tabular import MAX_ROWS, Row, Table


@dataclass(frozen=True)
class ImportKind:
    """A table people may import.

    Rows are matched by the resource's `import_id_fields`; the resource saves through the app's
    services, with the actor it is given as `user`. `order` sorts rows that refer to one another.
    `remember` is called before rows are written, and what it returns after, with what became of each: a kind that
    can be undone keeps there what it needs. `most` is how many rows one file may have on the screens.
    """

    slug: str
    label: Any
    resource: type[ModelResource]
    may: Callable[[Any], bool]
    required: tuple[str, ...]
    order: Callable[[Row], Any] | None = None
    remember: Callable[[Any, Table], Callable[[Any], Any]] | None = None
    most: int = MAX_ROWS

    def opened(self, actor: Any) -> Any:
        """The resource as this person uses it: one that knows whose rows are whose shows and writes theirs only."""
        resource: Any = self.resource()
        resource.actor = actor
        return resource

    @property
    def columns(self) -> list[str]:
        """Every column the resource reads, required ones first."""
        names = [field.column_name for field in self.resource().get_import_fields()]
        return [*self.required, *(name for name in names if name not in self.required)]


import_kinds: Registry[ImportKind] = Registry("kinds of import")
