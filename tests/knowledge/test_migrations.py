"""An older database keeps what it knows."""

from sqlite_utils import Database, Migrations

from knowledge import KnowledgeStore, Said
from knowledge.store import schema


def old_database():
    """A database as the first release left it, with a question that was picked for and rated."""
    db = Database(memory=True)
    first = Migrations("knowledge")
    first(name="m001_entries_and_questions")(schema.m001_entries_and_questions)
    first.apply(db)
    body = (
        '{"id": "fee", "question": "要收费吗?", "answer": "不收。", "similar": ["要钱吗"], '
        '"topic": "", "department": "", "source": {"title": "", "number": "", "article": "", '
        '"issuer": "", "date": null, "url": ""}, "effective_from": null, "effective_to": null, '
        '"review_by": null, "collection": "faq", "section": ""}'
    )
    at = "2026-11-24T04:00:00+00:00"
    db.execute("INSERT INTO entries VALUES ('fee', 1, 'published', 'faq', 0, ?, ?)", (body, at))
    for name, decision, feedback in (("a", "answer", "unsolved"), ("b", "clarify", None)):
        db.execute(
            "INSERT INTO questions VALUES "
            "(?, 'c', 'web', ?, '要不要钱', ?, 0.5, '[]', 'fee', ?, NULL)",
            (name, at, decision, feedback),
        )
    return db


def test_entries_and_what_was_said_of_them_survive():
    db = old_database()
    schema.migrations.apply(db)
    store = KnowledgeStore(db)
    assert [entry.unlike for entry in store.published()] == [()]
    assert [event.what for event in store.events("fee")] == ["published"]
    assert [one.said for one in store.reactions()] == [Said.UNSOLVED, Said.PICKED]
