"""Tokens of visitors."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.identity import Identities


@pytest.fixture
def identities(clock):
    numbers = count(1)
    return Identities(secret="s", clock=clock, new_id=lambda: f"v{next(numbers)}")


def test_a_token_names_its_visitor(identities):
    visitor = identities.newcomer()
    assert identities.read(identities.token(visitor)).person == visitor.person == "web:v1"


def test_a_token_is_renewed_once_a_day_at_most(identities, clock):
    visitor = identities.newcomer()
    assert identities.is_due(visitor)
    token = identities.token(visitor)
    assert not identities.is_due(identities.read(token))
    clock.pass_by(days=2)
    assert identities.is_due(identities.read(token))


@given(st.text())
def test_no_invented_token_is_taken(text):
    identities = Identities(secret="s", clock=lambda: pytest.fail("too far"), new_id=str)
    assert identities.read(text) is None


def test_another_secret_makes_other_tokens(identities, clock):
    stranger = Identities(secret="t", clock=clock, new_id=lambda: "v1")
    assert identities.read(stranger.token(stranger.newcomer())) is None


def test_the_proof_of_a_form_is_no_token_and_belongs_to_one_visitor(identities):
    one, other = identities.newcomer(), identities.newcomer()
    proof = identities.form_token(one)
    assert identities.is_form_token(one, proof)
    assert not identities.is_form_token(other, proof)
    assert identities.read(f"{one.id}.{proof}") is None
