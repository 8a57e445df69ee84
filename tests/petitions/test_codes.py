"""Query codes and how often one may guess."""

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import extract_parameters
from hypothesis import given
from hypothesis import strategies as st

from petitions.codes import (
    ALPHABET,
    NOBODYS_HASH,
    WrongCodes,
    hash_code,
    matches,
    new_code,
    normalise_code,
)

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
CODES = st.text(ALPHABET, min_size=8, max_size=8).map(lambda code: f"{code[:4]}-{code[4:]}")


def ago(*minutes):
    return tuple(NOON - timedelta(minutes=number) for number in minutes)


def test_a_code_is_two_groups_of_four_without_look_alikes():
    code = new_code()
    assert [len(group) for group in code.split("-")] == [4, 4]
    assert not set("0O1ILZSBUG") & set(ALPHABET)
    assert set(code) <= {*ALPHABET, "-"}


def test_a_code_comes_from_the_source_of_chance_it_is_given():
    chosen = iter("7K3MXQ9F")
    assert new_code(lambda _: next(chosen)) == "7K3M-XQ9F"


def test_codes_differ():
    assert len({new_code() for _ in range(200)}) == 200


@pytest.mark.parametrize(
    "written",
    ["7K5M-XQ9F", "7k5mxq9f", " 7K5M XQ9F ", "７Ｋ５Ｍ－ＸＱ９Ｆ", "7KSM—XQ9F", "「7k5m-xq9f」"],
)
def test_a_code_is_read_however_it_is_written(written):
    assert normalise_code(written) == normalise_code("7K5M-XQ9F")


@given(code=CODES)
def test_normalising_loses_no_code(code):
    assert normalise_code(code) == code.replace("-", "")


@pytest.mark.parametrize("wrong", ["7K5M-XQ9E", "7K5M-XQ9", "7K5M-XQ9F-7", "", "7K5M-XQ9F" * 200])
def test_only_the_code_itself_matches(wrong):
    stored = hash_code("7K5M-XQ9F")
    assert matches("7k5m xq9f", stored)
    assert not matches(wrong, stored)


def test_the_hash_does_not_show_the_code():
    first, second = hash_code("7K5M-XQ9F"), hash_code("7K5M-XQ9F")
    assert first != second
    assert "7K5M" not in first


def test_without_a_case_nothing_matches_and_the_work_is_the_same():
    assert not matches("7K5M-XQ9F", None)
    assert extract_parameters(NOBODYS_HASH) == extract_parameters(hash_code("7K5M-XQ9F"))


@pytest.mark.parametrize(
    ("for_number", "by_person", "wait"),
    [
        ((), (), 0),
        (ago(1, 2, 3, 4), (), 0),
        (ago(1, 2, 3, 4, 5), (), 55),
        (ago(1, 2, 3, 4, 59.5), (), 1),
        (ago(1, 2, 3, 4, 60), (), 0),
        ((), ago(*range(1, 10)), 0),
        ((), ago(*range(1, 11)), 50),
        (ago(1, 2, 3, 4, 5), ago(*range(1, 11)), 55),
        (ago(1, 2, 3, 4, 30, 40), (), 30),
    ],
)
def test_five_tries_a_number_and_ten_a_person_within_an_hour(for_number, by_person, wait):
    assert WrongCodes(for_number=for_number, by_person=by_person).wait(NOON) == wait
