"""The same work for staff, in the chat: lists, a case on one page, every step, the reply.

Who somebody is follows from their Telegram account (`Turn.staff`); who may use a command stands in
its row of COMMANDS; who may take a step on a case is checked by the use cases themselves.
"""

from handlers.staff.alerts import alerts, calendar_alert, is_posted, reminder, topic_post
from handlers.staff.figures import metrics
from handlers.staff.lists import OVERSIGHT, STAFF, case, duty, queue
from handlers.staff.steps import FORMS, answered, pressed, written
from handlers.staff.view import TEXT_FORM, VERB

__all__ = [
    "FORMS",
    "OVERSIGHT",
    "STAFF",
    "TEXT_FORM",
    "VERB",
    "alerts",
    "answered",
    "calendar_alert",
    "case",
    "duty",
    "is_posted",
    "metrics",
    "pressed",
    "queue",
    "reminder",
    "topic_post",
    "written",
]
