"""The methods of the Bot API: those about messages, and the table of all.

A function gets the server's state and the parameters, and returns the result or raises
`Rejected`. HTTP, tokens and faults are not known here.
"""

from collections.abc import Callable
from typing import Any

from . import botapi_account as account
from . import botapi_rules as rules
from .botapi_media import document, photo
from .botapi_rules import bad_request
from .botapi_state import Params, State, Upload
from .botapi_text import Formatted, Json, utf16
from .botapi_world import Access, Chat, Message, StoredFile

TOPIC_NAME_LENGTH = 128
DOWNLOAD_LIMIT = 20 * 1024 * 1024


def send_message(state: State, p: Params) -> Json:
    said = rules.message_text(p.text("text"), p.text("parse_mode"))
    return _send(state, p, said, {})


def send_document(state: State, p: Params) -> Json:
    said = rules.caption(p.text("caption"), p.text("parse_mode"))
    upload = _upload(p, "document")
    if upload:
        stored = state.world.keep("documents", upload.name, upload.data)
        return _send(state, p, said, document(stored, upload.name))
    stored = _sent_before(state, p.text("document"))
    return _send(state, p, said, document(stored, stored.path))


def send_photo(state: State, p: Params) -> Json:
    said = rules.caption(p.text("caption"), p.text("parse_mode"))
    upload = _upload(p, "photo")
    if not upload:
        return _send(state, p, said, photo(_sent_before(state, p.text("photo"))))
    rules.check_photo(upload.data)
    return _send(state, p, said, photo(state.world.keep("photos", upload.name, upload.data)))


def _upload(p: Params, what: str) -> Upload | None:
    upload = p.upload(what)
    if not upload and not p.text(what):
        raise bad_request(f"there is no {what} in the request")
    if upload:
        rules.check_upload(upload.data)
    return upload


def _sent_before(state: State, file_id: str) -> StoredFile:
    if file_id not in state.world.files:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return state.world.files[file_id]


def _send(state: State, p: Params, said: Formatted, media: Json) -> Json:
    markup = rules.reply_markup(p.text("reply_markup"))
    chat = _chat(state, p)
    reply_to = _replied_message(chat, p)
    state.limit.count(chat)
    message = state.world.add(
        chat, state.world.bot, text=said.text, entities=said.entities, media=media,
        markup=markup, reply_to=reply_to, thread=_thread(chat, p),
    )  # fmt: skip
    return message.to_json()


def create_forum_topic(state: State, p: Params) -> Json:
    chat = _chat(state, p)
    if not chat.info.get("is_forum"):
        raise bad_request("the chat is not a forum")
    if not 1 <= len(p.text("name")) <= TOPIC_NAME_LENGTH:
        raise bad_request("TOPIC_TITLE_EMPTY")
    created = {"name": p.text("name"), "icon_color": 7322096}
    root = state.world.add(chat, state.world.bot, media={"forum_topic_created": created})
    chat.topics[root.message_id] = p.text("name")
    return {"message_thread_id": root.message_id, **created}


def _thread(chat: Chat, p: Params) -> int:
    thread = p.number("message_thread_id")
    if thread and thread not in chat.topics:
        raise bad_request("message thread not found")
    return thread


def _chat(state: State, p: Params) -> Chat:
    if not p.text("chat_id"):
        raise bad_request("chat_id is empty")
    return state.world.chat(p.number("chat_id"))


def _replied_message(chat: Chat, p: Params) -> Message | None:
    message_id, may_lack = rules.reply_parameters(p.text("reply_parameters"))
    if message_id and message_id not in chat.messages and not may_lack:
        raise bad_request("message to be replied not found")
    return chat.messages.get(message_id)


def edit_message_text(state: State, p: Params) -> Json:
    said = rules.message_text(p.text("text"), p.text("parse_mode"))
    markup = rules.reply_markup(p.text("reply_markup"), inline_only=True)
    message = _message_to_edit(state, p)
    if message.media:
        raise bad_request("there is no text in the message to edit")
    return _edit(state, message, said, markup)


def edit_message_reply_markup(state: State, p: Params) -> Json:
    markup = rules.reply_markup(p.text("reply_markup"), inline_only=True)
    message = _message_to_edit(state, p)
    return _edit(state, message, Formatted(text=message.text, entities=message.entities), markup)


def _message_to_edit(state: State, p: Params) -> Message:
    if not p.text("chat_id") and not p.number("message_id"):
        raise bad_request("message identifier is not specified")
    message = state.world.message(_chat(state, p), p.number("message_id"), "message to edit")
    if not message.by_bot:
        raise bad_request("message can't be edited")
    return message


def _edit(state: State, message: Message, said: Formatted, markup: Json | None) -> Json:
    if (said.text, said.entities, markup) == (message.text, message.entities, message.markup):
        raise bad_request(rules.NOT_MODIFIED)
    edited = state.world.edit(message, text=said.text, entities=said.entities, markup=markup)
    return edited.to_json()


def delete_message(state: State, p: Params) -> bool:
    if not p.text("chat_id"):
        raise bad_request("chat identifier is not specified")
    if not p.number("message_id"):
        raise bad_request("message identifier is not specified")
    chat = _chat(state, p)
    message = state.world.message(chat, p.number("message_id"), "message to delete")
    if not message.by_bot and not chat.private:  # it is no administrator here
        raise bad_request("message can't be deleted")
    state.world.delete(message)
    return True


def answer_callback_query(state: State, p: Params) -> bool:
    query = state.world.queries.get(p.text("callback_query_id"))
    if query is None or query.expired or query.answered:
        raise bad_request(rules.OLD_QUERY)
    if utf16(p.text("text")) > rules.TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answered, query.toast, query.alert = True, p.text("text"), p.flag("show_alert")
    state.world.change()
    return True


def send_chat_action(state: State, p: Params) -> bool:
    if p.text("action") not in rules.CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    _chat(state, p)
    return True


def get_file(state: State, p: Params) -> Json:
    if not p.text("file_id"):
        raise bad_request("file_id not specified")
    stored = state.world.files.get(p.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if stored.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {**stored.to_json(), "file_path": stored.path}


def leave_chat(state: State, p: Params) -> bool:
    chat = _chat(state, p)
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.access = Access.LEFT
    state.world.change()
    return True


METHODS: dict[str, Callable[[State, Params], Any]] = {
    "getMe": account.get_me,
    "getUpdates": account.get_updates,
    "setWebhook": account.set_webhook,
    "deleteWebhook": account.delete_webhook,
    "getWebhookInfo": account.get_webhook_info,
    "setMyCommands": account.set_my_commands,
    "getMyCommands": account.get_my_commands,
    "deleteMyCommands": account.delete_my_commands,
    "setMyDescription": account.set_my_description,
    "getMyDescription": account.get_my_description,
    "setMyShortDescription": account.set_my_short_description,
    "getMyShortDescription": account.get_my_short_description,
    "createForumTopic": create_forum_topic,
    "sendMessage": send_message,
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
    "sendChatAction": send_chat_action,
    "getFile": get_file,
    "leaveChat": leave_chat,
}
