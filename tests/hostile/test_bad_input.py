"""Values that cannot be right, in every field of every case type: told, never a crash.

What belongs to one rule is tried in `tests/rules/*.bad.toml`; here every field gets everything.
"""

from __future__ import annotations

import copy
import json

import pytest

from auditdesk.domain.declaration import FieldKind
from auditdesk.operations import cases, reviews, viewing
from auditdesk.regulations.casefile import read_case
from auditdesk.regulations.judge import judge
from auditdesk.util.faults import FallsShortError
from case_bases import RULES, Bases, content_text
from desk_samples import (  # noqa: F401 – fixtures are found by their names
    at_desk,
    office_folder,
    office_template,
    shipped_law,
    surroundings,
)

WRONG_FOR_ALL = [{"a": 1}, "\u0000", "x" * 20_000]
NO_NUMBERS = ["viel", "1e400", "-1", "１２", True, [1], "1" * 5000, "NaN", "1.2.3"]
# Kind of field to values that none of that kind can hold
WRONG = {
    FieldKind.TEXT: [7, True, [], ["a"]],
    FieldKind.INTEGER: [*NO_NUMBERS, "12", 1.5, 2**70],
    FieldKind.DECIMAL: [*NO_NUMBERS, "10000000000000000000", "0.000000001"],
    FieldKind.MONEY: [*NO_NUMBERS, "10000000000000000000", "1.005", "-0.01", "0.001"],
    FieldKind.DATE: ["2022-02-30", "2022-13-01", "0000-01-01", "9999-12-31", 20220301, "2022/3/1"],
    FieldKind.BOOLEAN: ["true", "ja", 1, 0, []],
    FieldKind.CHOICE: ["no_such_choice", 3, ["lease"], True],
    FieldKind.CHOICES: ["entry", ["no_such_choice"], [["entry"]], {"entry": 1}],
    FieldKind.TEXTS: ["651", 651, [651], [["651"]]],
    FieldKind.ROWS: ["rows", 7, [60], [["a"]], {"a": 1}, [{}] * 5001],
}
# Values that may be right and may be not; nothing may break on them
EDGES = {
    FieldKind.INTEGER: [0, 10**15],
    FieldKind.DECIMAL: ["0", "1000000000000000", "1.125", "0.00000001"],
    FieldKind.MONEY: ["0", "1000000000000000", "0.01"],
    FieldKind.DATE: ["1900-01-01", "2100-12-31", "2024-02-29"],
    FieldKind.ROWS: [[], [{}], [{}, {}]],
    FieldKind.TEXTS: [[], [""], ["999", "999"], [str(n) for n in range(50)]],
    FieldKind.CHOICES: [[]],
    FieldKind.BOOLEAN: [True, False],
}
FILES = sorted(RULES.glob("*.bases.toml"))


CASES = [
    pytest.param(bases.case(name), id=f"{path.name.split('.')[0]} {name}")
    for path in FILES
    for bases in [Bases(path)]
    for name in bases.names()
]


def judged(content, law):
    library, calendar, _ = law
    parsed = json.loads(content_text(content))
    case_file = read_case({"format": "auditdesk.case/1"} | parsed, library)
    report = judge(case_file, library.law(case_file.case_type), calendar)
    # every sentence can be said in both languages
    json.dumps([report.as_json("zh"), report.as_json("en")], ensure_ascii=False)
    return report


def with_value(case, name, value):
    return case | {"data": case["data"] | {name: value}}


def filled_rows(case, field):
    """A table's rows as the whole case has them, or one empty row."""
    return copy.deepcopy(case["data"].get(field.id)) or [{}]


def fields_of(case, law):
    return law[0].law(case["case_type"]).case_type.fields


@pytest.mark.parametrize("case", CASES)
def test_what_a_field_cannot_hold_is_named_and_blocks(case, shipped_law):  # noqa: F811
    for field in fields_of(case, shipped_law):
        for value in [*WRONG[field.kind], *WRONG_FOR_ALL]:
            report = judged(with_value(case, field.id, value), shipped_law)
            named = {i.field.split("[")[0] for i in report.invalid_fields}
            assert named == {field.id}, (field.id, str(value)[:60])
            assert report.verdict == "block"


@pytest.mark.parametrize("case", CASES)
def test_what_a_cell_cannot_hold_is_named_with_its_row(case, shipped_law):  # noqa: F811
    for field in fields_of(case, shipped_law):
        for column in field.columns:
            for value in WRONG[column.kind]:
                rows = filled_rows(case, field)
                rows[0][column.id] = value
                report = judged(with_value(case, field.id, rows), shipped_law)
                assert [i.field for i in report.invalid_fields] == [f"{field.id}[0].{column.id}"]
                assert report.verdict == "block"


@pytest.mark.parametrize("case", CASES)
def test_nothing_breaks_on_the_edges(case, shipped_law):  # noqa: F811
    for field in fields_of(case, shipped_law):
        for value in EDGES.get(field.kind, []):
            report = judged(with_value(case, field.id, value), shipped_law)
            assert {f.outcome for f in report.findings}
        for column in field.columns:
            for value in EDGES.get(column.kind, []):
                rows = filled_rows(case, field) * 2
                rows[-1] = rows[-1] | {column.id: value}
                judged(with_value(case, field.id, rows), shipped_law)


@pytest.mark.parametrize("case", CASES)
def test_all_fields_wrong_at_once(case, shipped_law):  # noqa: F811
    fields = fields_of(case, shipped_law)
    report = judged(case | {"data": {f.id: WRONG[f.kind][0] for f in fields}}, shipped_law)
    assert {i.field for i in report.invalid_fields} == {f.id for f in fields}
    assert report.verdict == "block"


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name.split(".")[0])
def test_wrong_values_are_kept_told_and_never_passed_on_by_the_office(path, at_desk):  # noqa: F811
    """Entered, saved again and shown as they were typed; handing on is refused, in words."""
    bases = Bases(path)
    case = bases.case(bases.names()[0])
    desk = at_desk("li")
    fields = desk.library.law(case["case_type"]).case_type.fields
    content = {"format": "auditdesk.case/1"} | case | {"stage": "intake"}
    for round_ in range(3):
        wrong = {f.id: WRONG[f.kind][round_ % len(WRONG[f.kind])] for f in fields}
        parsed = json.loads(content_text(content | {"data": wrong}))
        view = cases.import_case(desk, read_case(parsed, desk.library))[0]
        # what cannot be told from emptiness is left out, everything else is kept
        kept = {name for name, value in wrong.items() if value not in (None, "")}
        assert set(view.case_file.data) == kept
        saved, _ = cases.save_case(
            desk,
            view.no,
            view.record.version,
            data=view.case_file.data,
            materials=view.case_file.materials,
        )
        assert saved.case_file.data == view.case_file.data
        with pytest.raises(FallsShortError) as refused:
            reviews.advance(desk, view.no, saved.record.version)
        assert refused.value.message.zh
        assert viewing.view(desk, view.no).record.stage == "intake"
