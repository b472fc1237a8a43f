"""Names of roles, statuses, verdicts, actions and journal entries in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.domain.material import COPY, ORIGINAL
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditdesk.store.records import JournalEntry

UNSTAMPED = "unstamped"  # of an entry: why its signature has no time stamp, though one was wanted
# Who a case is about, or what: a firm, a reservoir
TITLE = Label("申请人／对象", "Applicant or object")
STATUSES: Mapping[str, Label] = {
    "open": Label("办理中", "open"),
    "returned": Label("退回补正", "returned"),
    "refused": Label("不予批准", "refused"),
    "withdrawn": Label("已撤回", "withdrawn"),
    "closed": Label("已办结", "closed"),
}
VERDICTS: Mapping[str, Label] = {
    "block": Label("否决", "blocked"),
    "incomplete": Label("不完整", "incomplete"),
    "justify": Label("待说明", "to be justified"),
    "pass": Label("通过", "passed"),
}
SEVERITIES: Mapping[str, Label] = {
    "block": Label("否决", "block"),
    "justify": Label("说明", "justify"),
    "notice": Label("提示", "notice"),
}
MATERIALS: Mapping[str, Label] = {
    "present": Label("齐", "present"),
    "missing": Label("缺", "missing"),
    "not_applicable": Label("不适用", "not applicable"),
}
FORMS: Mapping[str, Label] = {
    ORIGINAL: Label("原件", "original"),
    COPY: Label("复印件", "copy"),
}
ACTIONS: Mapping[str, Label] = {
    "save": Label("保存", "Save"),
    "attach": Label("添加扫描件", "Attach a scan"),
    "justify": Label("填写说明", "Justify"),
    "advance": Label("提交下一环节", "Hand on"),
    "approve": Label("批准", "Approve"),
    "return": Label("退回补正", "Return for correction"),
    "refuse": Label("不予批准", "Refuse"),
    "withdraw": Label("申请人撤回", "Withdraw"),
    "resume": Label("恢复", "Resume"),
}
FOLLOW_UP_STATES: Mapping[str, Label] = {
    "shown": Label("计算中", "running"),
    "open": Label("尚未到提示日", "not shown yet"),
    "settled": Label("已了结", "settled"),
    "dropped": Label("不再适用", "no longer running"),
}
IMPORT_STATES: Mapping[str, Label] = {
    "new": Label("新增", "new"),
    "changed": Label("变更", "changed"),
    "same": Label("相同", "same"),
    "refused": Label("不收", "refused"),
}
FOLLOW_UP_GROUPS: Mapping[str, Label] = {
    "overdue": Label("已过期", "overdue"),
    "due": Label("期限内", "running"),
    "coming": Label("即将开始", "coming up"),
}
FOLLOW_UP_DEEDS: Mapping[str, Label] = {
    "opened": Label("开始", "begun"),
    "moved": Label("改期", "moved"),
    "settled": Label("了结", "settled"),
    "reopened": Label("恢复", "opened again"),
    "dropped": Label("不再适用", "no longer running"),
}
FIGURE_BASES: Mapping[str, Label] = {
    "accepted_on": Label("本期受理的案件（按受理日期）", "Received (by day of acceptance)"),
    "decided_on": Label("本期决定的案件（按批准、不予批准日期）", "Decided (by day of decision)"),
}
OUTCOMES: Mapping[str, Label] = {
    "open": Label("在办", "in progress"),
    "returned": Label("退回补正中", "returned for correction"),
    "approved": Label("已批准", "approved"),
    "refused": Label("不予批准", "refused"),
    "withdrawn": Label("已撤回", "withdrawn"),
}
TIMELINESS: Mapping[str, Label] = {
    "in_time": Label("按期决定", "decided in time"),
    "late": Label("逾期决定", "decided late"),
    "running": Label("在办，未到期", "in progress, not due"),
    "overdue": Label("在办，已逾期", "in progress, overdue"),
    "waiting": Label("补正或中止中，不计时", "with the applicant or paused"),
    "ended": Label("未经决定即终结", "ended without a decision"),
    "none": Label("没有法定期限", "no due day"),
}
CLOCK_BINDS: Mapping[str, Label] = {
    "office": Label("约束办理机关", "binds the office"),
    "applicant": Label("约束申请人或责任单位", "binds the applicant or whoever is responsible"),
    "others": Label("约束其他人", "binds third parties"),
}
CLOCK_UNITS: Mapping[str, Label] = {
    "workdays": Label("{n} 个工作日", "{n} working days"),
    "days": Label("{n} 日", "{n} days"),
    "months": Label("{n} 个月", "{n} months"),
    "years": Label("{n} 年", "{n} years"),
    "year_ends": Label("至其后第 {n} 个年度末", "to the end of the year, {n} years on"),
    "in_year": Label("至 {n} 年末", "to the end of {n}"),
    "given": Label("{n}", "{n}"),
}
# A state alone, or with the effect of the clock before it where that says it in other words.
CLOCK_STATES: Mapping[str, Label] = {
    "not_begun": Label("尚未起算", "not begun"),
    "running": Label("计算中", "running"),
    "paused": Label("中止中", "paused"),
    "overdue": Label("已逾期", "overdue"),
    "unknown": Label("届满日期未填", "last day not filled in"),
    "earliest.waiting": Label("尚未到最早日期", "not yet possible"),
    "earliest.free": Label("已可办理", "possible by now"),
    "span.waiting": Label("进行中", "going on"),
    "span.free": Label("已届满", "over"),
    "in_time": Label("按期办结", "done in time"),
    "late": Label("逾期办结", "done late"),
    "ended": Label("已结束", "ended"),
}
DOCUMENT_STATES: Mapping[str, Label] = {
    "certified": Label("已编号，待复签", "numbered, waits for the second signature"),
    "issued": Label("已签发", "issued"),
    "void": Label("已作废", "void"),
}
JOURNAL_KINDS: Mapping[str, Label] = {
    "office.create": Label("建立办公单元", "office made"),
    "user.recover": Label("用恢复密钥重设密码", "password reset by recovery key"),
    "authority.create": Label("建立证书机构", "certificate authority made"),
    "user.add": Label("新增用户", "account added"),
    "user.active": Label("启用或停用用户", "account enabled or disabled"),
    "user.password": Label("修改密码", "password changed"),
    "user.certificate": Label("签发证书", "certificate issued"),
    "user.revoke": Label("吊销证书", "certificate revoked"),
    "settings.change": Label("修改设置", "settings changed"),
    "case.import": Label("录入案件", "case entered"),
    "case.save": Label("修改案件", "case changed"),
    "case.justify": Label("填写说明", "finding justified"),
    "case.advance": Label("提交下一环节", "handed on"),
    "case.approve": Label("批准", "approved"),
    "case.return": Label("退回补正", "returned for correction"),
    "case.refuse": Label("不予批准", "refused"),
    "case.withdraw": Label("申请人撤回", "withdrawn"),
    "case.resume": Label("恢复到前一环节", "gone back to an earlier stage"),
    "followup.settle": Label("后续期限了结", "follow-up settled"),
    "followup.reopen": Label("后续期限恢复", "follow-up opened again"),
    "clock.pause": Label("期限中止", "periods paused"),
    "clock.resume": Label("期限恢复计算", "periods count again"),
    "clock.extend": Label("期限延长", "period extended"),
    "clock.revoke": Label("撤回中止或延长", "pause or extension taken back"),
    "calendar.import": Label("导入工作日历", "working-day calendar imported"),
    "calendar.remove": Label("撤回工作日历", "working-day calendar taken back"),
    "material.attach": Label("添加扫描件", "scan attached"),
    "material.remove": Label("移除扫描件", "scan removed"),
    "material.move": Label("移动扫描件", "scan moved"),
    "material.reuse": Label("取用以前的扫描件", "scan taken over from another case"),
    "document.certify": Label("文书编号并签名", "document numbered and signed"),
    "document.void": Label("文书作废", "document voided"),
    "document.issue": Label("文书签发", "document issued"),
    "register.add": Label("台账登记", "row entered in a register"),
    "register.save": Label("修改台账", "row of a register changed"),
    "register.import": Label("导入台账", "register imported"),
    "figures.tally": Label("整理统计数据", "cases prepared for figures"),
    "export.city": Label("导出市级报表", "city workbook exported"),
    "export.register": Label("导出台账", "register exported"),
    "backup.create": Label("备份", "backup made"),
}


def word(words: Mapping[str, Label], key: str) -> Label:
    """The label of a key; a key that is not known stands for itself."""
    return words.get(key) or Label(key, key)


def deed(entry: JournalEntry) -> Label:
    """What was done, as the journal and a case's history say it."""
    done = word(JOURNAL_KINDS, entry.kind)
    if UNSTAMPED not in entry.body:
        return done
    return Label(f"{done.zh}，没有时间戳", f"{done.en}, without a time stamp")
