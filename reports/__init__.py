"""Figures and documents, made from what knowledge and petitions recorded."""

from reports.questions import QuestionFigures, question_figures

__all__ = ["QuestionFigures", "question_figures"]
