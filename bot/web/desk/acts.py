"""What staff can do with a case on its page: one table of actions, fields and calls.

Writing and sending the reply is not here: it has an editor of its own.
"""

from collections.abc import Mapping
from types import MappingProxyType

from bot.web.desk import texts
from bot.web.desk.act import Act
from bot.web.desk.acts_others import OTHERS
from bot.web.desk.acts_steps import STEPS
from bot.web.desk.fields import Field, Input
from bot.web.errors import Problem
from petitions import Action

ACTS: Mapping[Action, Act] = MappingProxyType({act.action: act for act in (*STEPS, *OTHERS)})
NOTE_FIELDS = (Field(name="text", label="备注", input=Input.TEXT, required=True),)


def act_of(word: str) -> Act:
    """The action that a form names."""
    found = next((act for action, act in ACTS.items() if action == word), None)
    if found is None:
        raise Problem(404, "unknown_action", texts.UNKNOWN_ACTION)
    return found
