"""The commands about cases, people and duty, on a real database file."""

import json
from datetime import date

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from bot.cli import app
from knowledge.errors import BadFile

HEADINGS = (
    "编号,类型,渠道,标题,内容,申请人类型,收到日期,受理日期,承办处室,办理角色,答复日期,办结日期,"
    "答复结果,需要办理,评价,收费"
)
ROWS = (
    "2017-1,依申请公开,网络,规划,申请规划,自然人,2017年3月1日,,能源处,主办,2017-03-20,2017-03-20,"
    "同意公开,是,满意,",
    ",建议提案,信函,修路,,,2017-02-01,,交通处,协办,2017-04-01,2017-04-05,,是,,",
    ",来信,信函,感谢信,,,2017-05-01,,,,,,,否,,",
    ",诉求,民心网,路灯,路灯坏了,,2026-11-02,,,,,,,,,",
)


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command on its own database; what it printed."""
    monkeypatch.setenv("DATABASE", str(tmp_path / "test.db"))
    monkeypatch.chdir(tmp_path)

    def run(*words, code=0, stdin=None):
        done = CliRunner().invoke(app, [str(word) for word in words], input=stdin)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == code, done.output
        return done.output

    return run


@pytest.fixture
def file(tmp_path):
    def file(name, *rows):
        path = tmp_path / name
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return path

    return file


def test_past_cases_come_in_go_out_and_come_in_again(run, file, tmp_path):
    given = file("in.csv", HEADINGS, *ROWS)
    assert "导入 4 件" in run("petitions", "import", given)
    assert "原来就有 4 件" in run("petitions", "import", given)
    for name in ("out.csv", "out.xlsx"):
        run("petitions", "export", tmp_path / name)
        assert "导入 0 件，原来就有 4 件" in run("petitions", "import", tmp_path / name)
    sheet = load_workbook(tmp_path / "out.xlsx")["事项"]
    assert [cell.value for cell in sheet[1]] == HEADINGS.split(",")
    assert "历史完整" in run("verify")


def test_a_bad_file_changes_nothing_and_every_problem_has_its_place(run, file):
    bad = "9,咨询,飞鸽,a,b,,2017-13-01,,,,,,,,,"
    given = file("in.csv", HEADINGS, ROWS[0], bad)
    with pytest.raises(BadFile) as raised:
        run("petitions", "import", given)
    places = [(one.line, one.column) for one in raised.value.problems]
    assert places == [(3, 3), (3, 7)]
    assert run("petitions", "due", "--json") == "[]\n"
    assert "导入 1 件" in run("petitions", "import", given, "--skip-bad")


def test_figures_have_the_agreed_keys(run, file):
    run("petitions", "import", file("in.csv", HEADINGS, *ROWS))
    run("duty", "import", file("duty.csv", "日期,值守人员,签到时间", "2017-03-01,张三,08:30"))
    period = ("--from", "2017-01-01", "--to", "2017-12-31", "--as-of", "2017-12-31", "--json")
    (row,) = json.loads(run("metrics", *period))
    assert list(row)[:19] == [
        "group", "received", "needing_handling", "replied", "reply_rate", "closed", "closing_rate",
        "due", "on_time", "on_time_rate", "rated", "satisfied", "satisfaction_rate",
        "working_days", "duty_days", "duty_rate", "first_reply_hours_median",
        "first_reply_hours_p90", "first_reply_working_hours_median",
    ]  # fmt: skip
    assert (row["received"], row["needing_handling"], row["reply_rate"]) == (3, 2, 1.0)
    assert (row["due"], row["on_time_rate"], row["duty_days"]) == (2, 1.0, 1)
    groups = json.loads(run("metrics", *period, "--by", "kind"))
    assert [one["group"] for one in groups] == ["依申请公开", "建议提案", "来信"]


def test_figures_of_an_earlier_moment_are_those_of_then(run, file):
    run("petitions", "import", file("in.csv", HEADINGS, *ROWS))
    period = ("--from", "2017-01-01", "--to", "2017-12-31", "--json")
    (row,) = json.loads(run("metrics", *period, "--as-of", "2017-03-10"))
    assert (row["received"], row["replied"], row["rated"]) == (2, 0, 0)


def test_what_is_due_is_listed_with_what_is_late(run, file):
    run("petitions", "import", file("in.csv", HEADINGS, *ROWS))
    (one,) = json.loads(run("petitions", "due", "--days", "300", "--json"))
    assert (one["kind"], one["due"]) == ("appeal", "2026-11-23")
    assert date.fromisoformat(one["received"]) == date(2026, 11, 2)


def test_people_are_added_listed_and_disabled(run):
    added = run(
        "user", "add", "张三", "--role", "staff", "--department", "能源处", "--password-stdin",
        stdin="a long password\n",
    )  # fmt: skip
    assert "可以登录网页" in added
    (user,) = json.loads(run("user", "list", "--json"))
    assert (user["name"], user["role"], user["active"]) == ("张三", "staff", True)
    run("user", "disable", "张三")
    assert "已停用" in run("user", "list")


def test_the_power_list_is_loaded(run, file):
    given = file("powers.csv", "部门,事项,关键词", "能源处,充电桩备案,充电桩|充电")
    assert "已载入 1 项" in run("petitions", "powers", given)
