from __future__ import annotations

import pytest

from auditdesk.store.registers import IMPORTED, RowContent
from auditdesk.util.faults import RefusedError
from auditdesk.util.progress import NoProgress
from office_samples import open_as

RESERVOIRS = "reservoir"


def content(code="CQ-0001", title="石店水库", **body):
    return RowContent(code, title, "归德街道", {"data": body}, (title, "张三"))


def insert(office, *contents, register=RESERVOIRS, source=""):
    with office.write("register.save", None, {}) as writer:
        return [writer.insert_register_row(register, c, source=source) for c in contents]


def save(office, code, version, new, **more):
    with office.write("register.save", None, {}) as writer:
        writer.save_register_row(RESERVOIRS, code, version, new, **more)


def test_a_row_is_there_whole_with_who_wrote_it(office):
    insert(office, content(height="12.5"))
    row = office.registers.get(RESERVOIRS, "CQ-0001")
    assert (row.title, row.place, row.version, row.source) == ("石店水库", "归德街道", 1, "")
    assert (row.by, row.full_name) == ("lihua", "李华")
    assert row.body == {"data": {"height": "12.5"}}
    assert office.journal.page(limit=1)[0].kind == "register.save"


def test_each_writing_is_a_new_version_and_the_old_ones_stay(office):
    insert(office, content(height="12.5"))
    save(office, "CQ-0001", 1, content(height="13"), source="SJ-2026-0001")
    save(office, "CQ-0001", 2, content(title="石店水库（东）", height="13"), source=IMPORTED)
    row = office.registers.get(RESERVOIRS, "CQ-0001")
    assert (row.version, row.title, row.source) == (3, "石店水库（东）", IMPORTED)
    versions = office.registers.versions(row.row)
    assert [(v.version, v.source) for v in versions] == [
        (3, IMPORTED),
        (2, "SJ-2026-0001"),
        (1, ""),
    ]
    former = office.registers.former(RESERVOIRS)
    assert former == {row.row: [{"data": {"height": "13"}}, {"data": {"height": "12.5"}}]}


def test_a_version_that_moved_is_refused_and_nothing_is_written(office):
    insert(office, content(height="12.5"))
    save(office, "CQ-0001", 1, content(height="13"))
    before = office.registers.stamp(RESERVOIRS)
    with pytest.raises(RefusedError, match="was changed after you opened it"):
        save(office, "CQ-0001", 1, content(height="14"))
    assert office.registers.stamp(RESERVOIRS) == before
    assert office.registers.get(RESERVOIRS, "CQ-0001").body["data"]["height"] == "13"


def test_a_code_is_there_once_in_each_register(office):
    insert(office, content(), content("CQ-0002"))
    with pytest.raises(RefusedError, match="has a row CQ-0001 already"):
        insert(office, content())
    with pytest.raises(RefusedError, match="has a row CQ-0001 already"):
        save(office, "CQ-0002", 1, content("CQ-0001"))
    insert(office, content(), register="other")
    assert len(office.registers.rows(RESERVOIRS)) == 2
    assert len(office.registers.rows("other")) == 1


def test_one_refused_row_takes_the_whole_writing_with_it(office):
    with pytest.raises(RefusedError):
        insert(office, content("CQ-0003"), content("CQ-0004"), content("CQ-0003"))
    assert office.registers.rows(RESERVOIRS) == ()
    assert office.journal.verify(NoProgress()).ok


def test_a_code_can_be_put_right_and_the_old_one_is_free_again(office):
    insert(office, content("CQ-001"))
    save(office, "CQ-001", 1, content("CQ-0001"))
    assert office.registers.find(RESERVOIRS, "CQ-001") is None
    row = office.registers.get(RESERVOIRS, "CQ-0001")
    assert [v.code for v in office.registers.versions(row.row)] == ["CQ-0001", "CQ-001"]
    insert(office, content("CQ-001"))
    assert office.journal.verify(NoProgress()).ok


def test_a_code_that_is_not_there_is_a_clear_refusal(office):
    for deed in (
        lambda: office.registers.get(RESERVOIRS, "CQ-9999"),
        lambda: save(office, "CQ-9999", 1, content("CQ-9999")),
    ):
        with pytest.raises(RefusedError, match="has no row CQ-9999"):
            deed()


def test_rows_come_by_code_and_a_search_finds_parts_and_initials(office):
    insert(office, content("CQ-0002", "垛庄水库"), content("CQ-0001", "石店水库"))
    codes = lambda text: [r.code for r in office.registers.rows(RESERVOIRS, text)]  # noqa: E731 – short
    assert codes("") == ["CQ-0001", "CQ-0002"]
    assert codes("水库") == ["CQ-0001", "CQ-0002"]
    assert codes("石店") == ["CQ-0001"]
    assert codes("dzsk") == ["CQ-0002"]
    assert codes("cq-0002") == ["CQ-0002"]
    assert codes("ＣＱ-0002 垛庄") == ["CQ-0002"]
    assert codes("张三 石") == ["CQ-0001"]
    assert codes("% _ ' OR 1") == []


def test_the_stamp_moves_with_every_writing(office):
    stamps = [office.registers.stamp(RESERVOIRS)]
    insert(office, content())
    stamps.append(office.registers.stamp(RESERVOIRS))
    save(office, "CQ-0001", 1, content(height="1"))
    stamps.append(office.registers.stamp(RESERVOIRS))
    insert(office, content(), register="other")
    assert stamps == [0, 1, 2]
    assert office.registers.stamp(RESERVOIRS) == 2


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE register_version SET body = '{}' WHERE version = 1",
        "DELETE FROM register_version WHERE version = 2",
        "INSERT OR REPLACE INTO register_version SELECT * FROM register_version WHERE version = 1",
        "DELETE FROM register_row",
        "UPDATE register_row SET version = 1",
        "UPDATE register_row SET version = 9",
        "UPDATE register_row SET register = 'other', version = version + 1",
    ],
)
def test_the_database_itself_refuses_to_change_what_was(office, deed):
    insert(office, content())
    save(office, "CQ-0001", 1, content(height="1"))
    with pytest.raises(Exception, match=r"nothing is deleted|stays as it is|version to version"):
        office._session.database.execute(deed)
    assert office.journal.verify(NoProgress()).ok


FORGERIES = {
    "what a row holds": "DROP TRIGGER register_version_no_update;"
    " UPDATE register_version SET body = '{\"data\":{}}' WHERE version = 2",
    "what a row held": "DROP TRIGGER register_version_no_update;"
    " UPDATE register_version SET body = '{\"data\":{}}' WHERE version = 1",
    "who wrote it": "DROP TRIGGER register_version_no_update;"
    " UPDATE register_version SET by_user = 'wangfang' WHERE version = 1",
    "name in the list": "DROP TRIGGER register_row_forward; UPDATE register_row SET title = 'x'",
    "code in the list": "DROP TRIGGER register_row_forward; UPDATE register_row SET code = 'x'",
    "taken back to an older version": "DROP TRIGGER register_row_forward;"
    " UPDATE register_row SET version = 1",
    "latest version removed": "DROP TRIGGER register_row_forward;"
    " DROP TRIGGER register_version_no_delete;"
    " DELETE FROM register_version WHERE version = 2; UPDATE register_row SET version = 1",
    "row removed": "DROP TRIGGER register_row_no_delete; DROP TRIGGER register_version_no_delete;"
    " DELETE FROM register_version; DELETE FROM register_row",
    "row slipped in": "INSERT INTO register_row VALUES (9, 'reservoir', 'X', 't', 'p', 1, '', '');"
    " INSERT INTO register_version VALUES (9, 9, 1, 'X', 't', 'p', '{}', 'lihua', '李华',"
    " '2026-03-02T09:30:00+08:00', '')",
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_row_shows_when_the_journal_is_verified(office, name):
    insert(office, content(height="1"))
    save(office, "CQ-0001", 1, content(height="2"))
    assert office.journal.verify(NoProgress()).ok
    for statement in FORGERIES[name].split("; "):
        office._session.database.execute(statement)
    verdict = office.journal.verify(NoProgress())
    assert not verdict.ok
    assert "台账" in verdict.reason.zh


def test_rows_are_there_after_the_office_was_closed(office, folder):
    insert(office, content(height="1"))
    office.close()
    with open_as(folder, "wangfang") as again:
        assert again.registers.get(RESERVOIRS, "CQ-0001").body == {"data": {"height": "1"}}
        assert again.journal.verify(NoProgress()).ok


def test_a_float_is_never_kept(office):
    with pytest.raises(TypeError):
        insert(office, content(height=12.5))
    assert office.registers.rows(RESERVOIRS) == ()
