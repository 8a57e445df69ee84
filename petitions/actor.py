"""Who does something to a case."""

from dataclasses import dataclass

from petitions.words import Role

_UNBOUND = frozenset({Role.SUPERVISOR, Role.ADMIN, Role.SYSTEM})


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Somebody who acts; made by whoever knows who is signed in, never from what they wrote."""

    id: str  # of a user, or "telegram:1001" for a citizen
    name: str
    role: Role
    department: str = ""
    acts_for: frozenset[str] = frozenset()  # ids of absent officers whose deputy this is

    @property
    def is_citizen(self) -> bool:
        """Whether only their own cases concern them."""
        return self.role is Role.CITIZEN

    @property
    def of_any_department(self) -> bool:
        """Whether no department limits them."""
        return self.role in _UNBOUND

    @property
    def mark(self) -> str:
        """The id that events keep: none of citizens, whose identity can be erased elsewhere."""
        return str(self.role) if self.is_citizen else self.id


SYSTEM = Actor(id="system", name="系统", role=Role.SYSTEM)


def citizen(person: str) -> Actor:
    """The person that a channel names, e.g. "telegram:1001"."""
    return Actor(id=person, name=Role.CITIZEN.label, role=Role.CITIZEN)
