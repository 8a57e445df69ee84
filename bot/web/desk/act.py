"""An action as a case's page offers it: its form and the call behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.web.desk.fields import Field, Input, Typed
from petitions import Action, Actor, PetitionDesk

Call: TypeAlias = Callable[[PetitionDesk, str, Actor, Typed], object]  # raises PetitionError


@dataclass(frozen=True, kw_only=True)
class Act:
    """An action as the page offers it."""

    action: Action
    call: Call
    fields: tuple[Field, ...] = ()
    hint: str = ""
    leading: bool = False  # one of the usual next steps: shown open, not under “more”
    button: str = ""  # where the action's own word says too little

    @property
    def label(self) -> str:
        """What stands on the button."""
        return self.button or self.action.label


REASON = Field(name="reason", label="理由", input=Input.TEXT, required=True)
NOTE = Field(name="note", label="说明", input=Input.LINE)
DAY = Field(name="day", label="收到日期", input=Input.DAY, hint="空着就是今天")
