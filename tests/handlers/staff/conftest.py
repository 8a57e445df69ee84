"""A small office on Telegram, and cases for it."""

import pytest

from petitions import Role
from tests.staffing import Bureau


@pytest.fixture
def bureau(program, clock):
    return Bureau(program=program, clock=clock)


@pytest.fixture
def desk(program):
    return program.services.desk


@pytest.fixture
def employ(bureau):
    return bureau.employ


@pytest.fixture
def register(bureau):
    return bureau.register


@pytest.fixture
def li(bureau):
    return bureau.employ("李四", "2001")


@pytest.fixture
def wang(bureau):
    return bureau.employ("王五", "2002")


@pytest.fixture
def head(bureau):
    return bureau.employ("赵六", "2003", Role.SUPERVISOR)


@pytest.fixture
def number(bureau):
    return bureau.register()


@pytest.fixture
def zhang(bureau):
    """The citizen."""
    return bureau.account("1001")
