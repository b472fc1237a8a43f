"""`register import` and `register export`: what is told, what is written, which exit status."""

from __future__ import annotations

import openpyxl
import pytest

from auditdesk.documents.printed import printed_text
from kept_rows import REGISTER, kept_rows  # noqa: F401 – a fixture is found by its name
from workbook_samples import headed, parts, row, text, write


@pytest.fixture
def workbook(as_user, kept_rows, tmp_path):  # noqa: F811 – as above
    path = tmp_path / "register.xlsx"
    answer = as_user("li", "register", "export", REGISTER, "--on", "2026-03-02", "--out", path)
    assert (answer.status, answer.err) == (0, "")
    assert "4 行" in answer.out
    return path


def change(path, place, value):
    book = openpyxl.load_workbook(path)
    book["水库台账"][place] = value
    book.save(path)


def test_a_good_file_is_imported_and_told_in_json(as_user, workbook):
    change(workbook, "B2", "卧龙水库")
    answer = as_user("li", "register", "import", REGISTER, workbook, "--check", "--json")
    assert answer.status == 0
    assert [line["state"] for line in answer.json["lines"]] == ["changed"] + ["same"] * 3
    assert answer.json["lines"][0]["changes"] == [
        {"field": "name", "old": "卧虎水库", "new": "卧龙水库"}
    ]
    again = as_user("li", "register", "import", REGISTER, workbook)
    assert again.status == 0
    assert "变更  1\n相同  3\n" in again.out
    third = as_user("li", "register", "import", REGISTER, workbook, "--check", "--json")
    assert {line["state"] for line in third.json["lines"]} == {"same"}, "--check wrote nothing"


def test_a_refused_row_is_told_and_held_against_all(as_user, workbook, tmp_path):
    change(workbook, "A2", "K-002")
    change(workbook, "B4", "新名")
    refused = tmp_path / "refused.xlsx"
    answer = as_user("li", "register", "import", REGISTER, workbook, "--refused", refused)
    assert answer.status == 1
    assert "2\tK-002" in answer.err
    assert openpyxl.load_workbook(refused)["水库台账"].max_row == 3
    good = as_user("li", "register", "import", REGISTER, workbook, "--good-only")
    assert good.status == 1, "it was done, and rows were left out"
    assert "未导入 2 行" in good.out


def test_bad_files_wrong_people_and_unknown_registers(as_user, workbook, tmp_path):
    other = write(tmp_path / "other.xlsx", parts(headed(row(2, text("A2", "x")))))
    for arguments, status in (
        (("import", REGISTER, other), 2),
        (("import", REGISTER, tmp_path / "missing.xlsx"), 2),
        (("import", "no_such", workbook), 2),
        (("export", "no_such", "--out", tmp_path / "x.xlsx"), 2),
        (("export", REGISTER, "--out", workbook), 2),
    ):
        answer = as_user("li", "register", *arguments)
        assert (answer.status, answer.out) == (status, ""), arguments
        assert answer.err
        assert "Traceback" not in answer.err
    change(workbook, "B2", "卧龙水库")
    assert as_user("wang", "register", "import", REGISTER, workbook).status == 3
    assert (
        as_user("admin", "register", "export", REGISTER, "--out", tmp_path / "x.xlsx").status == 3
    )


@pytest.mark.usefixtures("kept_rows")
def test_a_register_is_laid_out_to_print(as_user, tmp_path):
    path = tmp_path / "台账.pdf"
    chosen = ("--on", "2026-03-02", "--view", "overdue", "--search", "青石")
    answer = as_user("li", "register", "print", REGISTER, "--out", path, *chosen)
    assert (answer.status, answer.err) == (0, "")
    assert "水库台账共 1 条，1 页" in answer.out
    text = "".join(printed_text(path.read_bytes()).dense)
    assert "截至2026年3月2日范围：鉴定逾期检索：“青石”" in text
    assert "青石水库" in text
    columns = ("--column", "name", "--column", "river", "--sort", "name", "--descending")
    answer = as_user("li", "register", "print", REGISTER, "--output", path, *columns, "--json")
    assert answer.json["rows"] == 4
    text = "".join(printed_text(path.read_bytes()).dense)
    assert "所在河流" in text
    assert "水库编码" not in text
    answer = as_user("li", "register", "print", REGISTER, "--out", path, "--all-columns")
    assert answer.status == 0
    assert "13905310003" in "".join(printed_text(path.read_bytes()).dense)


@pytest.mark.usefixtures("kept_rows")
def test_a_register_that_cannot_be_printed_is_told_and_leaves_no_file(as_user, tmp_path):
    path = tmp_path / "x.pdf"
    table = tmp_path / "x.xlsx"
    table.write_bytes(b"PK")
    for arguments, status in (
        ((REGISTER, "--view", "no_such", "--out", path), 2),
        ((REGISTER, "--column", "no_such", "--out", path), 2),
        ((REGISTER, "--sort", "no_such", "--out", path), 2),
        (("no_such", "--out", path), 2),
        ((REGISTER,), 2),
        ((REGISTER, "--out", table), 2),
        ((REGISTER, "--out", tmp_path / "no" / "x.pdf"), 2),
    ):
        answer = as_user("li", "register", "print", *arguments)
        assert (answer.status, answer.out) == (status, ""), arguments
        assert answer.err
        assert "Traceback" not in answer.err
    assert as_user("admin", "register", "print", REGISTER, "--out", path).status == 3
    assert not path.exists()
    assert table.read_bytes() == b"PK"
