"""Settings: the only place that reads the environment.

Every variable, its type, default and meaning; `.env.example` is checked against it by a test.
"""

from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


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
