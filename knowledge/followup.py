"""A question that leans on the one before it, written out so that it stands by itself.

「它要多久」 after 「怎么申请信息公开」 reads 「信息公开要多久」; 「那备案呢」 after 「核准要多久」
reads 「备案要多久」. What is written out is matched like any other question, with the same care.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from knowledge import lexicon, questions, slots
from knowledge.aspects import Aspect
from knowledge.entries import Entry
from knowledge.matching import SHOWN
from knowledge.outcomes import Candidate, Found, NotFound, Outcome, Unsure
from knowledge.text import clean, fold, strip_politeness

FEW = 0.05  # share of the wordings below which a word is only said in passing
LIKELY = 0.35  # from which it may agree with what context alone suggests
CLEAR = 0.85  # from which that needs no such agreement on how sure it is, only on what it is
SURE = 0.72  # from which a question that was written out is answered: its words are a guess
_POINTING = re.compile(
    r"^(?:那么|那个|这个|那种|这种|那|这|它|他|上面|刚才|前面|还有|还|然后|接着|另外|再)+(?:说的)?(?:的)?"
)
_PART = re.compile("[,，]")
_WHAT_OF = re.compile(r"(?:的话)?呢$")
# Sides that an entry tells or does not: 要钱吗 is not answered by what tells 多久.
_TELLING = frozenset(
    {
        Aspect.HOW_LONG,
        Aspect.HOW_MUCH,
        Aspect.WHERE,
        Aspect.WHO,
        Aspect.MATERIALS,
        Aspect.CONDITIONS,
        Aspect.WHEN,
    }
)
_MOST_READINGS = 12  # each costs a match


def readings(question: str, asked_before: str, before: Entry | None) -> list[str]:
    """The question written out in every likely way; `before` answered the one before, if any."""
    rest = without_pointing(question)
    if other := another_thing(question):
        return exchanged(other, asked_before, before)
    written = []
    for text in _texts(asked_before, before):
        matters = (questions.subject(text), "".join(questions.matter(text)))
        written += [f"{matter}{rest}" for matter in matters if matter]
    return list(dict.fromkeys(written))


def without_pointing(question: str) -> str:
    """「那它要多久?」 without what points back: 要多久."""
    return _POINTING.sub("", strip_politeness(clean(question)).rstrip("?。! "))


def another_thing(question: str) -> str:
    """What 「那备案呢」 asks the same of; empty if it is no such question."""
    rest = without_pointing(question)
    return _WHAT_OF.sub("", rest) if questions.matter(rest) and _WHAT_OF.search(rest) else ""


def exchanged(word: str, asked_before: str, before: Entry | None) -> list[str]:
    """The question before with one of the things that it names exchanged for `word`."""
    written = []
    for text in _texts(asked_before, before):
        folded = fold(text)
        things = [thing for thing in questions.matter(text) if thing != word]
        written += [folded.replace(thing, word, 1) for thing in reversed(things)]
    return list(dict.fromkeys(written))[:_MOST_READINGS] or [f"{word},{fold(asked_before)}"]


def _texts(asked_before: str, before: Entry | None) -> tuple[str, ...]:
    return (asked_before, _first_part(before.question)) if before else (asked_before,)


def _first_part(question: str) -> str:
    """Of 「信息公开怎么申请，寄到哪里？」 what says the matter: 信息公开怎么申请."""
    first, *more = _PART.split(question)
    return first if more and questions.matter(first) else question


@dataclass(frozen=True, kw_only=True)
class Read:
    """A question written out, with its outcome."""

    text: str
    outcome: Outcome


def read(
    written: Iterable[str],
    match: Callable[[str], Outcome],
    fits: Callable[[Entry], bool],
    near: Callable[[Entry], bool] = lambda entry: True,
) -> list[Read]:
    """Every reading with what of its outcome fits: the surest first, answers before choices.

    What fits but is not `near`, on the matter talked about, is at most offered, behind what is.
    """
    fitting = _Fitting(fits=fits, near=near)
    found = (Read(text=text, outcome=fitting(match(text), text)) for text in written)
    return sorted(found, key=_sureness, reverse=True)


def surer(read: Read, plain: Found) -> bool:
    """Whether a question written out is answered, and more surely than as it was said."""
    return isinstance(read.outcome, Found) and read.outcome.confidence > plain.confidence


def _sureness(read: Read) -> tuple[bool, bool, float]:
    outcome = read.outcome
    return isinstance(outcome, Found), isinstance(outcome, Unsure), outcome.confidence


@dataclass(frozen=True, kw_only=True)
class _Fitting:
    """What of an outcome may be told."""

    fits: Callable[[Entry], bool]
    near: Callable[[Entry], bool]

    def __call__(self, outcome: Outcome, text: str) -> Outcome:
        """The outcome without what does not fit; an answer that does not tell the side asked for
        is only offered: what was written out is likelier to hide a difference than what was said.
        """
        offered = outcome.offered if isinstance(outcome, Unsure) else ()
        if isinstance(outcome, Found) and self.fits(outcome.entry):
            sure = outcome.confidence >= SURE
            if sure and self.near(outcome.entry) and _tells(outcome.entry, text):
                return outcome
            offered = outcome.candidates[:1]
        left = self._nearest(outcome.candidates, offered)
        if left:
            return Unsure(
                offered=left, confidence=outcome.confidence, candidates=outcome.candidates
            )
        return NotFound(confidence=outcome.confidence, candidates=outcome.candidates)

    def _nearest(
        self, candidates: tuple[Candidate, ...], offered: tuple[Candidate, ...]
    ) -> tuple[Candidate, ...]:
        """What is offered; where the best of it is not near, what is comes first."""
        left = tuple(one for one in offered if self.fits(one.entry))
        if not left or self.near(left[0].entry):
            return left
        closer = [c for c in candidates if self.fits(c.entry) and self.near(c.entry)]
        return tuple(dict.fromkeys((*closer[: SHOWN - 1], *left)))[:SHOWN]


def asks_a_side(question: str) -> bool:
    """Whether a question asks how long, how much, where, who, what papers, or when."""
    return bool(_sides(question))


def _sides(text: str) -> frozenset[Aspect]:
    return slots.read(text).asked & _TELLING


def _tells(entry: Entry, text: str) -> bool:
    wanted = _sides(text)
    told = (slots.read(wording).aspects for wording in entry.wordings)
    return not wanted or any(wanted & aspects for aspects in told)


def agreed(followed: Outcome, reads: Sequence[Read]) -> Read:
    """What context alone suggests is an answer only if the words, written out, lead there too."""
    first = reads[0] if reads else Read(text="", outcome=followed)
    if isinstance(followed, NotFound):
        return first
    if isinstance(followed, Unsure):
        return Read(text=first.text, outcome=followed)
    clear = followed.confidence >= CLEAR
    for read in reads:
        likely = clear or read.outcome.confidence >= LIKELY
        leading = _without_conflicts(read.outcome)[:1] if likely else ()
        if any(candidate.entry.id == followed.entry.id for candidate in leading):
            return Read(text=read.text, outcome=followed)
    offered = (*followed.candidates[:1], *_without_conflicts(first.outcome))
    unlike = {candidate.entry.id: candidate for candidate in offered}
    unsure = Unsure(
        offered=tuple(unlike.values())[:SHOWN],
        confidence=followed.confidence,
        candidates=followed.candidates,
    )
    return Read(text=first.text, outcome=unsure)


def _without_conflicts(outcome: Outcome) -> tuple[Candidate, ...]:
    return tuple(candidate for candidate in outcome.candidates if not candidate.conflicts)


def names(entry: Entry, named: Sequence[str]) -> bool:
    """Whether an entry speaks of all these things, in these words or the official ones.

    What few of its other wordings say is not what it is about.
    """
    told = fold(" ".join((entry.question, entry.topic, entry.section, entry.answer)))
    wordings = [fold(wording) for wording in entry.similar]
    least = max(len(wordings) * FEW, 1)

    def speaks(word: str) -> bool:
        return word in told or sum(word in wording for wording in wordings) >= least

    return all(any(map(speaks, (one, *lexicon.official(one)))) for one in named)
