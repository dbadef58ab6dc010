"""Texts of the database compared as `core.text.fold` reads them: “ehpad l'eau vive” finds “EHPAD L’Eau-Vive”.

`name__folded__contains="eau"` works on every text column. SQLite, whose `LIKE` knows capitals of ASCII alone, is lent
the Python function; PostgreSQL does the same with its own.
"""

from functools import lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import CharField, Q, SlugField, TextField, Transform

from core.text import fold

MOST_WORDS = 8
FUNCTION = "core_fold"
MARKS = "[\u0300-\u036f]"
LIGATURES = (("œ", "oe"), ("Œ", "oe"), ("æ", "ae"), ("Æ", "ae"), ("ß", "ss"))
_fold = lru_cache(maxsize=4_096)(fold)  # each word of a search reads the same text again


class Folded(Transform):
    """The text in lower case, without accents, its words separated by one space."""

    lookup_name = "folded"
    function = FUNCTION

    def as_postgresql(self, compiler: Any, connection: Any, **options: Any) -> Any:
        """The same, without an extension, whatever the collation."""
        read = f"regexp_replace(normalize(%(expressions)s, NFKD), '{MARKS}', '', 'g')"
        for written, plain in LIGATURES:
            read = f"replace({read}, '{written}', '{plain}')"
        template = f"trim(regexp_replace(lower({read}), '[^a-z0-9]+', ' ', 'g'))"
        return super().as_sql(compiler, connection, template=template, **options)


def words_in(text: str, *fields: str) -> Q:
    """Rows of which one of these fields holds each word, accents and capitals apart; none for text without words."""
    words = fold(text).split()[:MOST_WORDS]
    if text.strip() and not words:
        return Q(pk__in=[])
    every = Q()
    for word in words:
        every &= Q(*((f"{name}__folded__contains", word) for name in fields), _connector=Q.OR)
    return every


def _lend(connection: BaseDatabaseWrapper, **_told: Any) -> None:
    """Each new connection to SQLite learns the function."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            FUNCTION, 1, lambda text: None if text is None else _fold(str(text)), deterministic=True
        )


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    for field in (CharField, SlugField, TextField):
        field.register_lookup(Folded)
    connection_created.connect(_lend, dispatch_uid=FUNCTION)
