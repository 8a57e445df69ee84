"""The knowledge base: what handlers call to get an answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from knowledge import pinyin, questions
from knowledge.entries import Collection, Entry, Section
from knowledge.errors import UnknownEntry
from knowledge.explain import explained
from knowledge.matching import SHOWN, Matcher
from knowledge.outcomes import Found, NotFound, Outcome, Unsure
from knowledge.store import Changes, KnowledgeStore, Question
from knowledge.text import teach_words

SURE_ALONE = 0.97  # from which a question that seems to lean on another is taken by itself


@dataclass(frozen=True, kw_only=True)
class Context:
    """What was answered before, for questions that lean on it."""

    question: str
    entry_id: str


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One question of a message with its outcome."""

    question: str
    outcome: Outcome


class KnowledgeBase:
    """Published entries with their index; reads from memory, writes through the store."""

    def __init__(self, store: KnowledgeStore) -> None:
        self.store = store
        self._matcher = Matcher(())
        self._by_id: dict[str, Entry] = {}

    def reload(self) -> int:
        """Take in what is published now and index it anew; how many entries that is."""
        self.use(self.store.published())
        return len(self._by_id)

    def use(self, entries: Sequence[Entry]) -> None:
        """Index these entries in place of all others."""
        teach_words(sorted({e.topic for e in entries if 2 <= len(e.topic) <= 8}))
        self._matcher = Matcher(entries)
        self._by_id = {entry.id: entry for entry in entries}

    def entry(self, entry_id: str, day: date) -> Entry:
        """A published entry that holds on this day; `UnknownEntry` if there is none."""
        entry = self._by_id.get(entry_id)
        if entry is None or not entry.valid_on(day):
            raise UnknownEntry
        return entry

    def guide(self, day: date) -> tuple[Section, ...]:
        """The disclosure guide by section, in order."""
        passages = (
            entry
            for entry in self._by_id.values()
            if entry.collection is Collection.GUIDE and entry.valid_on(day)
        )
        return tuple(
            Section(title=title, passages=tuple(group))
            for title, group in groupby(passages, key=lambda entry: entry.section)
        )

    def answer(self, message: str, day: date, context: Context | None = None) -> list[Answered]:
        """An outcome for every question in a message, in order."""
        message = pinyin.written(message)
        parts = questions.split(message)
        whole = self.answer_one(message, day, context)
        if len(parts) == 1:
            return [Answered(question=message, outcome=whole)]
        found = self._answer_parts(parts, day, context)
        different = {one.outcome.entry.id for one in found if isinstance(one.outcome, Found)}
        if len(different) < 2 and _plain(whole):  # the rest only told what the question is about
            return [Answered(question=message, outcome=whole)]
        return _without_repeats(found)

    def _answer_parts(
        self, parts: Sequence[str], day: date, context: Context | None
    ) -> list[Answered]:
        """Each question with the one before it as its context."""
        found: list[Answered] = []
        for part in parts:
            outcome = self.answer_one(part, day, context)
            found.append(Answered(question=part, outcome=outcome))
            if isinstance(outcome, Found):
                context = Context(question=part, entry_id=outcome.entry.id)
        return found

    def answer_one(self, question: str, day: date, context: Context | None = None) -> Outcome:
        """The outcome for one question."""
        question = pinyin.written(question)
        outcome = self._only_valid(self._matcher.match(question), day)
        if not questions.leans(question) or _plain(outcome):
            return outcome
        before = self._by_id.get(context.entry_id) if context else None
        if before is not None and context is not None:
            followed = self._matcher.match_follow_up(question, before, context.question)
            return self._only_valid(followed, day)
        return _ask_back(outcome)

    def explain(self, question: str) -> list[str]:
        """Why a question is answered as it is, line by line, in words."""
        return list(explained(self._matcher, pinyin.written(question)))

    def _only_valid(self, outcome: Outcome, day: date) -> Outcome:
        """What no longer holds is neither an answer nor offered; the next best is not sure then."""
        left = tuple(c for c in outcome.candidates if c.entry.valid_on(day))
        if isinstance(outcome, Found):
            if outcome.entry.valid_on(day):
                return replace(outcome, candidates=left)
            return NotFound(confidence=outcome.confidence, candidates=left)
        if isinstance(outcome, Unsure):
            offered = tuple(c for c in outcome.offered if c.entry.valid_on(day))
            if not offered:
                return NotFound(confidence=outcome.confidence, candidates=left)
            return replace(outcome, offered=offered, candidates=left)
        return replace(outcome, candidates=left)

    def take_in(
        self, entries: Sequence[Entry], *, publish: bool, replace_all: bool, at: datetime
    ) -> Changes:
        """Store imported entries and, if published, answer with them from now on."""
        changes = self.store.save(entries, publish=publish, replace=replace_all, at=at)
        self.reload()
        return changes

    def log(self, question: Question) -> None:
        """Remember what was asked and what became of it."""
        self.store.log(question)


def _plain(outcome: Outcome) -> bool:
    """Sure enough to stand without what was said before."""
    return isinstance(outcome, Found) and outcome.confidence >= SURE_ALONE


def _ask_back(outcome: Outcome) -> Outcome:
    """A question like 「要多久」 with nothing before it is never answered, only asked about."""
    if isinstance(outcome, Found):
        return Unsure(
            offered=outcome.candidates[:SHOWN],
            confidence=outcome.confidence,
            candidates=outcome.candidates,
        )
    if isinstance(outcome, NotFound):
        return replace(outcome, vague=True, off_topic=False)
    return outcome


def _without_repeats(found: list[Answered]) -> list[Answered]:
    """Two parts of a message that lead to the same entry are answered once."""
    seen: set[str] = set()
    kept = []
    for answered in found:
        outcome = answered.outcome
        if isinstance(outcome, Found):
            if outcome.entry.id in seen:
                continue
            seen.add(outcome.entry.id)
        kept.append(answered)
    return kept
