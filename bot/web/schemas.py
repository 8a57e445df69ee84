"""The JSON API's shapes, as OpenAPI shows them, and the way from records to them."""

import unicodedata
from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from bot.store import Outgoing
from bot.web import texts
from bot.web.transcript import Item, Said, Transcript, replaces
from handlers.messages import ACTION_LIMIT, Style

_EXAMPLE_ID = "6f1c1c0e-5b7e-4c0a-9a61-2f5d3e0b8a77"
_EXAMPLE_TIME = "2024-03-01T09:30:00+08:00"


def own_error(sentence: str) -> PydanticCustomError:
    """An error whose message is already what the person is to read."""
    return PydanticCustomError("own", "{sentence}", {"sentence": sentence})


def clean(value: object) -> object:
    """A text without what no keyboard types: control characters and halves of characters."""
    if not isinstance(value, str):
        return value
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return "".join(kept).strip()


def _fits(text: str) -> str:
    if not text:
        raise own_error(texts.EMPTY)
    if len(text) > texts.TEXT_LIMIT:
        raise own_error(texts.text_too_long(len(text)))
    return text


def _is_action(action: str) -> str:
    if not (action.isascii() and action.isprintable() and 0 < len(action) <= ACTION_LIMIT):
        raise own_error(texts.BAD_ACTION)
    return action


Text = Annotated[str, BeforeValidator(clean), AfterValidator(_fits)]
ActionText = Annotated[str, AfterValidator(_is_action)]


class MessageIn(BaseModel):
    """One thing a person did: said something, pressed a button, or corrected what they said."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={"examples": [{"id": _EXAMPLE_ID, "text": "怎么申请公开政府信息？"}]},
    )

    id: UUID = Field(
        description="由客户端生成，每条新消息一个。同一 id 重复发送只处理一次，得到同样的回复。"
    )
    text: Text | None = Field(None, description=f"要说的话，最多 {texts.TEXT_LIMIT} 个字")
    action: ActionText | None = Field(None, description="所按按钮的 action，原样填写")
    on: int | None = Field(None, ge=1, lt=2**63, description="按钮所在回复的 seq（按按钮时填）")
    edits: UUID | None = Field(None, description="要更正的那条消息的 id；原回复会被新回复替换")

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.text is None) == (self.action is None):
            raise own_error(texts.TEXT_OR_ACTION)
        if self.edits is not None and self.text is None:
            raise own_error(texts.EDIT_NEEDS_TEXT)
        return self


class BlockOut(BaseModel):
    """一段回复文字。纯文本，换行有意义。"""

    text: str = Field(examples=["您可以当面、邮寄或者在网上提交申请。"])
    style: Style = Field(
        description="title 问题；quote 长答案里最切题的一句；body 正文；full 长答案的全文，可折叠；"
        "source 出处；note 提示；secret 只显示一次；"
        "personal 本人填的内容，记录里不保存"
    )


class ButtonOut(BaseModel):
    """回复下面的一个按钮。"""

    label: str = Field(examples=["没解决，转人工"])
    action: str = Field(examples=["escalate:12"])
    note: str = Field("", description="按钮里第二行的小字：点开后是什么")


class DocumentOut(BaseModel):
    """随回复附上的文件，用 GET /api/v1/files/{id} 下载。"""

    id: str
    name: str = Field(examples=["政府信息公开申请表2026-000123-8.docx"])


class ReplyOut(BaseModel):
    """一条回复。"""

    kind: Literal["reply"] = "reply"
    seq: int = Field(description="回复的序号，只增不减", examples=[42])
    message: str = Field(description="所回答的消息的 id；按钮则为按钮所在回复的 seq；主动通知可空")
    blocks: list[BlockOut]
    buttons: list[list[ButtonOut]] = Field(description="按行排列的按钮")
    documents: list[DocumentOut] = Field(description="附件；只有本人能下载")
    in_place: bool = Field(description="显示在按钮所在的回复的位置")
    corrects: int | None = Field(description="更正后的回复：替换这个 seq 的回复")
    replaces: int | None = Field(description="综合以上两项：本回复占用哪个 seq 的位置")
    decision: str = Field(description="answer、clarify、escalate 或空", examples=["answer"])
    created_at: datetime = Field(examples=[_EXAMPLE_TIME])
    pressed: str | None = Field(None, description="已按过的按钮的 action（只在历史记录里）")


class SaidOut(BaseModel):
    """本人说过的一句话。"""

    kind: Literal["own"] = "own"
    id: str = Field(examples=[_EXAMPLE_ID])
    text: str = Field(description="证件号、手机号等已隐去", examples=["怎么申请公开政府信息？"])
    corrected: bool = Field(description="是更正后的内容")
    created_at: datetime = Field(examples=[_EXAMPLE_TIME])


class RepliesOut(BaseModel):
    """对一条消息的全部回复；重复的按钮可能没有回复。"""

    replies: list[ReplyOut]


class HistoryOut(BaseModel):
    """最近的对话，旧的在前；更正和替换已经完成。"""

    items: list[Annotated[SaidOut | ReplyOut, Field(discriminator="kind")]]
    cursor: int = Field(description="最新一条回复的 seq，可作 after 用", examples=[42])


class SessionOut(BaseModel):
    """匿名会话。请妥善保存 token：凭它才能看到自己的对话。"""

    token: str = Field(description="放在 Authorization: Bearer 里")
    expires_at: datetime = Field(description="到期前用旧 token 再取一次即可续期")


class HealthOut(BaseModel):
    """数据库可用。"""

    status: Literal["ok"] = "ok"


class ErrorBody(BaseModel):
    """出了什么问题。"""

    code: str = Field(examples=["too_fast"])
    message: str = Field(description="一句话，可以直接给用户看", examples=[texts.too_fast(3)])


class ErrorOut(BaseModel):
    """一切错误的样子。"""

    error: ErrorBody


def reply_out(outgoing: Outgoing, zone: ZoneInfo, pressed: str | None = None) -> ReplyOut:
    """A reply as the API shows it."""
    reply = outgoing.reply
    return ReplyOut(
        seq=outgoing.seq,
        message=outgoing.message,
        blocks=[BlockOut(text=b.text, style=b.style) for b in reply.blocks],
        buttons=[[ButtonOut(**button.to_json()) for button in row] for row in reply.buttons],
        documents=[DocumentOut(id=d.id, name=d.name) for d in reply.documents],
        in_place=reply.in_place,
        corrects=outgoing.corrects,
        replaces=replaces(outgoing),
        decision=reply.decision,
        created_at=outgoing.created_at.astimezone(zone),
        pressed=pressed,
    )


def item_out(item: Item, zone: ZoneInfo) -> SaidOut | ReplyOut:
    """A bubble as the API shows it."""
    if isinstance(item, Said):
        return SaidOut(
            id=item.id, text=item.text, corrected=item.corrected,
            created_at=item.at.astimezone(zone),
        )  # fmt: skip
    return reply_out(item.outgoing, zone, item.pressed)


def history_out(transcript: Transcript, zone: ZoneInfo) -> HistoryOut:
    """A transcript as the API shows it."""
    return HistoryOut(
        items=[item_out(item, zone) for item in transcript.items], cursor=transcript.cursor
    )
