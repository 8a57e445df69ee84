"""The only SQL of this package, a module for each group of tables."""

from petitions.store.calendar import CalendarRows
from petitions.store.cases import CaseRows
from petitions.store.codes import CodeRows
from petitions.store.facts import FactRows, figure_of, values_of
from petitions.store.lists import ListRows
from petitions.store.people import PeopleRows
from petitions.store.schema import migrations

__all__ = ["PetitionStore", "figure_of", "migrations", "values_of"]


class PetitionStore(CaseRows, FactRows, ListRows, CodeRows, CalendarRows, PeopleRows):
    """Everything of cases and the people who work on them, as rows."""
