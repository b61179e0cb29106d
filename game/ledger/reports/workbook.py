"""A report as an XLSX workbook with the sheets 个人, 组织, 兑换 and 说明."""

from __future__ import annotations

import io

import xlsxwriter

from game.journal.day import clock, day
from game.ledger.reports.gather import Report
from game.ledger.reports.table import csv_bytes

NOTES = (
    "注册率 = 已注册人数 ÷ 党员人数，非党员参加时可超过 100%。It may pass 100 % when others join.",
    "参与率 = 期内有学习记录的人数 ÷ 党员人数，目标 40%。People with any event ÷ Party members; target 40 %.",
    "积分由学习记录按带日期的规则重新计算，不采用上报的总分。Points are counted anew from the events.",
    "“个人”只列期内有记录的人；同分同名次。Only people with events; equal points share a rank.",
    "数据校验值出自三张表的内容，规则校验值出自规则文件。Checksums: of the three tables; of the rule files.",
)


def xlsx_bytes(report: Report) -> bytes:
    """The workbook. Texts are written as texts: none runs as a formula or becomes a link."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        head = book.add_format({"bold": True, "bg_color": "#E9DFC9", "bottom": 1, "text_wrap": True})
        rate = book.add_format({"num_format": "0.0%"})
        for sheet in report.sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            page.repeat_rows(0)
            page.set_landscape()
            page.fit_to_pages(1, 0)
            for column, name in enumerate(sheet.header):
                widest = max([6, *(len(str(row[column] or "")) for row in sheet.rows[:200])])
                page.set_column(column, column, min(40, 4 + 1.6 * widest), rate if "率" in name else None)
                page.write_string(0, column, name, head)
            for at, row in enumerate(sheet.rows, 1):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        page.write_string(at, column, cell)
                    elif cell is not None:
                        page.write_number(at, column, cell)
            if sheet.rows:
                page.autofilter(0, 0, len(sheet.rows), len(sheet.header) - 1)
        notes = book.add_worksheet("说明")
        notes.set_column(0, 0, 24)
        notes.set_column(1, 1, 90, book.add_format({"text_wrap": True}))
        for at, (name, value) in enumerate(facts(report)):
            notes.write_string(at, 0, name, head)
            notes.write_string(at, 1, value)
    return out.getvalue()


def facts(report: Report) -> list[tuple[str, str]]:
    """What the sheet 说明 says: of whom, of when, made when, the checksums, and what the figures mean."""
    return [
        ("组织 Organisation", report.organisation),
        ("期间 Period", report.period),
        ("制表时间 Made", f"{day(report.made_ms)} {clock(report.made_ms)} UTC+8"),
        ("数据校验值 Data SHA-256", report.data_hash),
        ("规则校验值 Rules SHA-256", report.rules_hash),
        *((f"说明 Note {number}", note) for number, note in enumerate(NOTES, 1)),
    ]


def csv_files(report: Report) -> dict[str, bytes]:
    """The same tables as CSV files by name."""
    return {
        f"{report.period}-{sheet.name}.csv": csv_bytes(sheet.header, sheet.rows) for sheet in report.sheets
    }
