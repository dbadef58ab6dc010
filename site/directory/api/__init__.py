"""The directory for programs: HSDS 3.1 under `/hsds/`, open to all."""

from directory.api import hsds, taxonomies
from directory.api.cors import opened
from directory.api.lists import api

__all__ = ["hsds", "taxonomies", "urls"]
urls = opened(api.urls)
