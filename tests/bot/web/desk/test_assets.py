"""The desk's files."""

import re

import pytest

from bot.web.assets import load_assets

ASSETS = load_assets().files


def variables(name):
    """Each block of colours of a style sheet: selector → name → value."""
    text = ASSETS[name].body.decode()
    blocks = re.findall(r"(:root(?:\[[^\]]+\])?) \{([^}]*--bg:[^}]*)\}", text)
    return [dict(re.findall(r"(--[\w-]+): ([^;]+);", body)) for _, body in blocks]


def test_the_desk_has_the_colours_of_the_chat():
    ours, theirs = variables("desk.css"), variables("chat.css")
    assert len(ours) == len(theirs) == 3
    for mine, chat in zip(ours, theirs, strict=True):
        assert {name: mine[name] for name in chat} == chat


def luminance(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


PAIRS = (
    ("--text", "--bg"),
    ("--text", "--card"),
    ("--muted", "--card"),
    ("--muted", "--bg"),
    ("--link", "--card"),
    ("--link", "--bg"),
    ("--error", "--card"),
    ("--on-brand", "--brand"),
    ("--own-text", "--own"),
    ("--on-red", "--red"),
    ("--on-amber", "--amber"),
    ("--on-calm", "--calm"),
    ("--on-note", "--note"),
)


@pytest.mark.parametrize("look", [0, 1, 2], ids=["light", "dark", "contrast"])
@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_everything_can_be_read(look, front, back):
    """WCAG 2.2 AA: 4.5 : 1."""
    colours = variables("desk.css")[look]
    light, dark = sorted(map(luminance, (colours[front], colours[back])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
