"""An arrangement of holidays for 2027 as it might be announced; the days are made up."""

from pathlib import Path

from petitions import read_year

LINES = Path(__file__).with_name("year2027.csv").read_text(encoding="utf-8").splitlines()
YEAR_2027 = read_year(2027, LINES)
