"""The only SQL of this package, a module for each group of tables."""

from collections.abc import Iterator
from contextlib import contextmanager

from petitions.store.bulk import BulkRows
from petitions.store.calendar import CalendarRows
from petitions.store.cases import CaseRows
from petitions.store.codes import CodeRows
from petitions.store.facts import FactRows, figure_of, values_of
from petitions.store.lists import ListRows
from petitions.store.people import PeopleRows
from petitions.store.schema import migrations

__all__ = ["Bulk", "PetitionStore", "figure_of", "migrations", "values_of"]


class PetitionStore(CaseRows, FactRows, ListRows, CodeRows, CalendarRows, PeopleRows):
    """Everything of cases and the people who work on them, as rows."""

    @contextmanager
    def bulk(self) -> "Iterator[Bulk]":
        """The same for many new cases, in one transaction; all is written when it ends."""
        with self.atomic():
            self.lock()
            rows = Bulk(self._db)
            yield rows
            rows.flush()


class Bulk(BulkRows, PetitionStore):
    """A store that gathers new cases."""
