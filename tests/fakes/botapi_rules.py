"""What the Bot API refuses, in its own words and codes. Pure: no chats, no HTTP.

Sources: the Bot API manual for the limits, the published source of the Bot API server and of
tdlib for the words. Where Telegram quietly drops what a bot surely meant (an empty button, a
ninth button in a row), this refuses it, so that a test sees it.
"""

import json
import re
from itertools import chain
from typing import Any

from .botapi_text import BadMarkup, Formatted, Json, from_html, is_link, trimmed, utf16

TEXT_LIMIT = 4096  # UTF-16 code units, after the entities are parsed
CAPTION_LIMIT = 1024
TEXT_BYTES = 1 << 15  # of the text as sent, mark-up included
CALLBACK_BYTES = 64
TOAST_LIMIT = 200
MARKUP_BYTES = 9000  # of JSON; not published, refusals are reported from some 9.5 KB on
BUTTONS, BUTTONS_IN_ROW = 100, 8
KEYS, KEYS_IN_ROW = 300, 12
DESCRIPTION_LIMIT, SHORT_DESCRIPTION_LIMIT = 512, 120
UPLOAD_LIMIT, PHOTO_LIMIT = 50 * 1024 * 1024, 10 * 1024 * 1024
IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")
COMMANDS, COMMAND_LIMIT, COMMAND_DESCRIPTION_LIMIT = 100, 32, 256

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
OLD_QUERY = "query is too old and response timeout expired or query ID is invalid"
OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
CHAT_ACTIONS = frozenset(
    (
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
        "upload_document", "choose_sticker", "find_location", "record_video_note",
        "upload_video_note",
    )
)  # fmt: skip
_BUTTON_ACTIONS = (
    "url", "callback_data", "callback_game", "pay", "switch_inline_query", "copy_text",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "login_url", "web_app",
)  # fmt: skip


class Rejected(Exception):
    """The Bot API says no."""

    def __init__(self, code: int, description: str, *, retry_after: int = 0) -> None:
        super().__init__(code, description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def to_json(self) -> Json:
        answer: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after:
            answer["parameters"] = {"retry_after": self.retry_after}
        return answer


def bad_request(why: str) -> Rejected:
    """A 400; Telegram writes the first letter small unless the second is a capital or `_`."""
    if not re.match(".[A-Z_]", why):
        why = why[:1].lower() + why[1:]
    return Rejected(400, f"Bad Request: {why}")


def too_many_requests(seconds: int) -> Rejected:
    """A 429 that says when to come back."""
    description = f"Too Many Requests: retry after {seconds}"
    return Rejected(429, description, retry_after=seconds)


def message_text(text: str, parse_mode: str) -> Formatted:
    """What the message will say, or the refusal of it."""
    if not text:
        raise bad_request("Message text is empty")
    formatted = _formatted(text, parse_mode)
    if not formatted.text:
        raise bad_request("Text must be non-empty")
    if utf16(formatted.text) > TEXT_LIMIT:
        raise bad_request("Message is too long")
    return formatted


def caption(text: str, parse_mode: str) -> Formatted:
    """What will stand under a photo or document; may be empty."""
    formatted = _formatted(text, parse_mode)
    if utf16(formatted.text) > CAPTION_LIMIT:
        raise bad_request("Message caption is too long")
    return formatted


def _formatted(text: str, parse_mode: str) -> Formatted:
    if len(text.encode()) > TEXT_BYTES:
        raise bad_request("Text is too long")
    if parse_mode.lower() in ("", "none"):
        return trimmed(Formatted(text=text))
    if parse_mode.lower() != "html":
        # The real server reads Markdown too; nothing here writes it, so the fake need not.
        raise bad_request("Unsupported parse_mode")
    try:
        return trimmed(from_html(text))
    except BadMarkup as exc:
        raise bad_request(f"Can't parse entities: {exc}") from exc


def reply_markup(source: str, *, inline_only: bool = False) -> Json | None:
    """The keyboard of a message as it will be shown, None without one."""
    if not source:
        return None
    markup = _parsed(source, "Can't parse reply keyboard markup JSON object")
    if not isinstance(markup, dict):
        raise bad_request("Object expected as reply markup")
    if markup.get("inline_keyboard"):
        return _inline_keyboard(markup["inline_keyboard"])
    if inline_only and (markup.keys() - {"inline_keyboard"}):
        raise bad_request("Inline keyboard expected")
    if markup.get("keyboard"):
        _check_keys(markup["keyboard"])
    return {k: v for k, v in markup.items() if v} or None


def _inline_keyboard(rows: Any) -> Json:
    if not _is_grid(rows):
        raise bad_request(
            'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        )
    for button in chain.from_iterable(rows):
        _check_button(button)
    _check_size(rows, BUTTONS, BUTTONS_IN_ROW)
    return {"inline_keyboard": [row for row in rows if row]}


def _check_keys(rows: Any) -> None:
    if not _is_grid(rows):
        raise bad_request('Field "keyboard" must be an Array of Arrays')
    for key in chain.from_iterable(rows):
        text = key.get("text") if isinstance(key, dict) else key
        if not isinstance(text, str) or not text:
            raise bad_request("Keyboard button text must be non-empty")
    _check_size(rows, KEYS, KEYS_IN_ROW)


def _is_grid(rows: Any) -> bool:
    return isinstance(rows, list) and all(isinstance(row, list) for row in rows)


def _check_size(rows: list[list[Any]], total: int, in_row: int) -> None:
    size = len(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode())
    if sum(map(len, rows)) > total or max(map(len, rows)) > in_row or size > MARKUP_BYTES:
        raise bad_request("reply markup is too long")


def _check_button(button: Any) -> None:
    problem = "Can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(problem + "InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise bad_request(problem + 'Can\'t find field "text"')
    # An empty callback_data is no action to Telegram, so the button has none.
    actions = [name for name in _BUTTON_ACTIONS if button.get(name) not in (None, "")]
    if not actions:
        raise bad_request(problem + "Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:  # Telegram keeps one of them and drops the others
        raise bad_request(problem + f"exactly one action is allowed, found {', '.join(actions)}")
    if not button["text"]:
        raise bad_request("Inline keyboard button text must be non-empty")
    _check_action(actions[0], str(button[actions[0]]))


def _check_action(name: str, value: str) -> None:
    if name == "callback_data" and len(value.encode()) > CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if name == "url" and not is_link(value):
        raise bad_request(f"Inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")


def bot_commands(source: str) -> list[Json]:
    """The menu of commands to store."""
    items = _parsed(source or "[]", "Can't parse commands JSON object")
    if not isinstance(items, list):
        raise bad_request("Expected an Array of BotCommand")
    commands = [_command(item) for item in items]
    if len(commands) > COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return commands


def _command(item: Any) -> Json:
    problem = "Can't parse BotCommand: "
    if not isinstance(item, dict):
        raise bad_request(problem + "expected an Object")
    for name in ("command", "description"):
        if name not in item:
            raise bad_request(f'{problem}Can\'t find field "{name}"')
    command = str(item["command"]).strip().removeprefix("/")
    description = str(item["description"]).strip()
    _check_length("Command", command, COMMAND_LIMIT)
    _check_length("Command description", description, COMMAND_DESCRIPTION_LIMIT)
    if not re.fullmatch("[a-z0-9_]+", command):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": command, "description": description}


def _check_length(what: str, text: str, limit: int) -> None:
    if not text:
        raise bad_request(f"{what} must be non-empty")
    if len(text) > limit:
        raise bad_request(f"{what} length must not exceed {limit}")


def check_upload(data: bytes) -> None:
    """A file of any kind."""
    if not data:
        raise bad_request("File must be non-empty")
    if len(data) > UPLOAD_LIMIT:
        raise Rejected(413, "Request Entity Too Large")


def check_photo(data: bytes) -> None:
    """A picture that is to be shown as one."""
    if len(data) > PHOTO_LIMIT:
        raise bad_request(
            f"File of size {len(data)} bytes is too big for a photo;"
            f" the maximum size is {PHOTO_LIMIT} bytes"
        )
    if not data.startswith(IMAGES):
        raise bad_request("IMAGE_PROCESS_FAILED")


def reply_parameters(source: str) -> tuple[int, bool]:
    """The message to reply to (0: none), and whether to send without if it is gone."""
    if not source:
        return 0, False
    values = _parsed(source, "Can't parse reply parameters JSON object")
    if not isinstance(values, dict):
        raise bad_request("Object expected as reply parameters")
    if "message_id" not in values:
        raise bad_request('Can\'t find field "message_id"')
    return int(values["message_id"]), bool(values.get("allow_sending_without_reply"))


def check_secret_token(secret: str) -> None:
    """The secret that Telegram will send along with every update."""
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch("[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")


def _parsed(source: str, problem: str) -> Any:
    try:
        return json.loads(source)
    except ValueError as exc:
        raise bad_request(problem) from exc
