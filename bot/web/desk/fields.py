"""What forms of the desk ask for, and how what was typed is read: one sentence for each mistake."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.web.desk import texts
from petitions import Missing, NotNow


class Input(StrEnum):
    """How a field is shown."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    CHECK = "check"
    CHOICE = "choice"
    DEPARTMENT = "department"
    OFFICER = "officer"


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question of a form."""

    name: str
    label: str
    input: Input = Input.LINE
    required: bool = False
    hint: str = ""
    default: str = ""
    choices: tuple[tuple[str, str], ...] = ()  # value, label


class Typed:
    """What somebody typed into a form; nothing of it is trusted."""

    def __init__(self, items: Sequence[tuple[str, str]]) -> None:
        self.items = tuple(items)
        self.values: Mapping[str, str] = dict(items)

    def with_values(self, values: Mapping[str, str]) -> "Typed":
        """The same with some fields changed."""
        kept = [(name, value) for name, value in self.items if name not in values]
        return Typed([*kept, *values.items()])

    def text(self, name: str) -> str:
        """A text without space around it; "" if there is none."""
        return self.values.get(name, "").strip().replace("\r\n", "\n")

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field that may be there several times."""
        return tuple(value.strip() for key, value in self.items if key == name and value.strip())

    def checked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return name in self.values

    def day(self, name: str) -> date | None:
        """A date; None if the field is empty."""
        text = self.text(name)
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError as exc:
            raise NotNow(texts.BAD_DATE) from exc

    def number(self, name: str) -> int:
        """A whole number; 0 if the field is empty."""
        text = self.text(name)
        if not text:
            return 0
        if not text.isascii() or not text.lstrip("-").isdecimal() or len(text) > 6:
            raise NotNow(texts.BAD_NUMBER)
        return int(text)

    def version(self) -> int | None:
        """The last event that the page showed."""
        text = self.text("version")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None

    def require(self, fields: Sequence[Field]) -> None:
        """Raise Missing for the first required field that is empty."""
        for field in fields:
            if field.required and not self.text(field.name):
                raise Missing(field.label)


NOTHING_TYPED = Typed(())
