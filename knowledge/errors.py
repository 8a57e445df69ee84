"""What can go wrong with knowledge; each docstring is the sentence people read.

KnowledgeError
├── BadFile          a file cannot be taken in; carries every problem
├── CannotWrite      a file cannot be written; carries every problem
├── UnknownFormat    the file's ending is not one of ours
├── UnknownEntry     no such entry, or none that may be shown
├── UnknownSuggestion  no such suggestion waits for a decision
├── NothingToPublish   no draft, or none of that entry
└── OwnDraft           somebody would publish what they wrote themselves
"""

from collections.abc import Sequence
from dataclasses import dataclass


class KnowledgeError(Exception):
    """知识库出错。"""

    def __str__(self) -> str:
        return str(self.__doc__)


@dataclass(frozen=True, kw_only=True, order=True)
class Problem:
    """One thing wrong, with the place to look at; line and column count from 1, 0 = whole file."""

    file: str
    line: int
    column: int
    text: str
    code: str = ""  # the rule's short name, e.g. "placeholder"
    entry_id: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.text}"


class BadFile(KnowledgeError):
    """文件有问题，没有导入任何内容。"""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join([str(self.__doc__), *map(str, self.problems)])


class CannotWrite(KnowledgeError):
    """文件没有写成，原来的文件没有改动。"""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join([str(self.__doc__), *map(str, self.problems)])


class UnknownFormat(KnowledgeError):
    """不认识这种文件，请用 .jsonl、.csv、.xlsx（问答）或 .md、.docx（指南）。"""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"{self.path}:{self.__doc__}"


class UnknownEntry(KnowledgeError):
    """没有这条内容，或者它已经失效。"""


class UnknownSuggestion(KnowledgeError):
    """没有这条待处理的建议，什么也没有改。请先看 knowledge suggestions。"""

    def __init__(self, ids: Sequence[int]) -> None:
        super().__init__(ids)
        self.ids = tuple(ids)

    def __str__(self) -> str:
        return f"{'、'.join(map(str, self.ids))}：{self.__doc__}"


class EmbeddingFailed(KnowledgeError):
    """句子模型没有回应，这次不用它。"""


class NothingToPublish(KnowledgeError):
    """没有待发布的草稿，什么也没有发布。"""

    def __init__(self, ids: Sequence[str]) -> None:
        super().__init__(ids)
        self.ids = tuple(ids)

    def __str__(self) -> str:
        return f"{'、'.join(self.ids)}：{self.__doc__}" if self.ids else str(self.__doc__)


class OwnDraft(KnowledgeError):
    """草稿不能由改它的人自己发布，请另一位同事审核后发布。什么也没有发布。"""

    def __init__(self, ids: Sequence[str]) -> None:
        super().__init__(ids)
        self.ids = tuple(ids)

    def __str__(self) -> str:
        return f"{'、'.join(self.ids)}：{self.__doc__}"
