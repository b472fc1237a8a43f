from __future__ import annotations

import errno

import pytest

from auditdesk.util.os_reasons import os_reason


@pytest.mark.parametrize(
    ("path", "zh", "en"),
    [
        ("missing.txt", "没有这个文件", "No such file or directory"),
        (".", "这是文件夹，不是文件", "Is a directory"),
        ("a" * 300, "文件名太长", "File name too long"),
    ],
)
def test_what_the_system_says_is_told_in_both_languages(tmp_path, path, zh, en):
    with pytest.raises(OSError, match=en) as refused:
        (tmp_path / path).read_bytes()
    assert (os_reason(refused.value).zh, os_reason(refused.value).en) == (zh, en)


def test_a_rare_reason_stays_in_the_words_of_the_system():
    rare = OSError(errno.ENOTEMPTY, "Directory not empty")
    assert os_reason(rare).zh == os_reason(rare).en == "Directory not empty"
    assert os_reason(OSError()).zh == "OSError"
