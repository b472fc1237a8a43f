from __future__ import annotations

from datetime import date

import pytest

from auditdesk.regulations.casefile import read_case
from auditdesk.regulations.subject import OpinionLine
from paper_subjects import filled_paper, subject_of
from paper_subjects import words as paragraphs

CERTIFICATION, REWARD = "building_certification", "building_reward"
# Bases whose cases have no document of the kind.
OTHERS = {
    "certificate": ("reserve",),
    "rectification_notice": ("reserve",),
    "reserve_certificate": ("certified",),
}


@pytest.fixture
def filled(library, calendar, bases):
    def made(case_type, base, kind, stage="intake", day=None, **data):
        case = bases[case_type].case(base)
        case["data"] |= data
        case |= {"format": "auditdesk.case/1", "stage": stage}
        case |= {"accepted_on": day} if day else {}
        opinions = (OpinionLine("受理", "通过", "李华", date(2022, 4, 1), ""),)
        subject = subject_of(library, calendar, read_case(case, library), opinions=opinions)
        return filled_paper(library, subject, kind)

    return made


def words(letter):
    return f"{letter.title}\n{paragraphs(letter)}"


def papers(library):
    for case_type in (CERTIFICATION, REWARD):
        for document in library.law(case_type).case_type.documents:
            yield case_type, document.id


@pytest.mark.parametrize("day", ["2021-10-01", "2022-04-01"])
def test_every_paper_can_be_filled(library, bases, filled, day):
    for case_type, kind in papers(library):
        for base in bases[case_type].names():
            if base in OTHERS.get(kind, ()):
                continue
            if day < "2021-11-01" and kind not in ("review_sheet", "correction_notice"):
                continue
            assert "{" not in repr(filled(case_type, base, kind, day=day)).replace("{'", "")


def test_the_certificate_of_each_class(filled):
    certified = words(filled(CERTIFICATION, "certified", "certificate"))
    reserve = words(filled(CERTIFICATION, "reserve", "reserve_certificate"))
    assert certified.startswith("特色产业楼宇认定书")
    assert reserve.startswith("储备特色产业楼宇认定书")
    assert "于2022年5月23日被认定为" in certified
    assert "储备期至2024年12月31日" in reserve
    assert "储备期" not in certified


def test_the_recommendation_states_the_figures(filled):
    text = words(filled(CERTIFICATION, "certified", "recommendation"))
    assert "扣除宾馆酒店、商场超市、公寓和地下停车后为25000平方米" in text
    assert "6家，使用面积9000平方米，占已入驻企业使用面积13000平方米的69.23%" in text
    assert "合计1500万元" in text
    assert "行业中类：651" in text


def test_putting_right_and_revoking(filled):
    notice = words(
        filled(CERTIFICATION, "certified", "rectification_notice", single_building=False)
    )
    assert "自2022年8月31日起至2023年2月28日止" in notice
    assert "需要整改的内容：两家企业迁出，须补足。" in notice
    assert "1.不是独栋" in notice
    assert "整改期满仍达不到" in words(filled(CERTIFICATION, "certified", "revocation"))
    assert "至2024年12月31日仍未达到" in words(filled(CERTIFICATION, "reserve", "revocation"))


def test_the_review_sheet_adds_up_the_tenants(filled):
    sheet = filled(CERTIFICATION, "certified", "review_sheet")
    tenants = next(t for t in sheet.tables if t.title == "三、入驻企业")
    assert tenants.sums == ("合计", "", "", "", "", "13000", "2400", "")
    assert len(tenants.rows) == 7
    computed = next(t for t in sheet.tables if t.title == "四、计算结果")
    assert ("数据符合的类别", "特色产业楼宇") in computed.rows


def test_citations_are_written_by_part_and_item(filled):
    sheet = filled(CERTIFICATION, "certified", "review_sheet")
    sources = [row[4] for row in sheet.tables[0].rows]
    assert "济政办发〔2021〕22号第二部分第（一）项第4点" in sources
    assert "济政办发〔2021〕22号第二部分第（一）项末段" in sources
    assert "济政办发〔2021〕22号末段" in sources


def test_the_award_sheet_writes_the_amounts_both_ways(filled):
    facts = dict(filled(REWARD, "purchase", "award_sheet", area_m2="512.5").facts)
    assert facts["核定奖补金额"] == "256,250.00元"
    assert facts["核定奖补金额（大写）"] == "贰拾伍万陆仟贰佰伍拾元整"
    assert facts["市级承担"] == facts["区县承担"] == "128,125.00元"
    assert facts["受何限制"] == "未受限"


@pytest.mark.parametrize("kind", ["review_sheet", "award_sheet"])
def test_a_sheet_leaves_out_what_belongs_to_other_kinds(filled, kind):
    rent, attraction = (filled(REWARD, base, kind) for base in ("rent", "attraction"))
    labels = [label for label, _ in rent.facts]
    assert "租赁年限" in labels
    assert not {"承诺自用年限", "自持运营比例", "分期拨付年数"} & set(labels)
    assert "—" not in [value for _, value in rent.facts]
    titles = [[t.title.removeprefix("三、") for t in sheet.tables] for sheet in (rent, attraction)]
    assert "新入驻企业" not in titles[0]
    assert "新入驻企业" in titles[1]


OWN_KIND = {
    "operation": "自持运营比例为55%",
    "clustering": "使用面积占比为60%",
    "attraction": "新入驻企业：样例科技1",
    "purchase": "购置自用办公用房800平方米，承诺自用5年",
    "rent": "租赁办公用房800平方米，租期3年",
}


@pytest.mark.parametrize(("base", "sentence"), OWN_KIND.items())
def test_the_first_opinion_states_its_own_kind(filled, base, sentence):
    letter = filled(REWARD, base, "first_opinion")
    assert sentence in words(letter)
    assert sum(told in words(letter) for told in OWN_KIND.values()) == 1
