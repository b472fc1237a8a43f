"""Scans, the city's workbook, backups, the journal, the sample office."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from auditdesk.operations import (
    backups,
    cases,
    exports,
    journals,
    materials,
)
from auditdesk.operations.words import JOURNAL_KINDS
from auditdesk.util.faults import FallsShortError, RefusedError, UnusableInputError
from auditdesk.util.progress import CancelledError, NoProgress
from desk_samples import to_approval
from scan_samples import pdf_of

LAND_ENTRY = "集体经营性建设用地入市方案"
SCAN = pdf_of(3)


@pytest.fixture
def scan(tmp_path):
    path = tmp_path / "表决.pdf"
    path.write_bytes(SCAN)
    return path


def test_a_scan_is_kept_and_its_material_is_there(at_desk, entered, scan):
    view = entered(materials={"vote_record": "missing"})
    assert view.report.missing_materials == ("vote_record",)
    desk = at_desk("li")
    view, _ = materials.attach(desk, view.no, "vote_record", scan, original=True)
    kept = view.attachments[0]
    assert (kept.file_name, kept.media_type, kept.size) == (
        "表决.pdf",
        "application/pdf",
        len(SCAN),
    )
    assert view.report.verdict == "pass"
    assert materials.open_attachment(desk, kept.id) == SCAN
    view, _ = materials.remove(desk, view.no, kept.id)
    assert view.attachments == ()
    with pytest.raises(RefusedError):
        materials.remove(desk, view.no, kept.id)


def test_what_is_no_scan_is_refused(at_desk, entered, tmp_path):
    no = entered().no
    desk = at_desk("li")
    program = tmp_path / "scan.pdf"
    program.write_bytes(b"MZ\x90\x00")
    for path in (program, tmp_path / "missing.pdf", tmp_path):
        with pytest.raises(UnusableInputError):
            materials.attach(desk, no, "vote_record", path)
    assert cases.view(desk, no).attachments == ()


def test_a_scan_needs_a_material_that_may_still_change(at_desk, entered, scan):
    view = to_approval(at_desk, entered())
    desk = at_desk("li")
    with pytest.raises(UnusableInputError):
        materials.attach(desk, view.no, "no_such", scan)
    with pytest.raises(RefusedError):
        materials.attach(desk, view.no, "vote_record", scan)
    materials.attach(desk, view.no, "contract", scan)


class Impatient:
    def step(self, _done, _total):
        raise CancelledError


def export(desk, path, first=date(2022, 1, 1), last=date(2022, 12, 31), progress=None):
    return exports.export_city(desk, first, last, path, progress or NoProgress())


def sheet(facts):
    return next(s for s in facts.sheets if s.name == LAND_ENTRY)


def test_the_workbook_has_the_cases_of_the_period(at_desk, entered, tmp_path):
    entered(data={"applicant_name": "=cmd|' /C calc'!A0", "town": "柳溪镇"})
    entered(accepted_on="2023-01-01")
    desk = at_desk("li")
    facts, _ = export(desk, tmp_path / "city.xlsx")
    assert {s.name: s.rows for s in facts.sheets if s.rows} == {LAND_ENTRY: 1}
    assert {c.label.zh for c in desk.library.case_types} <= {s.name for s in facts.sheets}
    sums = {column.title: value for column, value in sheet(facts).sums}
    assert sums["土地面积（平方米）"] == Decimal("13340.50")
    book = openpyxl.load_workbook(tmp_path / "city.xlsx")
    cells = {c.value: c for row in book[LAND_ENTRY].iter_rows() for c in row}
    assert cells["=cmd|' /C calc'!A0"].data_type == "s"
    assert "RS-2022-0001" in cells
    assert "RS-2023-0001" not in cells
    cover = [c.value for row in book.worksheets[0].iter_rows() for c in row if c.value]
    assert any(str(desk.office.journal.page(None, 2)[1].hash) in str(v) for v in cover)
    assert desk.office.journal.page(None, 1)[0].kind == "export.city"


def test_both_ends_of_the_period_count(at_desk, entered, tmp_path):
    entered()
    desk = at_desk("wang")
    day = date(2022, 3, 1)
    for n, (first, last, rows) in enumerate(
        [(day, day, 1), (date(2022, 3, 2), date(2022, 3, 9), 0), (date(2022, 2, 1), day, 1)]
    ):
        facts, _ = export(desk, tmp_path / f"{n}.xlsx", first, last)
        assert sheet(facts).rows == rows


def test_an_export_that_fails_leaves_neither_file_nor_entry(at_desk, entered, tmp_path):
    entered()
    desk = at_desk("li")
    last = desk.office.journal.last_checkpoint().seq
    with pytest.raises(CancelledError):
        export(desk, tmp_path / "city.xlsx", progress=Impatient())
    with pytest.raises(UnusableInputError):
        export(desk, tmp_path / "city.xlsx", date(2022, 2, 1), date(2022, 1, 1))
    with pytest.raises(RefusedError):
        export(at_desk("admin"), tmp_path / "city.xlsx")
    assert [p.name for p in tmp_path.iterdir()] == ["office"]
    assert at_desk("li").office.journal.last_checkpoint().seq == last


def test_a_file_that_is_there_is_not_replaced(at_desk, tmp_path):
    (tmp_path / "city.xlsx").write_bytes(b"other")
    with pytest.raises(UnusableInputError):
        export(at_desk("li"), tmp_path / "city.xlsx")
    assert (tmp_path / "city.xlsx").read_bytes() == b"other"


def test_a_backup_is_made_verified_and_its_damage_shows(at_desk, entered, scan):
    no = entered().no
    desk = at_desk("li")
    materials.attach(desk, no, "vote_record", scan)
    facts, _ = backups.create(desk, None, NoProgress())
    assert facts.folder.parent.name == "backups"
    assert (facts.cases, facts.contents) == (1, 1)
    assert backups.verify(desk, facts.folder, NoProgress()).cases == 1
    assert journals.verify(desk, NoProgress()).ok
    database = facts.folder / "office.db"
    content = bytearray(database.read_bytes())
    content[5000] ^= 1
    database.write_bytes(content)
    with pytest.raises(FallsShortError):
        backups.verify(desk, facts.folder, NoProgress())
    with pytest.raises(UnusableInputError):
        backups.verify(desk, scan.parent, NoProgress())


def test_every_kind_of_entry_has_a_name(at_desk, entered, scan):
    view = to_approval(at_desk, entered())
    desk = at_desk("li")
    materials.attach(desk, view.no, "contract", scan)
    backups.create(desk, None, NoProgress())
    kinds = {e.kind for e in journals.page(desk, limit=1000)}
    assert kinds <= set(JOURNAL_KINDS)
    assert journals.verify(desk, NoProgress()).ok
    assert [e.seq for e in journals.page(desk, before=3)] == [2, 1]
