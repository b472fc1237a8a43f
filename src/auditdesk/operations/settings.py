"""What only the office can know: names of bodies and the prefix of its document numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.domain.bodies import CITY, full_district
from auditdesk.operations import rights
from auditdesk.operations.changes import Changes
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditdesk.operations.desk import Desk
    from auditdesk.regulations.library import Library

AUTHORITY_CERTIFICATE = "authority_certificate"
REVOCATION_LIST = "revocation_list"
STAMP_URL = "timestamp_url"
STAMP_CERTIFICATE = "timestamp_certificate"
STAMP_OPTIONAL = "timestamp_optional"
NUMBER_PREFIX = "number_prefix"
# The order in which windows show them.
SETTINGS: Mapping[str, Label] = {
    NUMBER_PREFIX: Label("发文机关代字", "prefix of document numbers"),
    "office_mark": Label("发文机关标志（红头）", "red head of letters"),
    "signatory": Label("发文机关署名", "signatory of letters"),
    "handling_body": Label("承办机构", "handling body"),
    "review_body": Label("行政复议机关", "body for administrative review"),
    "court": Label("行政诉讼管辖法院", "court for administrative action"),
    "contact": Label("联系电话", "telephone"),
}
_LONGEST = 200


def defaults(name: str, district: str, library: Library) -> dict[str, str]:
    """Settings that follow from the district; an office changes them as it needs."""
    label = library.districts.get(district)
    government = f"{full_district(label.zh)}人民政府" if label else name
    return {
        NUMBER_PREFIX: f"{(label.zh if label else name)[:1]}政",
        "office_mark": f"{government}文件",
        "signatory": government,
        "handling_body": name,
        "review_body": f"{CITY}人民政府",
        "court": f"{CITY}中级人民法院",
    }


def settings(desk: Desk) -> Mapping[str, str]:
    """The office's settings that people may change, each key once."""
    kept = desk.profile.settings
    return {key: kept.get(key, "") for key in SETTINGS}


def put_settings(desk: Desk, values: Mapping[str, str]) -> Changes:
    """Change settings; an administrator's task, one journal entry.

    Documents that were issued keep what they say.

    Raises:
        RefusedError: the person is no administrator.
        UnusableInputError: a key that there is not, or a value that is too long.
    """
    rights.require_role(desk, "administrator")
    check_settings(values)
    old = settings(desk)
    changed = {key: value.strip() for key, value in values.items() if value.strip() != old[key]}
    if changed:
        with desk.office.write("settings.change", None, {}) as writer:
            for key, value in changed.items():
                writer.put_setting(key, value)
    return Changes(Label("设置已保存", "Settings saved"), settings=bool(changed))


def check_settings(values: Mapping[str, str]) -> None:
    """Refuse keys that there are not, and values that no document could print.

    Raises:
        UnusableInputError: says which.
    """
    for key, value in values.items():
        if key not in SETTINGS:
            raise UnusableInputError(
                f"没有设置项 {key}；可用：{'、'.join(SETTINGS)}",
                f"There is no setting {key}; there are: {', '.join(SETTINGS)}",
            )
        if len(value) > _LONGEST or not value.isprintable():
            label = SETTINGS[key]
            raise UnusableInputError(
                f"“{label.zh}”应为一行文字，最多 {_LONGEST} 字。",
                f"{label.en}: one line of at most {_LONGEST} characters.",
            )
