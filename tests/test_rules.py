"""Rules of the house that no linter knows."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "handlers", "reports", "knowledge", "petitions")
SOURCES = sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))


def breaches(pattern, allowed):
    """Files outside `allowed` in which the pattern occurs."""
    found = re.compile(pattern)
    return [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if str(path.relative_to(ROOT)) not in allowed and found.search(path.read_text("utf-8"))
    ]


def test_sql_lives_in_stores_only():
    stores = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        if path.name == "store.py" or path.parent.name == "store"
    }
    assert breaches(r"\b(SELECT .+ FROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b", stores) == []


def test_the_environment_is_read_in_one_place():
    assert breaches(r"os\.environ|getenv", {"bot/config.py"}) == []


def test_the_clock_is_read_in_one_place():
    assert breaches(r"datetime\.now\(|date\.today\(|utcnow", {"bot/services.py"}) == []


def test_every_module_says_what_it_holds():
    assert [p.name for p in SOURCES if not p.read_text("utf-8").lstrip().startswith('"""')] == []


def test_no_file_is_longer_than_can_be_read_at_a_sitting():
    sizes = {str(p.relative_to(ROOT)): len(p.read_text("utf-8").splitlines()) for p in SOURCES}
    assert {name: size for name, size in sizes.items() if size > 450} == {}


def test_the_spam_of_a_defaced_source_is_nowhere():
    spam = "即时" + "比分"
    files = [
        p
        for p in (ROOT / "knowledge/data").rglob("*")
        if p.is_file() and p.name != "spam.txt" and p.suffix != ".npz"
    ]
    assert [p.name for p in files if spam in p.read_text("utf-8")] == []


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "docs/architecture.md"])
def test_every_path_a_document_names_exists(document):
    text = (ROOT / document).read_text("utf-8")
    paths = re.findall(
        r"(?:`|\()((?:bot|handlers|reports|knowledge|petitions|docs)/[\w/.-]+)", text
    )
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_command_the_readme_names_exists():
    from bot.cli import app  # builds the whole command tree

    text = (ROOT / "README.md").read_text("utf-8") + (ROOT / "docs/operations.md").read_text(
        "utf-8"
    )
    named = {words[0] for words in map(str.split, re.findall(r"python -m bot ([a-z ]+)", text))}
    known = {c.name or c.callback.__name__ for c in app.registered_commands if c.callback}
    known |= {group.name or "" for group in app.registered_groups}
    assert named <= known
