"""Static files compressed, under names that carry their content's hash; files that have no address."""

from django.core.files.storage import Storage, storages
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True


def private_storage() -> Storage:
    """Where files live that have no address of their own: only a view that checks who may gives them."""
    return storages["private"]
