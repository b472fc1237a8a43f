"""Breaking a title over balanced lines: a trapezium or a lozenge, words kept whole.

GB/T 9704-2012, 7.3.1: 回行时做到词意完整、排列对称、长短适宜、间距恰当，排成梯形或菱形.
"""

from __future__ import annotations

from itertools import accumulate, pairwise, product
from math import ceil
from typing import TYPE_CHECKING

from auditdesk.documents.linebreak import NOT_AT_END, NOT_AT_START

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Measure = Callable[[str], float]

# Words of official titles that a break must not cut.
WORDS = frozenset(
    """
    济南市 人民政府 自然资源 住房城乡建设 水务局 办公室 管理局 委员会 街道 街道办事处
    居民委员会 村民委员会 有限公司 经济合作社 合作社 股份 集体 经营性 建设用地 用地
    集体经营性建设用地 集体建设用地 土地 使用权
    入市 出让 出租 作价 入股 方案 审批 审查 审核 批复 决定 决定书 通知 通知书 公告 公示 意见
    意见表 申请 关于 不予批准 补正 受理 缴款 增值收益 项目 工程 水库 大坝 安全 鉴定 专业楼宇
    认定 奖励 资金 配套 申报 初审 推荐 特色产业 除险 加固 竣工 验收 成果 到期 告知书 核定 撤销 整改
    """.split()  # noqa: SIM905 – a list of fifty short words is read more easily this way
)
PLACE_ENDS = frozenset("省市区县镇乡村社局司院会》）")
NOT_FIRST = frozenset("的之和与及或等")
MOST_LINES = 5
ALIKE = 0.03  # of a line: lines that differ by less look equally long
REACH = 7  # how many characters a break may lie off the even division


def break_title(title: str, measure: Measure, width: float) -> list[str]:
    """The title in as few lines as it needs, in the shape that reads best.

    Args:
        title: the title; line feeds in it are kept as the office set them.
        measure: width of a text.
        width: the room of a line, in the same unit.
    """
    if "\n" in title:
        return [part for line in title.split("\n") for part in _balance(line, measure, width)]
    return _balance(title, measure, width)


def _balance(title: str, measure: Measure, width: float) -> list[str]:
    ends = [0.0, *accumulate(measure(character) for character in title)]
    if ends[-1] <= width:
        return [title]
    breaks = _allowed(title)
    for count in range(ceil(ends[-1] / width), MOST_LINES + 1):
        sized = ((cuts, _sizes(ends, cuts, width)) for cuts in _cuts(breaks, len(title), count))
        fitting = [(cuts, sizes) for cuts, sizes in sized if max(sizes) <= 1]
        if fitting:
            best, _ = min(fitting, key=lambda one: _cost(_cut(title, one[0]), one[1]))
            return _cut(title, best)
    return _greedy(title, measure, width)


def _sizes(ends: list[float], cuts: Sequence[int], width: float) -> list[float]:
    """How much of the width each line takes."""
    edges = [0, *cuts, len(ends) - 1]
    return [(ends[b] - ends[a]) / width for a, b in pairwise(edges)]


def _cuts(breaks: list[int], length: int, count: int) -> Iterator[tuple[int, ...]]:
    """Every choice of breaks near the even division into `count` lines."""
    windows = [[b for b in breaks if abs(b - length * k / count) <= REACH] for k in range(1, count)]
    return (cuts for cuts in product(*windows) if all(a < b for a, b in pairwise(cuts)))


def _cut(title: str, cuts: Sequence[int]) -> list[str]:
    edges = [0, *cuts, len(title)]
    return [title[a:b] for a, b in pairwise(edges)]


def _allowed(title: str) -> list[int]:
    kept = _inside_words(title)
    return [i for i in range(1, len(title)) if i not in kept and _may_cut(title, i)]


def _may_cut(title: str, at: int) -> bool:
    before, after = title[at - 1], title[at]
    if before.isascii() and after.isascii():
        return False
    return after not in NOT_AT_START and before not in NOT_AT_END and after not in NOT_FIRST


def _inside_words(title: str) -> set[int]:
    inside: set[int] = set()
    for word in WORDS:
        start = title.find(word)
        while start >= 0:
            inside |= set(range(start + 1, start + len(word)))
            start = title.find(word, start + 1)
    return inside


def _cost(lines: list[str], sizes: list[float]) -> float:
    spread = max(sizes) - min(sizes)
    short = sum(max(0.0, 0.35 - size) for size in sizes)  # a line of two characters looks lost
    good = sum(_reads_well(a, b) for a, b in pairwise(lines))
    return spread + 2 * short + _shape(sizes) - good


def _reads_well(before: str, after: str) -> float:
    """What a break is worth: after 的, before 关于, between a place and a known word."""
    worth = 0.1 * (before.endswith("的") or after.startswith("关于"))
    worth += 0.1 * any(after.startswith(word) for word in WORDS)
    return worth + 0.1 * (before[-1] in PLACE_ENDS)


def _shape(sizes: list[float]) -> float:
    """0 for a trapezium or a lozenge, more for a rectangle or an hourglass."""
    steps = [b - a for a, b in pairwise(sizes)]
    hourglass = any(a < 0 < b for a, b in pairwise(steps))
    rectangle = all(abs(step) < ALIKE for step in steps)
    return 0.6 * hourglass + 0.25 * rectangle


def _greedy(title: str, measure: Measure, width: float) -> list[str]:
    lines = [""]
    for character in title:
        if lines[-1] and measure(lines[-1] + character) > width:
            lines.append("")
        lines[-1] += character
    return lines
