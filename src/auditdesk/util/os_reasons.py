"""Why the system would not read or write a file, in both languages.

The system itself gives its reasons in English (or in the language of its installation); a clerk
gets them in the program's own words.
"""

from __future__ import annotations

import errno

from auditdesk.util.label import Label

_ZH = {
    errno.ENOENT: "没有这个文件",
    errno.ENOTDIR: "没有这个文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EACCES: "没有读取或写入的权限",
    errno.EPERM: "系统不允许",
    errno.EROFS: "磁盘是只读的",
    errno.EIO: "磁盘读写出错",
    errno.EBUSY: "正被其他程序占用",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "链接指回自身",
    errno.EEXIST: "已有同名文件",
}


def os_reason(error: OSError) -> Label:
    """The reason, short enough to stand in a sentence; the system's own where it is a rare one."""
    english = error.strerror or type(error).__name__
    return Label(_ZH.get(error.errno or 0, english), english)
