"""The directory for programs: HSDS 3.1 under `/hsds/`, open to all."""

from directory.api import taxonomies
from directory.api.cors import opened
from directory.api.hsds import api

__all__ = ["taxonomies", "urls"]
urls = opened(api.urls)
