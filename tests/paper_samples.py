"""Made-up papers, certificates and signatures for the tests of documents."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache

from PIL import Image, ImageDraw

from auditdesk.documents.archive import (
    CASE_FILE,
    REPORT_FILE,
    ArchiveInfo,
    EmbeddedFile,
    to_archive,
)
from auditdesk.documents.authority import (
    PersonName,
    authority_certificate,
    create_authority,
    issue_certificate,
)
from auditdesk.documents.content import Letter, Paragraph, Sheet, SheetColumn, SheetTable
from auditdesk.documents.figures import Figure
from auditdesk.documents.fonts import load_fonts
from auditdesk.documents.letter import render_letter
from auditdesk.documents.papercode import code_of
from auditdesk.documents.sheet import render_sheet
from auditdesk.documents.signing import (
    SignatureText,
    certify,
    countersign,
    load_pkcs12,
    prepare_fields,
)
from auditdesk.util.clock import CHINA
from auditdesk.util.paths import shipped
from auditdesk.util.progress import CancelledError

AT = datetime(2022, 3, 18, 10, 0, tzinfo=CHINA)
OFFICE = "济南市章丘区（样例）"
RARE_NAME = "王𬭎"  # outside the basic plane
PASSPHRASE = "口令 pass-1"
CHECKPOINT = "128 " + "3f7a0b6c1e2d4c5b" * 4
CASE = {"format": "auditdesk.case/1", "case_type": "land_entry", "data": {"village": "某村"}}
REPORT = {"format": "auditdesk.check/1", "verdict": "pass"}

LETTER = Letter(
    office_mark="济南市章丘区人民政府文件",
    number="章政土批〔2022〕17号",
    title="济南市章丘区人民政府关于绣惠街道某某村集体经营性建设用地入市方案的批复",
    recipient="绣惠街道办事处",
    paragraphs=(
        Paragraph(
            "body",
            "你街道《关于审批某某村集体经营性建设用地入市方案的请示》（绣街发〔2022〕8号）收悉。"
            "根据《中华人民共和国土地管理法》第六十三条和济政办发〔2021〕21号第22条，现批复如下：",
        ),
        Paragraph("heading1", "一、宗地基本情况"),
        Paragraph(
            "body",
            f"入市主体法定代表人为{RARE_NAME}，不动产单元号370114003001GB00012W00000000，"
            "土地面积13340.50平方米（约合20.01亩、1.3341公顷），权属清晰，界址清楚，无争议。",
        ),
        Paragraph("heading1", "二、入市用途、方式、年限和价格"),
        Paragraph(
            "body",
            "同意该宗地以“协议出让”方式入市，使用年限为50年，入市价格为人民币4,268,960.00元"
            "（大写：肆佰贰拾陆万捌仟玖佰陆拾元整），不低于评估价4,200,000.00元。",
        ),
        Paragraph("heading2", "（一）集体经济组织表决情况"),
        Paragraph("body", "应到60人，实到57人，同意48人，反对6人，弃权3人，达到三分之二以上。" * 4),
        Paragraph("list", "1.自批复之日起30日内签订出让合同，并按规定进行公示；"),
        Paragraph("list", "2.价款、调节金和契税缴清后，方可申请办理不动产登记。"),
    ),
    attachments_note=("入市方案审查意见表", "宗地界址图"),
    signatory="济南市章丘区人民政府",
    issued_on=date(2022, 3, 18),
    remark="此件公开发布",
    copies_to=("区自然资源局", "区发展和改革局", "区财政局"),
    printed_by="济南市章丘区人民政府办公室",
    signers=("clerk", "supervisor"),
    checkpoint=CHECKPOINT,
)

SHEET = Sheet(
    office="济南市章丘区自然资源局",
    title="集体经营性建设用地入市方案审查意见表",
    number="章自然资审〔2022〕17号",
    facts=(
        ("案件编号", "LE-2022-0017"),
        ("受理日期", "2022年3月1日"),
        ("入市主体", "济南市章丘区绣惠街道某某村股份经济合作社（法定代表人：王某）"),
        ("使用年限", "50 年"),
    ),
    tables=(
        SheetTable(
            "一、审查结论",
            (
                SheetColumn("序号", 7, "centre"),
                SheetColumn("审查事项", 20),
                SheetColumn("结论", 9, "centre"),
                SheetColumn("依据", 27),
                SheetColumn("说明", 37),
            ),
            tuple(
                (
                    str(number),
                    f"审查事项第{number}项",
                    "不适用" if number % 4 == 0 else "通过",
                    f"济政办发〔2021〕21号第{10 + number % 12}条",
                    "同意48人，应到60人，48/60达到2/3。" * (1 + number % 4),
                )
                for number in range(1, 27)
            ),
        ),
    ),
    notes=("审查意见：经审查，该入市方案符合规定，材料齐全，建议予以批准。",),
    signature_lines=("经办人", "审批人"),
    signers=("clerk", "supervisor"),
    checkpoint=CHECKPOINT,
)

INFO = ArchiveInfo(
    title=LETTER.title,
    author=OFFICE,
    subject="批复 LE-2022-0017 <&>",
    created_at=AT,
    keywords=("集体经营性建设用地", "入市"),
    number=LETTER.number,
    checkpoint=CHECKPOINT,
    signers=LETTER.signers,
    figures=(Figure("case.village", "村", "某村"),),
)
FILES_INSIDE = tuple(json.dumps(content).encode() for content in (CASE, REPORT))
CODE = code_of(LETTER.number, OFFICE, *FILES_INSIDE)


@cache
def fonts():
    return load_fonts(shipped("resources") / "fonts")


def embedded():
    case, report = FILES_INSIDE
    return (
        EmbeddedFile(CASE_FILE, "application/json", "案卷数据", case),
        EmbeddedFile(REPORT_FILE, "application/json", "审查结论", report),
    )


@dataclass(frozen=True)
class Office:
    """An authority with its certificate, and the containers of its people by role."""

    root_p12: bytes
    root: str
    people: dict[str, bytes]

    def signer(self, role, at=AT):
        return load_pkcs12(self.people[role], PASSPHRASE, at=at)


@cache
def office(name=OFFICE):
    root = create_authority(name, PASSPHRASE, at=AT - timedelta(days=30))
    people = {
        role: issue_certificate(
            root,
            PASSPHRASE,
            person=PersonName(name=account, full_name=full, role=role, office=name),
            p12_passphrase=PASSPHRASE,
            at=AT - timedelta(days=20),
            days=365,
        ).p12
        for account, full, role in (("lina", "李娜", "clerk"), ("wang", RARE_NAME, "supervisor"))
    }
    return Office(root, authority_certificate(root, PASSPHRASE), people)


def clerk_text():
    return SignatureText("李娜", "经办人", AT, "拟同意")


def supervisor_text():
    return SignatureText(RARE_NAME, "审批人", AT + timedelta(hours=3), "同意")


@cache
def prepared():
    """The letter in archive form with two empty fields."""
    archive = to_archive(plain_letter(code=CODE), INFO, embedded())
    return prepare_fields(archive, LETTER.signers)


@cache
def certified():
    """The letter signed by the clerk."""
    signer = office().signer("clerk")
    return certify(prepared(), signer, clerk_text(), role="clerk", fonts=fonts())


@cache
def approval():
    """The letter signed by clerk and supervisor."""
    signer = office().signer("supervisor")
    return countersign(certified(), signer, supervisor_text(), role="supervisor", fonts=fonts())


@cache
def plain_letter(**changes):
    return render_letter(replace(LETTER, **changes), fonts())


@cache
def plain_sheet(**changes):
    return render_sheet(replace(SHEET, **changes), fonts())


def seal(size=(300, 300)):
    """A seal as an office would put it in: a ring on a transparent ground."""
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((5, 5, size[0] - 5, size[1] - 5), outline=(220, 0, 0, 255))
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


class Steps:
    """Notes every step; may cancel at one."""

    def __init__(self, cancel_at=None) -> None:
        self.told, self._cancel_at = [], cancel_at

    def step(self, done, total):
        self.told.append(done / total)
        if self._cancel_at is not None and done / total >= self._cancel_at:
            raise CancelledError
