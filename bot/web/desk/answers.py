"""Pages that answer a form, each at an address of its own.

A form is answered with 303 See Other, whatever came of it, and the page is fetched from there: so
the browser's Back and reload never ask to send anything again, and what was typed is still there.
In memory only, and not for long: a page may show what is kept nowhere, such as a query code.
"""

import secrets
from collections import OrderedDict
from dataclasses import dataclass

from fastapi.responses import HTMLResponse

from bot.web.limits import Monotonic

FIELD = "answer"  # of an address: which page
_SECONDS = 30 * 60
_MOST = 32 * 1024 * 1024  # bytes; the oldest are forgotten first
_MOST_OF_STRANGERS = 2 * 1024 * 1024  # who can push out nobody's but each other's


class Page(HTMLResponse):
    """A page of the desk."""

    seated = False  # made for somebody who is signed in, and for nobody else


@dataclass(frozen=True, kw_only=True)
class _Answer:
    owner: str
    until: float
    page: Page


class Answers:
    """The pages that were made last."""

    def __init__(self, *, now: Monotonic) -> None:
        self._now = now
        self._seated = _Shelf(_MOST)
        self._others = _Shelf(_MOST_OF_STRANGERS)

    def keep(self, page: Page, owner: str) -> str:
        """The key by which `owner`, a browser, gets this page again."""
        shelf = self._seated if page.seated else self._others
        until = self._now() + _SECONDS
        return shelf.put(_Answer(owner=owner, until=until, page=page), self._now())

    def get(self, key: str, owner: str) -> Page | None:
        """The page of that key; None if there is none, no longer, or not for this browser."""
        found = self._seated.answers.get(key) or self._others.answers.get(key)
        if found is None or found.owner != owner or self._now() >= found.until:
            return None
        again = Page(found.page.body, found.page.status_code)
        again.seated = found.page.seated
        if "retry-after" in found.page.headers:
            again.headers["Retry-After"] = found.page.headers["retry-after"]
        return again


class _Shelf:
    """As many pages as fit."""

    def __init__(self, most: int) -> None:
        self.answers: OrderedDict[str, _Answer] = OrderedDict()  # oldest first
        self._most = most
        self._size = 0

    def put(self, answer: _Answer, now: float) -> str:
        """Its key; what is too old or too much goes."""
        key = secrets.token_urlsafe(16)
        self.answers[key] = answer
        self._size += len(answer.page.body)
        while self._size > self._most or now >= next(iter(self.answers.values())).until:
            self._size -= len(self.answers.popitem(last=False)[1].page.body)
        return key
