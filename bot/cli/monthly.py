"""report monthly: the assessment of departments."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.app import report_app
from bot.config import read_settings
from bot.services import open_services, utc_now
from reports.monthly import Format, assessment, month_of
from reports.sources import period_of

Day = ["%Y-%m-%d"]


@report_app.command()
def monthly(
    out: Annotated[Path, typer.Option(help="写到哪个文件")],
    month: Annotated[datetime, typer.Option(formats=["%Y-%m"], help="月份，如 2026-10")],
    form: Annotated[
        Format | None, typer.Option("--format", help="格式；不写则按文件名，再不行用 docx")
    ] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=Day, help="按这一天结束时的情况统计；不写则按现在")
    ] = None,
) -> None:
    """月度考核：各处室收到、答复、按时、满意情况，排名和超期清单。"""
    from reports.monthly_files import write_monthly  # python-docx: other commands need not wait

    settings = read_settings()
    since, until = month_of(month.date())
    chosen = form or next((one for one in Format if out.suffix == f".{one}"), Format.DOCX)
    period = period_of(
        since, until, as_of=as_of and as_of.date(), now=utc_now(), zone=settings.zone
    )
    with open_services(settings) as program:
        found = assessment(program.services.desk, period)
    out.write_bytes(write_monthly(found, chosen, office=settings.office_name))
    typer.echo(f"{found.month}考核已写到 {out}：{len(found.departments)} 个处室。")
