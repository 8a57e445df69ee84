"""Finding cases by words. The one place that knows which index the engine has: here FTS5.

Every two neighbouring characters are one word of the index: Chinese has no spaces, and two
characters are what people search for most.
"""

import re
from typing import Any
from unicodedata import normalize

from petitions.store.base import Rows

_RUN = re.compile(r"[0-9a-z]+|[^\W_0-9a-zA-Z]+")
_NUMBERISH = re.compile(r"[0-9][0-9-]{2,14}")
_LONGEST = 4000  # characters of a text that are indexed
_COMPARED = 8  # pairs of a text by which others like it are looked for
_TRIED = 200  # pairs of a text of which those are the rarest


def pairs(text: str) -> list[str]:
    """Every two neighbouring characters and the last one; letters and digits stay whole."""
    found: list[str] = []
    for run in _RUN.findall(normalize("NFKC", text[:_LONGEST]).lower()):
        if run[0].isascii() or len(run) == 1:
            found.append(run)
        else:
            found += [*(run[at : at + 2] for at in range(len(run) - 1)), run[-1]]
    return found


def phrase(text: str, values: dict[str, Any]) -> str:
    """A condition on `case_facts`: the number begins or ends so, or every word is there."""
    plain = normalize("NFKC", text).strip()
    if _NUMBERISH.fullmatch(plain):
        values["numberish"] = f"%{plain}%"
        return "number LIKE :numberish"
    runs = _RUN.findall(plain.lower())
    if not runs:
        return "1 = 0"
    values["words"] = " AND ".join(map(_match, runs))
    return (
        "number IN (SELECT number FROM case_word_rows WHERE seq IN "
        "(SELECT rowid FROM case_words WHERE case_words MATCH :words))"
    )


def _match(run: str) -> str:
    """One word: its pairs one after the other; a single character begins a pair."""
    if len(run) == 1 or run[0].isascii():
        return f'"{run}"*'
    return '"' + " ".join(pairs(run)[:-1]) + '"'


class SearchRows(Rows):
    """The word index."""

    def index_words(self, number: str, text: str) -> None:
        """Put these words in place of those a case is found by."""
        rows = self._db.query(
            "INSERT INTO case_word_rows (number) VALUES (:number) "
            "ON CONFLICT (number) DO UPDATE SET number = excluded.number RETURNING seq",
            {"number": number},
        )
        seq = next(iter(rows))["seq"]
        self._db.execute("DELETE FROM case_words WHERE rowid = :seq", {"seq": seq})
        self._db.execute(
            "INSERT INTO case_words (rowid, words) VALUES (:seq, :words)",
            {"seq": seq, "words": " ".join(pairs(text))},
        )

    def alike(
        self, text: str, *, limit: int, indexed: bool = False
    ) -> tuple[tuple[str, float], ...]:
        """Numbers of cases that share the most telling words, best first, with a score > 0.

        `indexed`: the text is that of a case, so words of one case only lead back to itself.
        """
        words = self._telling(
            [word for word in dict.fromkeys(pairs(text)) if len(word) > 1][:_TRIED],
            least=2 if indexed else 1,
        )
        if not words:
            return ()
        rows = self._db.query(
            "SELECT number, score FROM (SELECT rowid AS seq, -bm25(case_words) AS score "
            "FROM case_words WHERE case_words MATCH :words ORDER BY bm25(case_words) LIMIT :limit) "
            "AS found JOIN case_word_rows USING (seq) ORDER BY score DESC, number",
            {"words": " OR ".join(f'"{word}"' for word in words), "limit": limit},
        )
        return tuple((row["number"], row["score"]) for row in rows)

    def _telling(self, words: list[str], *, least: int) -> list[str]:
        """The rarest: they tell most, and a word that is everywhere costs most to compare."""
        marks = ", ".join(f":w{n}" for n in range(len(words)))
        rows = self._db.query(
            f"SELECT term FROM case_vocabulary WHERE term IN ({marks}) "  # noqa: S608 - marks
            "AND doc >= :least ORDER BY doc, term LIMIT :most",
            {**{f"w{n}": word for n, word in enumerate(words)}, "most": _COMPARED, "least": least},
        )
        return [row["term"] for row in rows]
