"""What a paper is made of, for tests: a judged case, the office's words, the day of issue."""

from __future__ import annotations

from datetime import date

from auditdesk.regulations.judge import judge
from auditdesk.regulations.standing import standing_on
from auditdesk.regulations.subject import Subject
from auditdesk.regulations.templates import fill_template

ISSUED_ON = date(2022, 3, 18)
MORE = {
    "case.no": "RS-2022-0001",
    "case.accepted_on": "2022年3月1日",
    "case.district": "章丘区",
    "case.stage": "批准",
    "case.verdict": "通过",
    "opinion.reason": "材料不符",
    "opinion.about": "",
    "occasion.words": "两家企业迁出，须补足。",
}


def subject_of(library, calendar, read, *, issued_on=ISSUED_ON, office=None, opinions=(), more=()):
    """The case as a paper issued on a day sees it."""
    law = library.law(read.case_type)
    return Subject(
        law,
        read,
        judge(read, law, calendar),
        office or {},
        MORE | dict(more),
        opinions,
        standing_on(library, issued_on),
    )


def filled_paper(library, subject, kind):
    """The words of one kind of document."""
    template = subject.law.case_type.document(kind).template
    return fill_template(template, library.template(subject.law.case_type.id, template), subject)


def words(letter):
    """A letter's paragraphs, one a line."""
    return "\n".join(text for _, text in letter.paragraphs)
