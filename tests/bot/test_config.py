"""Settings and their template."""

import pytest

from bot.config import BadSettings, Settings, read_settings

EXAMPLE = ".env.example"


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def lines(pytestconfig):
    text = (pytestconfig.rootpath / EXAMPLE).read_text("utf-8")
    return [line.partition("=") for line in text.splitlines() if line and line[0] != "#"]


def test_the_template_names_every_setting_and_no_other(pytestconfig):
    assert {name.lower() for name, _, _ in lines(pytestconfig)} == set(Settings.model_fields)


def test_the_template_holds_the_defaults(pytestconfig):
    assert read_settings(pytestconfig.rootpath / EXAMPLE) == read_settings(None)


def test_every_wrong_variable_is_named_at_once(monkeypatch):
    monkeypatch.setenv("WEB_PORT", "eighty")
    monkeypatch.setenv("TELEGRAM_MODE", "pigeon")
    with pytest.raises(BadSettings) as caught:
        read_settings(None)
    assert "WEB_PORT" in str(caught.value)
    assert "TELEGRAM_MODE" in str(caught.value)


def test_origins_are_split_at_commas(monkeypatch):
    monkeypatch.setenv("WIDGET_ORIGINS", "https://a.gov.cn/, https://b.gov.cn")
    assert read_settings(None).widget_origins == ("https://a.gov.cn", "https://b.gov.cn")


def test_a_token_is_not_shown(monkeypatch):
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:secret-part")
    assert "secret-part" not in repr(read_settings(None))
