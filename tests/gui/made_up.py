"""A small made-up case type: every kind of field, and none of the shipped ones' names."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from auditdesk.domain.declaration import (
    CaseType,
    Choice,
    Citation,
    Field,
    FieldKind,
    Material,
    MaterialKind,
    Need,
    Route,
    Rule,
    Section,
    Severity,
    Stage,
    StageKind,
    Summary,
)
from auditdesk.domain.report import CheckReport, Finding, InvalidField, Outcome, Verdict
from auditdesk.util.label import Label

START = (Need("start"),)


def word(text):
    return Label(text, f"{text} in English")


def field(name, kind, section="one", needs=START, **more):
    return Field(name, word(name), kind, section=section, needs=needs, **more)


def choices(*names):
    return tuple(Choice(name, word(name)) for name in names)


CASE_TYPE = CaseType(
    id="bridge_toll",
    label=word("过桥费"),
    code="BT",
    regulations=(),
    sections=(Section("one", word("甲")), Section("two", word("乙"))),
    fields=(
        field("name", FieldKind.TEXT),
        field("code", FieldKind.TEXT, format="uscc"),
        field("story", FieldKind.TEXT, length=2000),
        field("count", FieldKind.INTEGER, minimum=Decimal(0)),
        field("area", FieldKind.DECIMAL, unit=Label("m²", "m²")),
        field("price", FieldKind.MONEY, unit=Label("元", "yuan")),
        field("day", FieldKind.DATE, section="two"),
        field("good", FieldKind.BOOLEAN, section="two"),
        field("colour", FieldKind.CHOICE, section="two", choices=choices("red", "blue")),
        field("town", FieldKind.CHOICE, section="two", choices=choices(*"abcdef")),
        field("topics", FieldKind.CHOICES, section="two", choices=choices("x", "y", "z")),
        field(
            "tenants",
            FieldKind.ROWS,
            section="two",
            columns=(
                field("tenant", FieldKind.TEXT),
                field("rent", FieldKind.MONEY),
                field("paid", FieldKind.BOOLEAN),
                field("kind", FieldKind.CHOICE, choices=choices("shop", "works")),
            ),
        ),
        field("later", FieldKind.TEXT, section="two", needs=(Need("end"),)),
    ),
    stages=(
        Stage("start", word("开始"), StageKind.INTAKE),
        Stage("end", word("结束"), StageKind.END),
    ),
    routes=(Route("only", word("唯一"), ("start", "end")),),
    materials=(
        Material("letter", word("申请书"), MaterialKind.REQUIRED, START, ()),
        Material("photo", word("照片"), MaterialKind.OPTIONAL, START, ()),
    ),
    rules=(
        Rule("bt.count", word("数量"), Severity.BLOCK, (Citation("logic", "1"),), ("count",), {}),
        Rule("bt.price", word("价格"), Severity.JUSTIFY, (Citation("logic", "2"),), ("price",), {}),
        Rule("bt.day", word("日期"), Severity.NOTICE, (Citation("logic", "3"),), ("day",), {}),
    ),
    computed=(),
    documents=(),
    export_columns=(),
    summary=Summary(("name",), ("town",), ("name",)),
)


def finding(rule, outcome, fields=()):
    declared = CASE_TYPE.rule(rule)
    return Finding(
        rule, outcome, declared.severity, declared.citations, fields, word(f"{rule} {outcome}")
    )


def report(*findings, missing=(), invalid=(), lacking=()):
    return CheckReport(
        case_type=CASE_TYPE.id,
        stage="start",
        accepted_on=date(2026, 3, 2),
        verdict=Verdict.BLOCK if findings else Verdict.PASS,
        findings=findings,
        required_materials=("letter",),
        missing_materials=lacking,
        missing_fields=missing,
        invalid_fields=tuple(InvalidField(name, "?", word("不对")) for name in invalid),
        unknown_fields=(),
        computed={},
    )


FAIL, PASS, UNKNOWN = Outcome.FAIL, Outcome.PASS, Outcome.UNKNOWN
