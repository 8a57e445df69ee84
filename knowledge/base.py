"""The knowledge base: what handlers call to get an answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from knowledge import calibration, followup, pinyin, questions
from knowledge.embedding import SentenceModel
from knowledge.entries import Collection, Entry, Section
from knowledge.errors import UnknownEntry
from knowledge.explain import explained
from knowledge.matching import AROUND, SHOWN, Matcher
from knowledge.outcomes import Found, NotFound, Outcome, Unsure
from knowledge.store import Changes, KnowledgeStore, Question
from knowledge.text import normalise, teach_words

SURE_ALONE = 0.97  # from which a question that seems to lean on another is taken by itself


@dataclass(frozen=True, kw_only=True)
class Context:
    """What was asked before, for questions that lean on it."""

    question: str
    entry_id: str = ""  # what answered it; empty if nothing did


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One question of a message with its outcome."""

    question: str
    outcome: Outcome
    meant: str = ""  # the question written out, where it leaned on the one before


@dataclass(frozen=True, kw_only=True)
class Edition:
    """What is published at a moment."""

    number: int
    entries: tuple[Entry, ...]
    numbers: str = ""  # what `calibration` learned for them, as JSON; empty: the program's own

    def indexed(self, sentences: SentenceModel | None = None) -> Matcher:
        """Its index; the longest part of taking it in, for any thread."""
        teach_words(_topics(self.entries))
        numbers = calibration.read(self.numbers, self.entries)
        return Matcher(self.entries, numbers, sentences).warmed()


class KnowledgeBase:
    """Published entries with their index; reads from memory, writes through the store."""

    def __init__(self, store: KnowledgeStore, sentences: SentenceModel | None = None) -> None:
        self.store = store
        self._sentences = sentences
        self._matcher = Matcher(())
        self._by_id: dict[str, Entry] = {}
        self._edition = -1  # none
        self._numbers = ""

    def reload(self) -> int:
        """Take in what is published now and index it anew; how many entries that is."""
        edition = self._published()
        self.adopt(edition, edition.indexed(self._sentences))
        return len(self._by_id)

    def newer(self) -> Edition | None:
        """What another process has published since; None if we answer with the latest."""
        return None if self.store.edition() == self._edition else self._published()

    def prepared(self, edition: Edition) -> Matcher:
        """The index of an edition: only what changed is indexed where that is little.

        The longest part of taking an edition in; may run in another thread.
        """
        if edition.numbers != self._numbers:
            return edition.indexed(self._sentences)
        changed = [entry for entry in edition.entries if entry != self._by_id.get(entry.id)]
        left = self._by_id.keys() - {entry.id for entry in edition.entries}
        left |= {entry.id for entry in changed if entry.id in self._by_id}
        teach_words(_topics(changed))
        edited = self._matcher.edited(left, changed)
        return edition.indexed(self._sentences) if edited.worn else edited

    def _published(self) -> Edition:
        number = self.store.edition()  # first: what comes in between is another edition
        newest = next(iter(self.store.calibrations()), None)
        return Edition(
            number=number,
            entries=tuple(self.store.published()),
            numbers=newest.numbers if newest else "",
        )

    def adopt(self, edition: Edition, matcher: Matcher) -> None:
        """Answer with an edition and its index from now on."""
        self._matcher, self._edition, self._numbers = matcher, edition.number, edition.numbers
        self._by_id = {entry.id: entry for entry in edition.entries}

    def use(self, entries: Sequence[Entry]) -> None:
        """Index these entries in place of all others, whatever is published."""
        edition = Edition(number=-1, entries=tuple(entries))
        self.adopt(edition, edition.indexed(self._sentences))

    def refresh(self, ids: Sequence[str]) -> None:
        """Take in what became of some entries; all others stay indexed as they are.

        Anew where that is quicker or another order may come of it: much has changed since the
        index was built, or a passage of the guide is new.
        """
        now = {entry.id: entry for entry in self.store.published_of(ids)}
        changed = [e for e in now.values() if e != self._by_id.get(e.id)]
        gone = [one for one in dict.fromkeys(ids) if one in self._by_id and one not in now]
        known = [entry.id for entry in changed if entry.id in self._by_id]
        passages = any(e.collection is Collection.GUIDE and e.id not in known for e in changed)
        teach_words(_topics(changed))
        edited = self._matcher.edited((*gone, *known), changed)
        if passages or edited.worn:
            self.reload()
            return
        self._matcher = edited
        for entry_id in gone:
            del self._by_id[entry_id]
        self._by_id.update((entry.id, entry) for entry in changed)

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
        whole = self._understand(message, day, context)
        if len(parts) == 1:
            return [whole]
        found: list[Answered] = []
        for part in parts:
            answered = self._understand(part, day, context)
            found.append(answered)
            if isinstance(answered.outcome, Found):
                entry_id = answered.outcome.entry.id
                context = Context(question=answered.meant or part, entry_id=entry_id)
        different = {one.outcome.entry.id for one in found if isinstance(one.outcome, Found)}
        if len(different) < 2 and _plain(whole.outcome):  # the rest only told what it is about
            return [whole]
        return _without_repeats(found)

    def answer_one(self, question: str, day: date, context: Context | None = None) -> Outcome:
        """The outcome for one question."""
        return self._understand(pinyin.written(question), day, context).outcome

    def explain(self, question: str) -> list[str]:
        """Why a question is answered as it is, line by line, in words."""
        return list(explained(self._matcher, question))

    def _understand(self, question: str, day: date, context: Context | None) -> Answered:
        alone = Answered(question=question, outcome=self._match(question, day))
        if not questions.leans(question) or _plain(alone.outcome):
            return alone
        if context is None:
            return replace(alone, outcome=_ask_back(alone.outcome))
        return self._follow(alone, day, context)

    def _follow(self, alone: Answered, day: date, context: Context) -> Answered:
        """The outcome for a question that leans on the one before, or names another matter."""
        question, bare = alone.question, followup.without_pointing(alone.question)
        named, other = questions.matter(bare), followup.another_thing(question)
        before = self._by_id.get(context.entry_id)
        things = [word for word in named if len(word) > 1]
        foreign = bool(things) and (before is None or not followup.names(before, things))
        # What was just read is no answer again, unless a side of it is asked for by name.
        same = context.entry_id if other or not followup.asks_a_side(bare) else ""
        reads = followup.read(
            followup.readings(question, context.question, before),
            lambda text: self._match(text, day),
            lambda entry: entry.id != same and followup.names(entry, named),
            lambda entry: not (other and before) or entry.topic == before.topic,
        )
        surest = reads[0] if reads else followup.Read(text=bare, outcome=alone.outcome)
        if foreign and not other:
            # 「那备案呢」 goes on to something else; 「这个」 and 「它」 are what was before.
            plain = self._match(bare, day) if question.startswith("那") else alone.outcome
            if isinstance(plain, Found) and not followup.surer(surest, plain):
                return replace(alone, meant=bare, outcome=plain)
        if isinstance(surest.outcome, Found):
            return replace(alone, meant=surest.text, outcome=surest.outcome)
        if isinstance(surest.outcome, Unsure) and (before is None or foreign or other):
            return replace(alone, meant=surest.text, outcome=surest.outcome)
        if foreign:
            return replace(alone, outcome=_ask_back(alone.outcome))
        if before is None:
            return replace(alone, outcome=_ask_back(surest.outcome))
        followed = self._matcher.match_follow_up(question, before, context.question)
        agreed = followup.agreed(self._admissible(followed, question, day), reads)
        return replace(alone, meant=agreed.text, outcome=agreed.outcome)

    def corrected(self, word: str, day: date, context: Context) -> Answered | None:
        """「我是说备案」: the question before asked of `word`; None if that leads nowhere."""
        before = self._by_id.get(context.entry_id)
        reads = followup.read(
            followup.exchanged(word, context.question, before),
            lambda text: self._match(text, day),
            lambda entry: entry.id != context.entry_id and followup.names(entry, [word]),
            lambda entry: before is None or entry.topic == before.topic,
        )
        if not reads or isinstance(reads[0].outcome, NotFound):
            return None
        return Answered(question=reads[0].text, outcome=reads[0].outcome)

    def related(self, entry_id: str, day: date, shown: Sequence[str]) -> list[Entry]:
        """Other entries on the matter of this one, the nearest first, without those shown."""
        before = self._by_id.get(entry_id)
        if before is None:
            return []
        near = (candidate.entry for candidate in self._matcher.rank(before.question, AROUND))
        matter = (before.collection, before.section or before.topic)
        return [
            one
            for one in near
            if (one.collection, one.section or one.topic) == matter
            and one.id not in (entry_id, *shown)
            and one.valid_on(day)
        ]

    def _match(self, question: str, day: date) -> Outcome:
        return self._admissible(self._matcher.match(question), question, day)

    def _admissible(self, outcome: Outcome, question: str, day: date) -> Outcome:
        """What no longer holds, or is known not to be meant by these words, is neither an answer
        nor offered; the next best is not sure then."""
        folded = normalise(question)

        def fits(entry: Entry) -> bool:
            return entry.valid_on(day) and folded not in map(normalise, entry.unlike)

        left = tuple(c for c in outcome.candidates if fits(c.entry))
        if isinstance(outcome, Found):
            if fits(outcome.entry):
                return replace(outcome, candidates=left)
            return NotFound(confidence=outcome.confidence, candidates=left)
        if isinstance(outcome, Unsure):
            offered = tuple(c for c in outcome.offered if fits(c.entry))
            if not offered:
                return NotFound(confidence=outcome.confidence, candidates=left)
            return replace(outcome, offered=offered, candidates=left)
        there = outcome.elsewhere
        return replace(outcome, candidates=left, elsewhere=there if there and fits(there) else None)

    def take_in(
        self,
        entries: Sequence[Entry],
        *,
        publish: bool,
        replace_all: bool,
        at: datetime,
        by: str = "",
    ) -> Changes:
        """Store imported entries and, if published, answer with them from now on."""
        changes = self.store.save(entries, publish=publish, replace=replace_all, at=at, by=by)
        if replace_all:
            self.reload()
        elif publish:
            self.refresh([entry.id for entry in entries])
        return changes

    def log(self, question: Question) -> None:
        """Remember what was asked and what became of it."""
        self.store.log(question)


def _topics(entries: Iterable[Entry]) -> list[str]:
    """The topics that are short enough to be words."""
    return sorted({entry.topic for entry in entries if 2 <= len(entry.topic) <= 8})


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
        return replace(outcome, vague=True, off_topic=False, elsewhere=None)
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
