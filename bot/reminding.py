"""What happens because time passes, and what staff are told of it: every minute while serving.

Each duty is a transaction of its own, so that one that fails does not keep the others; what was
noted as said is said in the same transaction, so nothing is lost and nothing is said twice.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from bot.mailroom import AsyncMailroom
from bot.services import Program
from bot.store import OF_CASE, Mail, Marks, Topics
from handlers import staff
from handlers.messages import Reply
from handlers.services import Services
from petitions import SYSTEM, CaseRow, Channel, Event, Role, User

_log = logging.getLogger(__name__)
EVERY = 60.0  # seconds
NEWS_AT_ONCE = 500
_NEWS = "news"  # the mark of how far staff were told what happened


@dataclass(frozen=True, kw_only=True)
class Duties:
    """What the clock makes us do. Synchronous; every method runs in the caller's transaction."""

    services: Services
    mail: Mail
    marks: Marks
    topics: Topics
    group: int | None = None  # of staff, with a topic for each case

    @classmethod
    def of(cls, program: Program) -> Self:
        """Those of a program."""
        return cls(
            services=program.services,
            mail=program.mailroom.mail,
            marks=Marks(program.db),
            topics=program.mailroom.topics,
            group=program.settings.staff_group,
        )

    def run_out(self) -> int:
        """Silences that end, cases that are closed after their period; how many."""
        return len(self.services.desk.run_out())

    def remind(self) -> int:
        """Officers and supervisors of what is due; how many cases that were."""
        desk = self.services.desk
        found = desk.reminders.due(self.services.clock())
        for one in found:
            users = (desk.people.user(user_id) for user_id in one.to)
            self._tell([user for user in users if user], staff.reminder(one))
        return len(found)

    def ask_ratings(self) -> int:
        """Those who have their reply and did not say what they think of it; how many."""
        return self.services.desk.reminders.ratings(self.services.clock())

    def tell_news(self) -> int:
        """Staff of what happened to their cases since the last time; how many steps that were.

        The first time of all nothing is told: what happened before is no news.
        """
        queue, now = self.services.desk.queue, self.services.clock()
        reached = self.marks.reached(_NEWS)
        if reached is None:
            self.marks.reach(_NEWS, queue.newest(), now)
            return 0
        events = queue.news(reached, limit=NEWS_AT_ONCE)
        for event in events:
            self._tell_of(event, queue.row(event.number))
        if events:
            self.marks.reach(_NEWS, events[-1].position, now)
        return len(events)

    def _tell_of(self, event: Event, row: CaseRow) -> None:
        for user, reply in staff.alerts(event, row, self.services.desk.people):
            self._tell([user], reply)
        if self.group is not None:
            self._post(event, row, self.group)

    def _post(self, event: Event, row: CaseRow, group: int) -> None:
        """To the topic of the case. What is confidential has none, nor what was over before."""
        known = self.topics.of_case(row.number)
        if row.confidential or not staff.is_posted(event) or (row.closed_at and not known):
            return
        if not known:
            self.topics.plan(row.number, f"{row.number} {row.title}")
        page = self.services.desk.queue.page(row.number, by=SYSTEM)
        at = event.at.astimezone(self.services.zone)
        post = staff.topic_post(page, event, at, first=not known)
        self.mail.post(f"{group}{OF_CASE}{row.number}", post, self.services.clock())

    def ask_for_calendar(self) -> int:
        """From 1 November, once a week: next year's holidays are missing; how many years."""
        now = self.services.clock()
        today = now.astimezone(self.services.zone).date()
        year, week, _ = today.isocalendar()
        calendar = self.services.desk.calendar
        calendar.refresh()
        missing = calendar.missing_years(today)
        for one in missing:
            if self.marks.once(f"calendar {one} {year}-{week}", now):
                _log.warning("还没有 %d 年的放假安排，跨年的期限是暂定的", one)
                self._tell(self._admins(), staff.calendar_alert(one))
        return len(missing)

    def _admins(self) -> list[User]:
        people = self.services.desk.people.all()
        return [one for one in people if one.active and one.role is Role.ADMIN]

    def _tell(self, users: list[User], reply: Reply) -> None:
        """On Telegram; whoever is not there sees it on the desk."""
        now: datetime = self.services.clock()
        for user in users:
            if user.telegram:
                self.mail.tell(f"{Channel.TELEGRAM}:{user.telegram}", reply, now)


async def attend(mailroom: AsyncMailroom, duties: Duties) -> None:
    """Do every duty once; what fails is logged and tried again the next time."""
    for duty in (
        duties.run_out,
        duties.remind,
        duties.ask_ratings,
        duties.tell_news,
        duties.ask_for_calendar,
    ):
        try:
            done = await mailroom.act(mailroom.sync.transact, duty)
            while duty == duties.tell_news and done == NEWS_AT_ONCE:  # after an import
                done = await mailroom.act(mailroom.sync.transact, duty)
        except Exception as exc:  # noqa: BLE001 - one duty is not to keep the others
            _log.error("定时办理出错：%s", type(exc).__name__, exc_info=exc)


@asynccontextmanager
async def reminding(
    mailroom: AsyncMailroom, duties: Duties, *, every: float = EVERY
) -> AsyncIterator[None]:
    """Attend to the duties meanwhile; what is under way at the end is finished."""
    stopped = asyncio.Event()
    task = asyncio.create_task(_attend_until(stopped, mailroom, duties, every))
    try:
        yield
    finally:
        stopped.set()
        await task


async def _attend_until(
    stopped: asyncio.Event, mailroom: AsyncMailroom, duties: Duties, every: float
) -> None:
    while not stopped.is_set():
        await attend(mailroom, duties)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(every):
                await stopped.wait()
