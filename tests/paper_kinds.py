"""Every kind of document of every case type, short and long, laid out as an office issues it."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from auditdesk.documents.content import Letter
from auditdesk.documents.letter import render_letter
from auditdesk.documents.linebreak import LATIN_END
from auditdesk.documents.papercode import code_of
from auditdesk.documents.sheet import render_sheet
from auditdesk.operations.layouts import Marks, content_of
from auditdesk.operations.settings import defaults
from auditdesk.regulations.casefile import read_case
from auditdesk.regulations.shipped import shipped_calendar, shipped_library
from auditdesk.regulations.subject import OpinionLine
from auditdesk.store.records import OfficeProfile
from case_bases import RULES, Bases
from paper_samples import CHECKPOINT, RARE_NAME, fonts
from paper_subjects import filled_paper, subject_of

OFFICE = "济南市章丘区集体土地审查处"
# Case type: the whole case that its papers are made of, and a stage at or past the decision.
USUAL = {
    "land_entry": ("agreement", "decision"),
    "land_use_approval": ("collective", "decision"),
    "building_certification": ("certified", "publicity"),
    "building_reward": ("attraction", "intake"),
    "reservoir_appraisal": ("periodic", "approved"),
    "reservoir_project": ("small", "accepted"),
}
# Kinds that other whole cases have.
BASES = {"reserve_certificate": "reserve"}
LENGTHS = ("short", "long")
OPINIONS = (
    OpinionLine("受理", "通过", "李晓彤", date(2022, 3, 1), "材料齐全，予以受理。"),
    OpinionLine("镇（街道）审查", "通过", "赵文博", date(2022, 3, 7), "经实地查看，情况属实。"),
    OpinionLine("批准", "批准", RARE_NAME, date(2022, 3, 16), "同意。"),
)
_LONG_TEXT = (
    f"经联系人{RARE_NAME}（电话：010-00000000）确认，面积为13340.50平方米、容积率不高于1.2、"
    "价款4,268,960.00元，须在2022年12月31日前完成——逾期的，按“《管理办法》”第19条处理；"
)


@dataclass(frozen=True)
class Kind:
    """One kind of document of one case type."""

    case_type: str
    id: str

    def __str__(self) -> str:
        return f"{self.case_type}-{self.id}"


@cache
def library():
    return shipped_library()


@cache
def kinds():
    """All kinds, in the order of the declarations."""
    return tuple(
        Kind(case_type, document.id)
        for case_type in USUAL
        for document in library().law(case_type).case_type.documents
    )


@cache
def _bases():
    return {path.name.split(".")[0]: Bases(path) for path in RULES.glob("*.bases.toml")}


def case_of(kind, length="short"):
    """The case file that a paper of this kind is made of."""
    base, stage = USUAL[kind.case_type]
    case = copy.deepcopy(_bases()[kind.case_type].case(BASES.get(kind.id, base)))
    case |= {"format": "auditdesk.case/1", "stage": stage}
    if length == "long":
        _lengthen(case, kind.case_type)
    if kind.id == "rectification_notice":
        case["data"]["single_building"] = False
    if kind.id in {"correction_notice", "refusal", "no_recommendation"}:
        _spoil(case, length)
    return case


def _lengthen(case, case_type):
    """Long values in every field of words, and many rows in every table."""
    for field in library().law(case_type).case_type.fields:
        value = case["data"].get(field.id)
        if field.kind == "rows" and value:
            case["data"][field.id] = value * 9
        elif field.kind == "text" and value and value[0] > LATIN_END:
            case["data"][field.id] = f"{value}（{_LONG_TEXT[:45]}）"


def _spoil(case, length):
    """Take away all materials, and if it is to be long every figure, too."""
    case["materials"] = {}
    if length == "long":
        fields = library().law(case["case_type"]).case_type.fields
        for field in fields:
            if field.kind in {"money", "decimal", "boolean", "rows"}:
                case["data"].pop(field.id, None)


@cache
def filled(kind, length="short", *, unnamed=False):
    """The words of a paper; `unnamed`: by an office without any settings."""
    return filled_paper(library(), subject(kind, length, unnamed=unnamed), kind.id)


def subject(kind, length="short", *, unnamed=False, **data):
    """What a paper is about, with some of the case's data changed."""
    settings = {} if unnamed else profile().settings
    case = case_of(kind, length)
    case["data"] |= data
    read = read_case(case, library())
    more = {
        "case.no": f"{library().law(kind.case_type).case_type.code}-2022-0017",
        "case.accepted_on": f"{read.accepted_on.year}年{read.accepted_on.month}月1日",
        "case.stage": "批准",
        "case.verdict": "通过",
        "opinion.reason": _LONG_TEXT if length == "long" else "所报材料与规定不符。",
        "occasion.words": _LONG_TEXT if length == "long" else "年度检查发现两家企业迁出。",
    }
    opinions = OPINIONS * (9 if length == "long" else 1)
    return subject_of(
        library(), shipped_calendar(), read, office=settings, opinions=opinions, more=more
    )


def profile(**changes):
    """The office that issues it."""
    settings = defaults(OFFICE, "370114", library())
    return replace(OfficeProfile("id", OFFICE, "370114", False, settings), **changes)


@cache
def content(kind, length="short"):
    """The paper as the layout gets it, numbered."""
    document = library().law(kind.case_type).case_type.document(kind.id)
    number = f"章政{document.mark}〔2022〕{1017 if length == 'long' else 17}号"
    marks = Marks(
        signers=document.signers,
        issued_on=date(2022, 3, 18),
        number=number,
        checkpoint=f"{CHECKPOINT} {'9c' * 64}",
        code=code_of(number, OFFICE, b"{}", b"{}"),
        justifications=("“现状与登记不符”的说明：" + _LONG_TEXT,) * (length == "long"),
    )
    return content_of(profile(), filled(kind, length), marks)


@cache
def pdf(kind, length="short", **changes):
    """The laid-out paper."""
    paper = replace(content(kind, length), **changes)
    render = render_letter if isinstance(paper, Letter) else render_sheet
    return render(paper, fonts())
