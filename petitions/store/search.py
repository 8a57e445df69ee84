"""Finding cases by words. The one place that knows which index the engine has: here FTS5.

Every two neighbouring characters are one word of the index: Chinese has no spaces, and two
characters are what people search for most.
"""

import json
import re
from typing import Any
from unicodedata import normalize

from sqlite_utils import Database

from petitions.store.base import Rows

_RUN = re.compile(r"[0-9a-z]+|[^\W_0-9a-zA-Z]+")
_NUMBERISH = re.compile(r"[0-9][0-9-]{2,14}")
_LONGEST = 4000  # characters of a text that are indexed
_TRIED = 80  # pairs at the beginning of a text, of which some are looked for in others
_COMPARED = 8  # of them, the rarest: at most so many
_FEWEST = 3  # at least, where there are so many
_READ = 2_000  # cases that are compared; where more have such a pair, the newest


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


ADD_WORD_ROW = "INSERT INTO case_word_rows (seq, number) VALUES (:seq, :number)"
ADD_WORDS = "INSERT INTO case_words (rowid, words) VALUES (:seq, :words)"


def indexed(text: str) -> str:
    """A text as the index takes it."""
    return " ".join(pairs(text))


class SearchRows(Rows):
    """The word index."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self._common: set[str] = set()  # words found in `_READ` cases: they never get rarer

    def _last_word_row(self) -> int:
        rows = self._read("SELECT coalesce(max(seq), 0) AS last FROM case_word_rows")
        return int(next(iter(rows))["last"])

    def index_words(self, number: str, text: str) -> None:
        """Put these words in place of those a case is found by."""
        rows = self._db.query(
            "INSERT INTO case_word_rows (number) VALUES (:number) "
            "ON CONFLICT (number) DO UPDATE SET number = excluded.number RETURNING seq",
            {"number": number},
        )
        seq = next(iter(rows))["seq"]
        self._db.execute("DELETE FROM case_words WHERE rowid = :seq", {"seq": seq})
        self._db.execute(ADD_WORDS, {"seq": seq, "words": indexed(text)})

    def alike(
        self, text: str, *, limit: int, of_case: bool = False
    ) -> tuple[tuple[str, float], ...]:
        """Numbers of cases that share the most telling words, best first, with a score > 0.

        How long it takes depends on `_TRIED` and `_READ`, not on how many cases there are.
        `of_case`: the text is that of a case, so words of one case only lead back to itself.
        """
        words = self._telling(
            [word for word in dict.fromkeys(pairs(text)) if len(word) > 1][:_TRIED],
            least=2 if of_case else 1,
        )
        if not words:
            return ()
        rows = self._read(
            "SELECT number, score FROM (SELECT rowid AS seq, -bm25(case_words) AS score "
            "FROM case_words WHERE case_words MATCH :words ORDER BY rowid DESC LIMIT :read) "
            "AS found JOIN case_word_rows USING (seq) ORDER BY score DESC, number LIMIT :limit",
            {
                "words": " OR ".join(f'"{word}"' for word in words),
                "read": _READ,
                "limit": limit,
            },
        )
        return tuple((row["number"], row["score"]) for row in rows)

    def _telling(self, words: list[str], *, least: int) -> list[str]:
        """The rarest: they tell most, and a word that is everywhere costs most to compare."""
        counted = sorted(
            (count, word) for word, count in self._cases_with(words).items() if count >= least
        )
        chosen: list[str] = []
        read = 0
        for count, word in counted[:_COMPARED]:
            read += count
            if read > _READ and len(chosen) >= _FEWEST:
                break
            chosen.append(word)
        return chosen

    def _cases_with(self, words: list[str]) -> dict[str, int]:
        """How many cases have each word; where there are more, `_READ`."""
        unknown = [word for word in words if word not in self._common]
        rows = self._db.conn.execute(
            "SELECT value, (SELECT count(*) FROM (SELECT 1 FROM case_words "
            "WHERE case_words MATCH '\"' || value || '\"' LIMIT :most)) FROM json_each(:words)",
            {"words": json.dumps(unknown, ensure_ascii=False), "most": _READ},
        )
        counts = dict(rows.fetchall())
        self._common.update(word for word, count in counts.items() if count == _READ)
        return dict.fromkeys(words, _READ) | counts
