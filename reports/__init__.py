"""Figures and documents, made from what knowledge and petitions recorded."""

from reports.desk import desk_metrics
from reports.metrics import By, Metrics, Office, Period, metrics
from reports.questions import QuestionFigures, question_figures

__all__ = [
    "By",
    "Metrics",
    "Office",
    "Period",
    "QuestionFigures",
    "desk_metrics",
    "metrics",
    "question_figures",
]
