"""A fake Bot API and a bot without any library, for the tests of the fake itself."""

import json

import httpx
import pytest

from .botapi import BotApi


class RawBot:
    """Calls methods and returns the JSON that comes back."""

    def __init__(self, api, client):
        self.api = api
        self.client = client

    async def __call__(self, method, **params):
        values = {k: v if isinstance(v, str) else json.dumps(v) for k, v in params.items()}
        url = f"{self.api.base_url}{self.api.token}/{method}"
        return (await self.client.post(url, data=values)).json()

    async def ok(self, method, **params):
        """The result of a call that must succeed."""
        answer = await self(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def refusal(self, method, **params):
        """Code and description of a call that must fail."""
        answer = await self(method, **params)
        return answer["error_code"], answer["description"]


@pytest.fixture
async def api():
    async with BotApi() as api:
        yield api


@pytest.fixture
async def bot(api):
    async with httpx.AsyncClient(trust_env=False) as client:
        yield RawBot(api, client)
