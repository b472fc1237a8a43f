"""A case in which every value is wrong: shown as it was typed, told, kept, never handed on."""

from __future__ import annotations

import json

import pytest

from auditdesk.domain.declaration import FieldKind
from auditdesk.operations import cases
from auditdesk.regulations.casefile import read_case
from case_bases import RULES, Bases, content_text

WRONG = {
    FieldKind.TEXT: True,
    FieldKind.INTEGER: 1.5,
    FieldKind.DECIMAL: "viel",
    FieldKind.MONEY: "1.005",
    FieldKind.DATE: "2022-02-30",
    FieldKind.BOOLEAN: "ja",
    FieldKind.CHOICE: "no_such_choice",
    FieldKind.CHOICES: ["no_such_choice"],
    FieldKind.TEXTS: "651",
    FieldKind.ROWS: [{"name": 7}, "no row"],
}
TYPES = sorted(path.name.split(".")[0] for path in RULES.glob("*.bases.toml"))


def wrong_case(case_type, library):
    bases = Bases(RULES / f"{case_type}.bases.toml")
    fields = library.law(case_type).case_type.fields
    data = {field.id: WRONG[field.kind] for field in fields}
    content = bases.case(bases.names()[0]) | {"format": "auditdesk.case/1", "data": data}
    return read_case(json.loads(content_text(content | {"stage": "intake"})), library)


@pytest.mark.parametrize("case_type", TYPES)
def test_every_wrong_value_is_shown_and_told(person, at_desk, case_type):
    desk = at_desk("li")
    no = cases.import_case(desk, wrong_case(case_type, desk.library))[0].no
    kept = cases.view(desk, no).case_file.data
    desk.close()
    person.sign_in("li")
    person.open(no)
    person.judged()
    assert person.case.form.data() == kept
    told = {i.field.split("[")[0] for i in person.case.report.invalid_fields}
    assert told == set(kept)
    assert (
        "✕" in person.case.findings.verdict.text() or "否决" in person.case.findings.verdict.text()
    )
    for name in kept:
        person.case.go_to_field(name)
    advance = person.case.draft.view.action("advance")
    assert not advance.enabled
    assert advance.why_not.zh


@pytest.mark.parametrize("case_type", TYPES)
def test_typing_nonsense_into_every_line_breaks_nothing(person, at_desk, case_type):
    desk = at_desk("li")
    no = cases.import_case(desk, wrong_case(case_type, desk.library))[0].no
    desk.close()
    person.sign_in("li")
    person.open(no)
    for name, row in person.case.form.rows.items():
        if hasattr(row.editor, "line") and row.isVisible():
            person.type_into(person.field(name).line, "-1,,.5e")
    person.judged()
    assert person.case.report.verdict == "block"
