"""A template as an office may word it, and its place in the office's folder."""

from __future__ import annotations

REFUSAL = """
# 本单元的不予批准决定书
form = "letter"
title = "不予批准决定书"
recipient = "{applicant_name:else 申请人}"
basis = ["national-land-law 63"]

[[phrases]]
id = "this"
text = "本决定"

[[paragraphs]]
text = "经{office.handling_body}审查，依据{law.basis}，对你单位的入市方案不予批准。"
[[paragraphs]]
kind = "list"
each = "lacking"
[[paragraphs]]
text = "{phrase.remedies}"
"""


def put_template(office, name, text=REFUSAL):
    """Put a template into an office's folder; its path."""
    path = office / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path
