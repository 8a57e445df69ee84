"""What Telegram allows, in one place, and how patient we are with it.

Source: https://core.telegram.org/bots/api and https://core.telegram.org/bots/faq ("My bot is
hitting limits"). The 64 bytes of a button's data are `handlers.messages.ACTION_LIMIT`: every
channel keeps them.
"""

from dataclasses import dataclass

TEXT_UNITS = 4096  # UTF-16 code units of a message, after its mark-up was read
UPDATE_BYTES = 1 << 20  # of one update pushed to the webhook; real ones have some kilobytes
UPDATE_KINDS = ("message", "edited_message", "callback_query")  # what we ask to be told
POLL_SECONDS = 30  # a getUpdates without news; Telegram allows 50
HANDLED_AT_ONCE = 64  # updates in PTB's hands; those of one chat one after the other
SENT_AT_ONCE = 64  # replies under way, each to another chat


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How fast, how often, how long: seconds unless said otherwise."""

    per_chat: float = 1.0  # from one message to the next in a chat
    per_second: float = 30  # messages to all chats
    group_per_minute: float = 20  # messages to one group
    answer: float = 20.0  # until a call counts as lost
    first_wait: float = 1.0  # before something that failed is tried again; doubled each time
    longest_wait: float = 300.0
    menus: float = 30.0  # between two looks at whose menu has changed
    finish: float = 10.0  # for what is in hand when we are told to stop

    def wait(self, failures: int) -> float:
        """Before the next try after so many failures (from 0)."""
        return min(self.first_wait * 2.0 ** min(failures, 30), self.longest_wait)


TELEGRAM = Pace()
