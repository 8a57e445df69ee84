"""How well questions were answered in a period: pure functions over the log of questions."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge import Question


@dataclass(frozen=True, kw_only=True)
class QuestionFigures:
    """Counts of a period; every rate says what it is a share of, and is None of nothing.

    There is no national definition of these figures; they are ours.
    """

    questions: int
    self_served: int  # ended by an automatic answer, not passed on and not called unsolved
    unanswered: int  # nothing was found
    rated: int
    helpful: int
    most_asked_unanswered: tuple[tuple[str, int], ...]

    @property
    def self_service_rate(self) -> float | None:
        """自助解答率: self-served / questions."""
        return _share(self.self_served, self.questions)

    @property
    def unanswered_rate(self) -> float | None:
        """Nothing found / questions."""
        return _share(self.unanswered, self.questions)

    @property
    def helpful_rate(self) -> float | None:
        """Rated helpful / rated. A question nobody rated is not helpful."""
        return _share(self.helpful, self.rated)


def question_figures(asked: Iterable[Question], listed: int = 10) -> QuestionFigures:
    """The figures of these questions, with the `listed` most frequent unanswered ones."""
    questions = list(asked)
    unanswered = [q for q in questions if q.decision == "escalate"]
    return QuestionFigures(
        questions=len(questions),
        self_served=sum(map(_self_served, questions)),
        unanswered=len(unanswered),
        rated=sum(1 for q in questions if q.feedback),
        helpful=sum(1 for q in questions if q.feedback == "helpful"),
        most_asked_unanswered=tuple(Counter(q.text for q in unanswered).most_common(listed)),
    )


def _self_served(question: Question) -> bool:
    answered = question.answered_with is not None
    return answered and question.escalated_at is None and question.feedback != "unsolved"


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
