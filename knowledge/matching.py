"""From a question to `Found | Unsure | NotFound`.

Candidates come from the index, each is compared feature by feature, a logistic model ranks them
and a second one says how sure the first place is. The weights are in `data/weights.json`; how
they came about is in docs/matching.md.
"""

import math
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property

from knowledge import features, lexicon, pinyin, slots, terms
from knowledge.aspects import Aspect
from knowledge.embedding import SentenceModel
from knowledge.entries import Collection, Entry
from knowledge.index import Index
from knowledge.kept import Remembered
from knowledge.outcomes import Candidate, Found, NotFound, Outcome, Unsure
from knowledge.postings import SATURATED
from knowledge.reading import Reading
from knowledge.text import bigrams, document_numbers, fold, normalise
from knowledge.vectors import table
from knowledge.weights import Style, Weights, default_weights

# Compared in full. Of those with a question the right one is nearly always among the first five;
# long texts share much with every question, so there the order changes more.
CANDIDATES = {Style.ASKED: 8, Style.WORDED: 8, Style.TOLD: 40}
AROUND = 30  # compared for a follow-up, of which those on the same matter count
SHOWN = 3  # offered when in doubt
ALIKE = 0.8  # a wording this like the question is worth showing, however many others compete
SHORTEST = 4  # characters below which a question names a thing and does not say what of it
LONG = 20  # characters from which a question counts as long
LONGEST_LEAD = 4.0  # a lead over the second place beyond this says nothing more
CLOSE = 2.5  # candidates this close to the first compete with it
CLEAR = 0.6  # lead from which a follow-up is answered without asking back
DOUBT = 0.35  # what a slot that differs leaves of the confidence
SAMPLE = 2_000  # entries that are looked at for the places they name
FOLLOWS = 6.0  # an entry on the side asked for may lie this far behind the best of the matter


_NAMES = tuple(features.NAMES)
_SAME_CHARACTERS = _NAMES.index("same_characters")
_CONFLICTS = _NAMES.index("conflicts")
_IDENTICAL = _NAMES.index("identical")
_SWAPPED = _NAMES.index("swapped")
_ASKED_IN_ENTRY = _NAMES.index("asked_in_entry")


class Matcher:
    """An index over entries with everything that comparing needs; never changed after building."""

    def __init__(
        self,
        entries: Sequence[Entry],
        weights: Weights | None = None,
        sentences: SentenceModel | None = None,
    ) -> None:
        self.entries = tuple(entries)
        self.style = Style.of(self.entries)
        self.weights = weights or default_weights(self.style)
        self._sentences = sentences
        self._index = Index(self.entries)
        self._forget_rarities()

    def _forget_rarities(self) -> None:
        self._rarity = _rarity(self._index, self._home)

    def edited(self, gone: Iterable[str], new: Sequence[Entry]) -> "Matcher":
        """The same without the entries of these ids and with new ones; indexes only the new."""
        places = self._places.copy()
        left = [places.pop(entry_id) for entry_id in gone]
        places.update((entry.id, len(self.entries) + n) for n, entry in enumerate(new))
        other = copy(self)
        other.entries, other._places = (*self.entries, *new), places
        other._index = self._index.edited(left, new)
        other._forget_rarities()
        return other

    @property
    def worn(self) -> bool:
        """Whether so much was edited that building anew is worth its time."""
        return self._index.worn

    @cached_property
    def _home(self) -> frozenset[str]:
        sample = self.entries[:: max(len(self.entries) // SAMPLE, 1)]
        return slots.home("\n".join((*entry.wordings, entry.answer)) for entry in sample)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {entry.id: place for place, entry in enumerate(self.entries)}

    def warmed(self) -> "Matcher":
        """Itself, with the tables loaded that the first question would wait for."""
        if self.entries:
            self.match(self.entries[0].question or self.entries[0].answer[:LONG])
            pinyin.written("shenqing")  # a table of all spellings
        return self

    def with_weights(self, weights: Weights) -> "Matcher":
        """The same index with other weights."""
        other = copy(self)
        other.weights = weights
        return other

    def match(self, question: str) -> Outcome:
        """The outcome for one question on its own."""
        if not any(map(str.isalpha, question)):  # digits and signs say nothing of a matter
            return NotFound(confidence=0.0, vague=True)
        candidates = self.rank(question)
        if not candidates:
            return NotFound(confidence=0.0, off_topic=True)
        return self._decide(question, candidates)

    def match_follow_up(self, question: str, before: Entry, asked_before: str) -> Outcome:
        """The outcome for a question that leans on the one before (「那要多久?」).

        Only entries on the same matter count, and of those the ones that tell the side asked for.
        Context is weaker evidence than words, so without a clear lead the person chooses.
        """
        side = slots.read(question).asked
        together = f"{asked_before},{question}"
        near = [c for c in self.rank(together, AROUND) if _same_matter(c.entry, before)]
        fitting = [c for c in near if side & _sides(c.entry)] if side else near
        if not fitting or fitting[0].score < near[0].score - FOLLOWS:
            return NotFound(confidence=0.0, candidates=tuple(near), vague=True)
        lead = fitting[0].score - fitting[1].score if len(fitting) > 1 else LONGEST_LEAD
        confidence = 1 / (1 + math.exp(-(lead - CLEAR)))
        if side and lead >= CLEAR:
            return Found(entry=fitting[0].entry, confidence=confidence, candidates=tuple(fitting))
        worth = [c for c in fitting[:SHOWN] if c.score >= fitting[0].score - CLOSE]
        return Unsure(offered=tuple(worth), confidence=confidence, candidates=tuple(fitting))

    def rank(self, question: str, limit: int = 0) -> list[Candidate]:
        """Entries that share most with the question, best first; `limit` as for its style if 0."""
        question = self.understood(question)
        folded = normalise(question)
        said = terms.of_question(folded, document_numbers(question))
        known = said
        if official := lexicon.official(folded):
            implied = terms.of_question(fold(" ".join(official)))
            known = {term: lexicon.EXPANDED * weight for term, weight in implied.items()} | said
        hits, rarities = self._index.search(known, limit or CANDIDATES[self.style])
        most = SATURATED * sum(weight * rarities[term] for term, weight in said.items())
        best = hits[0].score if hits else 0.0
        reading = Reading(folded, question)
        asked = features.Asked.of(reading, self._rarity, (most, best), self.weights.swapped)
        found = [(self.entries[h.place], self._index.text(h.place), h.score) for h in hits]
        compared = features.compare(
            asked, features.Near.of(asked, found), told=self.style is Style.TOLD
        )
        candidates = map(self._candidate, (entry for entry, _, _ in found), compared)
        ranked = sorted(candidates, key=lambda candidate: -candidate.score)
        return self._read_closely(reading, ranked)

    def understood(self, question: str) -> str:
        """The question with pinyin as characters and typing errors by sound set right."""
        question = pinyin.written(question)
        for typed, meant in self._index.words.slips(normalise(question)):
            if typed not in question:
                question = fold(question)  # 復儀; what a sign stands between is not one word
            question = question.replace(typed, meant)
        return question

    def _read_closely(self, question: Reading, ranked: list[Candidate]) -> list[Candidate]:
        """The same order, or another where a sentence model is asked and counts."""
        if not self._sentences or not self.weights.meant.counts:
            return ranked
        read = self._sentences.read(question, ranked, told=self.style is Style.TOLD)
        worth = self.weights.meant.rank
        scored = [replace(one, score=one.score + worth * (one.meant or 0.0)) for one in read]
        return sorted(scored, key=lambda candidate: -candidate.score)

    def _candidate(self, entry: Entry, compared: features.Compared) -> Candidate:
        return Candidate(
            entry=entry,
            score=self.weights.score(compared.values),
            wording=compared.wording,
            values=compared.values,
            conflicts=compared.conflicts,
        )

    def confidence(self, question: str, candidates: Sequence[Candidate], among: int = 1) -> float:
        """How sure it is that one of the first `among` candidates answers, 0..1."""
        sure = self.weights.confidence(
            sureness(question, candidates, among), meant_odds(candidates, self.weights, among)
        )
        return sure * doubt(candidates[0], self.weights) if among == 1 else sure

    def _decide(self, question: str, candidates: list[Candidate]) -> Outcome:
        first, limits = candidates[0], self.weights.thresholds
        confidence = self.confidence(question, candidates)
        asks = len(normalise(question)) >= SHORTEST or first.values[_IDENTICAL] > 0
        if confidence >= limits.found and asks and not first.conflicts:
            return _found(first.entry, confidence, candidates)
        one_of_these = self.confidence(question, candidates, SHOWN)
        if one_of_these >= limits.unsure or first.values[_SAME_CHARACTERS] >= ALIKE:
            worth = [c for c in candidates[:SHOWN] if c.score >= first.score - CLOSE]
            return Unsure(offered=tuple(worth), confidence=confidence, candidates=tuple(candidates))
        touched = first.values[_ASKED_IN_ENTRY]
        return NotFound(
            confidence=confidence, candidates=tuple(candidates), off_topic=touched < 0.4
        )


def _found(entry: Entry, confidence: float, candidates: Sequence[Candidate]) -> Outcome:
    """The answer; where it only says whose business the matter is, that nothing here answers."""
    if entry.elsewhere:
        return NotFound(confidence=confidence, candidates=tuple(candidates), elsewhere=entry)
    return Found(entry=entry, confidence=confidence, candidates=tuple(candidates))


def _rarity(index: Index, home: frozenset[str]) -> features.Rarity:
    """How much a pair of characters and a word say among the entries of an index."""

    def of_word(word: str) -> float:
        """Between how rare it is here and how rare it is anywhere, 0..1."""
        here = (
            sum([pairs[pair] for pair in bigrams(word)]) / (len(word) - 1)
            if len(word) > 1
            else index.rarity(terms.char(word))
        )
        return math.sqrt(min(here / index.most, 1.0) * table().weight(word))

    pairs = Remembered[str, float](lambda pair: index.rarity(terms.pair(pair)))
    telling = Remembered[str, float](lambda pair: pairs[pair] * features.weight_of(pair))
    chars = Remembered[str, float](lambda char: index.rarity(terms.char(char)))
    words = Remembered[str, float](of_word)
    return features.Rarity(
        pair=pairs.__getitem__,
        unit=lambda unit: pairs[unit] if len(unit) > 1 else chars[unit],
        telling=telling.__getitem__,
        word=words.__getitem__,
        home=home,
    )


def _same_matter(entry: Entry, before: Entry) -> bool:
    """The guide is one matter; of the FAQ, each topic is."""
    if entry.collection is not before.collection:
        return False
    return entry.collection is Collection.GUIDE or entry.topic == before.topic


def _sides(entry: Entry) -> frozenset[Aspect]:
    return frozenset(side for wording in entry.wordings for side in slots.read(wording).asked)


def doubt(candidate: Candidate, weights: Weights) -> float:
    """What the conflicts of a candidate leave of the confidence, 0..1.

    A slot that differs takes a fixed share; words that differ take more the rarer they are, unless
    what they say is left to the models.
    """
    left = DOUBT if candidate.values[_CONFLICTS] > 0 else 1.0
    return left * (1 - candidate.values[_SWAPPED]) if weights.swapped < 1 else left


def meant_odds(candidates: Sequence[Candidate], weights: Weights, among: int = 1) -> float:
    """What a sentence model adds to the log odds of the confidence; 0 if none was asked."""
    first = candidates[0].meant
    if first is None:
        return 0.0
    others = [one.meant for one in candidates[among:] if one.meant is not None]
    return weights.meant.odds(first, max(others, default=0.0))


def sureness(question: str, candidates: Sequence[Candidate], among: int = 1) -> tuple[float, ...]:
    """What the confidence is worked out from, in the order of `SURENESS`.

    The lead is the first candidate's over the best one that would not be shown; the share is what
    the ranking model gives to those that would be.
    """
    first = candidates[0]
    others = candidates[among:]
    lead = first.score - others[0].score if others else LONGEST_LEAD
    length = min(len(normalise(pinyin.written(question))), LONG) / LONG
    odds = [math.exp(one.score - first.score) for one in candidates]
    share = sum(odds[:among]) / sum(odds)
    return (min(lead, LONGEST_LEAD) / LONGEST_LEAD, length, share, *first.values)
