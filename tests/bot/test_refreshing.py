"""What is published elsewhere while this process answers."""

import asyncio
import logging
import sqlite3

import pytest

from bot.mailroom import AsyncMailroom
from bot.refreshing import keeping_up
from bot.services import open_services
from knowledge import KnowledgeStore, review
from tests.conftest import NOON, entry

QUESTION = "摩托车停车证在哪里办?"


@pytest.fixture
def elsewhere(program):
    """A second program on the same database: the command line."""
    with open_services(program.settings) as other:
        yield other


@pytest.fixture
def mailroom(program):
    mailroom = AsyncMailroom(program.mailroom)
    yield mailroom
    mailroom.close()


def publish(elsewhere, answer):
    with elsewhere.db.atomic():
        elsewhere.services.knowledge.take_in(
            [entry("parking", QUESTION, answer)], publish=True, replace_all=False, at=NOON
        )


async def until_said(mailroom, citizen, part, *, said=True):
    """Ask again and again until an answer has these words, or has them no more."""
    async with asyncio.timeout(10):
        while (part in (await mailroom.run(citizen.says, QUESTION)).text) is not said:
            await asyncio.sleep(0.01)


async def test_what_is_published_elsewhere_is_answered_with_here(
    program, elsewhere, mailroom, citizen
):
    async with keeping_up(mailroom, program.services.knowledge, every=0.01):
        publish(elsewhere, "在一楼大厅办。")
        await until_said(mailroom, citizen, "一楼大厅")
        publish(elsewhere, "搬到二楼了。")
        await until_said(mailroom, citizen, "二楼")
        with elsewhere.db.atomic():
            review.withdraw(elsewhere.services.knowledge, "parking", by="", note="", at=NOON)
        await until_said(mailroom, citizen, "二楼", said=False)


def test_a_draft_and_what_we_published_ourselves_are_no_news(program, elsewhere):
    knowledge = program.services.knowledge
    assert knowledge.newer() is None
    elsewhere.services.knowledge.take_in(
        [entry("parking", QUESTION, "草稿。")], publish=False, replace_all=False, at=NOON
    )
    assert knowledge.newer() is None
    review.publish(knowledge, (), by="", at=NOON)
    assert knowledge.newer() is None
    assert elsewhere.services.knowledge.newer() is not None


async def test_a_database_that_is_locked_is_looked_at_again(
    program, elsewhere, mailroom, citizen, monkeypatch, caplog
):
    edition, failures = KnowledgeStore.edition, [sqlite3.OperationalError("database is locked")]

    def locked_once(store):
        if store is program.services.knowledge.store and failures:
            raise failures.pop()
        return edition(store)

    monkeypatch.setattr(KnowledgeStore, "edition", locked_once)
    caplog.set_level(logging.INFO, logger="bot")
    async with keeping_up(mailroom, program.services.knowledge, every=0.01):
        publish(elsewhere, "在一楼大厅办。")
        await until_said(mailroom, citizen, "一楼大厅")
    told = [record.getMessage() for record in caplog.records]
    assert told == ["读取新发布的知识不成功，稍后再试：OperationalError", "知识已更新：8 条"]
