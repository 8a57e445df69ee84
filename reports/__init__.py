"""Figures and documents, made from what knowledge and petitions recorded."""

from reports.metrics import By, Metrics, Office, Period, metrics
from reports.questions import QuestionFigures, question_figures
from reports.sources import measured

__all__ = [
    "By",
    "Metrics",
    "Office",
    "Period",
    "QuestionFigures",
    "measured",
    "metrics",
    "question_figures",
]
