"""Long texts, cut and shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.rendering import render
from bot.telegram.splitting import split, units
from handlers.messages import Action, Block, Button, Reply, Style
from tests.fakes.botapi_text import from_html, utf16

TEXTS = st.text(st.sampled_from("ab。，\n 😀<&>字"), max_size=120)


@given(TEXTS, st.integers(2, 40))
def test_every_piece_fits_and_nothing_but_blanks_is_lost(text, room):
    pieces = split(text, room)
    assert all(0 < utf16(piece) <= room for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@given(TEXTS)
def test_units_are_what_telegram_counts(text):
    assert units(text) == utf16(text)


@pytest.mark.parametrize(
    ("text", "room", "pieces"),
    [
        ("一句。二句。三句。", 7, ["一句。二句。", "三句。"]),
        ("他说:“好。”又说:“行。”", 9, ["他说:“好。”", "又说:“行。”"]),
        ("第一段\n第二段很长很长", 8, ["第一段", "第二段很长很长"]),
        ("甲乙丙丁戊己", 4, ["甲乙丙丁", "戊己"]),
        ("😀😀😀", 3, ["😀", "😀", "😀"]),
        ("  \n ", 3, []),
    ],
)
def test_a_text_is_cut_where_a_reader_would_pause(text, room, pieces):
    assert split(text, room) == pieces


BLOCKS = st.lists(st.builds(Block, text=TEXTS, style=st.sampled_from(Style)), max_size=4)


@given(BLOCKS, st.integers(12, 60))
def test_telegram_reads_every_part_as_it_was_meant(blocks, room):
    parts = render(Reply(blocks=tuple(blocks)), room)
    read = [from_html(part.html) for part in parts]
    assert [one.text for one in read] == [part.plain for part in parts]
    assert all(utf16(one.text) <= room for one in read)
    told = "".join(part.plain for part in parts)
    assert "".join(told.split()) == "".join("".join(b.text for b in blocks).split())


def test_buttons_stand_under_the_last_part():
    rows = ((Button(label="好", action=Action(verb="ok")),),)
    parts = render(Reply(blocks=(Block(text="一句。" * 10),), buttons=rows), room=20)
    assert [part.keyboard is not None for part in parts] == [False, True]


def test_what_is_noted_of_a_button_stands_in_the_text():
    rows = ((Button(label="多久答复？", action=Action(verb="ok"), note="20个工作日。"),),)
    (part,) = render(Reply(blocks=(Block(text="哪一个？"),), buttons=rows))
    assert part.plain == "哪一个？\n\n多久答复？\n20个工作日。"
    assert part.keyboard
    assert part.keyboard.inline_keyboard[0][0].text == "多久答复？"


def test_a_title_stays_with_its_answer():
    blocks = (Block(text="标题", style=Style.TITLE), Block(text="字" * 50))
    first, *_ = render(Reply(blocks=blocks), room=30)
    assert first.html == "<b>标题</b>\n\n" + "字" * 26
