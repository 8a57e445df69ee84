"""The methods about the bot itself: who it is, how it gets its updates, its menu.

As in `botapi_methods`: each gets the state and the parameters, and returns or is `Rejected`.
"""

import json
import re

from . import botapi_rules as rules
from .botapi_rules import bad_request
from .botapi_state import Params, State
from .botapi_text import Json
from .botapi_updates import WebhookSettings


def get_me(state: State, _: Params) -> Json:
    return state.world.bot


async def get_updates(state: State, p: Params) -> list[Json]:
    _allow_updates(state, p)
    return await state.updates.poll(p.number("offset"), p.number("limit", 100), p.number("timeout"))


async def set_webhook(state: State, p: Params) -> bool:
    settings = None
    if p.text("url"):
        if not re.match(r"https?://[^\s/]+", p.text("url")):
            raise bad_request("invalid webhook URL specified")
        rules.check_secret_token(p.text("secret_token"))
        connections = max(1, min(p.number("max_connections", 40), 100))
        settings = WebhookSettings(
            url=p.text("url"), secret=p.text("secret_token"), max_connections=connections
        )
        _allow_updates(state, p)
    await _use_webhook(state, p, settings)
    return True


async def delete_webhook(state: State, p: Params) -> bool:
    await _use_webhook(state, p, None)
    return True


async def _use_webhook(state: State, p: Params, settings: WebhookSettings | None) -> None:
    await state.updates.set_webhook(settings, drop_pending=p.flag("drop_pending_updates"))


def _allow_updates(state: State, p: Params) -> None:
    if p.text("allowed_updates"):
        state.updates.allow(json.loads(p.text("allowed_updates")))


def get_webhook_info(state: State, _: Params) -> Json:
    updates, webhook = state.updates, state.updates.webhook
    info: Json = {
        "url": webhook.settings.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(updates.pending),
        "allowed_updates": sorted(updates.allowed),
    }
    if webhook:
        info["max_connections"] = webhook.settings.max_connections
    if webhook and webhook.last_error:
        info["last_error_message"] = webhook.last_error
        info["last_error_date"] = state.world.now
    return info


def set_my_commands(state: State, p: Params) -> bool:
    state.menus[_menu(p)] = rules.bot_commands(p.text("commands"))
    return True


def get_my_commands(state: State, p: Params) -> list[Json]:
    return state.menus.get(_menu(p), [])


def delete_my_commands(state: State, p: Params) -> bool:
    state.menus.pop(_menu(p), None)
    return True


def _menu(p: Params) -> str:
    scope = json.loads(p.text("scope") or '{"type": "default"}')
    return json.dumps([scope, p.text("language_code")], sort_keys=True)


def set_my_description(state: State, p: Params) -> bool:
    return _describe(state, p, "description", rules.DESCRIPTION_LIMIT)


def set_my_short_description(state: State, p: Params) -> bool:
    return _describe(state, p, "short_description", rules.SHORT_DESCRIPTION_LIMIT)


def _describe(state: State, p: Params, name: str, limit: int) -> bool:
    if len(p.text(name)) > limit:
        raise bad_request(f"{name.replace('_', ' ')} is too long")
    state.descriptions[f"{name} {p.text('language_code')}"] = p.text(name)
    return True


def get_my_description(state: State, p: Params) -> Json:
    return _description(state, p, "description")


def get_my_short_description(state: State, p: Params) -> Json:
    return _description(state, p, "short_description")


def _description(state: State, p: Params, name: str) -> Json:
    return {name: state.descriptions.get(f"{name} {p.text('language_code')}", "")}
