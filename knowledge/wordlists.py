"""Word lists and tables in `data/`: one entry a line, `#` begins a comment line."""

from importlib import resources


def lines(name: str) -> tuple[str, ...]:
    """The lines of a list, without comments and empty ones."""
    text = resources.files("knowledge").joinpath("data", name).read_text("utf-8")
    return tuple(line for line in text.splitlines() if line.strip() and not line.startswith("#"))


def words(name: str) -> frozenset[str]:
    """All words of a list, several on a line allowed."""
    return frozenset(word for line in lines(name) for word in line.split())
