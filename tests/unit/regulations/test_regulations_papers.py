"""The papers of every case type can be filled for every whole case, in and out of force."""

from __future__ import annotations

import pytest

from auditdesk.regulations.casefile import read_case
from auditdesk.regulations.subject import OpinionLine
from auditdesk.util.faults import UnusableInputError
from paper_subjects import filled_paper, subject_of, words

# case type, base, a stage at or past its decision
CASES = [
    ("land_use_approval", "collective", "decision"),
    ("land_use_approval", "enterprise", "decision"),
    ("land_use_approval", "person", "decision"),
    ("reservoir_appraisal", "first", "approved"),
    ("reservoir_appraisal", "periodic", "approved"),
    ("reservoir_appraisal", "special", "approved"),
    ("reservoir_appraisal", "large", "approved"),
    ("reservoir_project", "small", "accepted"),
    ("reservoir_project", "medium", "accepted"),
    ("reservoir_project", "rainfall", "accepted"),
    ("reservoir_project", "downgrade", "downgraded"),
]
# Papers that have nothing to say of a case name what it lacks.
LACKING = {
    ("special", "due_notice"): "Due on",
    ("downgrade", "completion_opinion"): "design's approval",
}


@pytest.fixture
def paper(library, calendar, bases):
    def made(case_type, base, stage, kind, *, day=None, **data):
        case = bases[case_type].case(base)
        case["data"] |= data
        case |= {"format": "auditdesk.case/1", "stage": stage}
        case |= {"accepted_on": day} if day else {}
        return filled_paper(library, subject_of(library, calendar, read_case(case, library)), kind)

    return made


@pytest.mark.parametrize("day", ["2021-06-01", "2022-03-01", "2024-03-04"])
@pytest.mark.parametrize("case", CASES, ids=" ".join)
def test_every_paper_can_be_filled(library, paper, case, day):
    case_type, base, stage = case
    for document in library.law(case_type).case_type.documents:
        lacking = LACKING.get((base, document.id))
        if lacking:
            with pytest.raises(UnusableInputError, match=lacking):
                paper(case_type, base, stage, document.id, day=day)
            continue
        filled = repr(paper(case_type, base, stage, document.id, day=day))
        assert "{" not in filled.replace("{'", "")
        assert "依据的有关" not in filled
        if day < "2021-10-13":
            assert "42号" not in filled or document.id == "review_sheet"


def test_the_approval_prints_the_six_contents_in_order(paper):
    letter = paper(
        "land_use_approval", "collective", "decision", "approval", other_matters="施工前办理许可"
    )
    heads = [text for kind, text in letter.paragraphs if kind == "heading1"]
    assert heads == [
        "一、土地位置、面积、类别和用途",
        "二、土地的交付与相关费用的缴纳",
        "三、土地开发建设和利用要求",
        "四、土地使用年限",
        "五、开竣工时间",
        "六、其他内容",
    ]
    text = words(letter)
    contents = ["西张村南", "批准后30日内", "容积率不高于1.2", "50年", "2022年8月1日", "施工前办理"]
    assert [text.index(c) for c in contents] == sorted(text.index(c) for c in contents)
    assert "六、" not in words(paper("land_use_approval", "collective", "decision", "approval"))


def test_the_approval_cites_what_was_in_force(paper):
    within = words(paper("land_use_approval", "collective", "decision", "approval"))
    after = words(
        paper("land_use_approval", "collective", "decision", "approval", day="2024-03-04")
    )
    assert "济南市集体建设用地管理办法" in within
    assert "济南市集体建设用地管理办法" not in after
    assert "中华人民共和国土地管理法" in after


def test_the_funding_plan_states_figures_and_capitals(paper):
    sheet = paper("reservoir_project", "small", "planned", "funding_plan", other_funds_yuan=None)
    rows = sheet.tables[0].rows
    assert ("批复概算", "3,200,000.00", "叁佰贰拾万元整") in rows
    assert ("社会资本等其他资金", "—", "—") in rows
    assert ("资金缺口", "1,700,000.00", "壹佰柒拾万元整") in rows
    assert sheet.tables[1].rows == (
        ("市级应配套", "680,000.00", "陆拾捌万元整"),
        ("区县应配套", "1,020,000.00", "壹佰零贰万元整"),
    )


def test_a_downgrade_is_approved_without_money(paper):
    text = words(paper("reservoir_project", "downgrade", "downgraded", "approval"))
    assert "同意该水库（小（1）型）降等报废。理由：库容淤积，功能丧失。" in text
    assert "人民币" not in text


def test_a_part_is_cited_as_a_part(paper):
    sheet = paper("reservoir_project", "small", "planned", "review_sheet")
    sources = {row[1]: row[4] for row in sheet.tables[0].rows}
    assert sources["不足部分按市、区县比例配套"] == "济政办字〔2021〕42号第二部分第（二）项"


def test_yes_is_written_as_a_word(paper):
    sheet = paper("reservoir_appraisal", "periodic", "approved", "review_sheet")
    assert ("需除险加固", "是") in sheet.tables[2].rows


def test_opinions_of_a_review_sheet(library, calendar, bases):
    """The table of opinions stands for the other case types as for the first."""
    case = bases["reservoir_project"].case("small")
    case |= {"format": "auditdesk.case/1", "stage": "planned"}
    read = read_case(case, library)
    line = OpinionLine("列入年度计划", "批准", "陈静秋", read.accepted_on, "同意")
    subject = subject_of(library, calendar, read, opinions=(line,))
    sheet = filled_paper(library, subject, "review_sheet")
    assert sheet.tables[-1].rows == (("列入年度计划", "批准", "陈静秋", "2023年1月10日", "同意"),)
