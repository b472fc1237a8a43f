"""Made-up regulations that take the place of shipped ones, as an office would write them."""

from __future__ import annotations

from auditdesk.regulations.additions import with_additions

LAND = """
id = "jinan-land-2024"
number = "济政办发〔2024〕99号"
title = { zh = "济南市集体建设用地管理办法（样例）", en = "Sample measure on collective land" }
short = { zh = "济政办发〔2024〕99号", en = "Sample measure 2024/99" }
issuer = { zh = "济南市人民政府办公厅", en = "General Office of the Jinan Municipal Government" }
first_day = 2024-02-01
last_day = 2026-01-31
ending = { zh = "第四十一条写明有效期至 2026-01-31", en = "Art. 41 ends it on 2026-01-31" }
succeeds = "jinan-land-2021"
days_article = "41"

[[articles]]
number = "5"
gist = { zh = "规划为经营性用途，所有权已登记", en = "operating use, registered ownership" }
replaces = "12"
[[articles]]
number = "8"
gist = { zh = "四分之三以上同意，形成决议", en = "three quarters agree, a resolution is passed" }
replaces = "19"
[[articles]]
number = "9"
gist = { zh = "出租八年至二十年", en = "leases of 8 to 20 years" }
replaces = ["16", "17"]
[[articles]]
number = "12"
gist = { zh = "方案的内容", en = "contents of the plan" }
replaces = "21"
[[articles]]
number = "15"
gist = { zh = "办理顺序", en = "the order of steps" }
replaces = "22"
[[articles]]
number = "41"
gist = { zh = "施行日期和有效期", en = "days in force" }
replaces = "30"

[[parameters]]
id = "vote_share"
label = { zh = "表决同意比例", en = "share of consent" }
unit = { zh = "占应到人数", en = "of all who may vote" }
kind = "fraction"
values = [{ value = "3/4", article = "8", first_day = 2024-02-01 }]

[[parameters]]
id = "lease_min_years"
label = { zh = "出租最短年限", en = "shortest lease" }
unit = { zh = "年", en = "years" }
kind = "integer"
values = [
    { value = 8, article = "9", first_day = 2024-02-01, last_day = 2024-12-31 },
    { value = 6, article = "9", first_day = 2025-01-01 },
]

[[parameters]]
id = "lease_max_years"
label = { zh = "出租最长年限", en = "longest lease" }
unit = { zh = "年", en = "years" }
kind = "integer"
values = [{ value = 20, article = "9", first_day = 2024-02-01 }]
"""

# The one after: it comes at once, repeals nothing, and moves the articles a second time.
NEXT = """
id = "jinan-land-2026"
number = "济政办发〔2026〕7号"
title = { zh = "济南市集体建设用地管理办法（样例二）", en = "Second sample measure" }
short = { zh = "济政办发〔2026〕7号", en = "Sample measure 2026/7" }
issuer = { zh = "济南市人民政府办公厅", en = "General Office of the Jinan Municipal Government" }
first_day = 2026-02-01
succeeds = "jinan-land-2024"

[[articles]]
number = "3"
gist = { zh = "五分之四以上同意", en = "four fifths agree" }
replaces = "8"
[[articles]]
number = "60"
gist = { zh = "施行日期", en = "first day" }
replaces = "41"

[[parameters]]
id = "vote_share"
label = { zh = "表决同意比例", en = "share of consent" }
unit = { zh = "占应到人数", en = "of all who may vote" }
kind = "fraction"
values = [{ value = "4/5", article = "3", first_day = 2026-02-01 }]
"""

# It repeals a measure of which no end is given.
RESERVOIR = """
id = "jinan-reservoir-2027"
number = "济政办字〔2026〕88号"
title = { zh = "水库运行管护办法（样例）", en = "Sample measure on reservoirs" }
short = { zh = "济政办字〔2026〕88号", en = "Sample measure 2026/88" }
issuer = { zh = "济南市人民政府办公厅", en = "General Office of the Jinan Municipal Government" }
first_day = 2027-01-01
succeeds = "jinan-reservoir-2021"
repealing_article = "30"
days_article = "30"

[[articles]]
number = "7"
gist = { zh = "配套资金的分担", en = "who bears the shortfall" }
replaces = "二(二)"
[[articles]]
number = "30"
gist = { zh = "2027-01-01 施行，原意见同时废止", en = "from 2027-01-01; the opinion is repealed" }

[[parameters]]
id = "city_share"
label = { zh = "不足部分的市级比例", en = "the city's share of the shortfall" }
unit = { zh = "占不足部分的 %", en = "% of the shortfall" }
kind = "percent"
values = [{ value = "50", article = "7", first_day = 2027-01-01 }]
"""


BUILDING = """
id = "jinan-building-2025"
number = "济政办发〔2024〕50号"
title = { zh = "楼宇政策（样例）", en = "Sample policy on buildings" }
short = { zh = "济政办发〔2024〕50号", en = "Sample policy 2024/50" }
issuer = { zh = "济南市人民政府办公厅", en = "General Office of the Jinan Municipal Government" }
first_day = 2025-01-01
succeeds = "jinan-building-2021"

[[articles]]
number = "2"
gist = { zh = "运营奖励", en = "operation" }
replaces = "一(一)1"
[[articles]]
number = "3"
gist = { zh = "各担一半", en = "one half each" }
replaces = "一(二)3"

[[parameters]]
id = "operation_steps"
label = { zh = "统一运营奖励分档", en = "steps" }
unit = { zh = "%", en = "%" }
kind = "table"
values = [{ value = { "60" = 40, "80" = 90 }, article = "2", first_day = 2025-01-01 }]
[[parameters]]
id = "city_share"
label = { zh = "市级财政承担比例", en = "the city's part" }
unit = { zh = "占奖补金额", en = "of the award" }
kind = "fraction"
values = [{ value = "1/2", article = "3", first_day = 2025-01-01 }]
"""

# The figures of a paper that the first one does not set.
DEED_TAX = """
[[parameters]]
id = "deed_tax_rate"
label = { zh = "契税税率", en = "deed tax" }
unit = { zh = "占成交价款的 %", en = "% of the deal price" }
kind = "percent"
values = [{ value = "4", article = "9", first_day = 2024-02-01 }]
[[parameters]]
id = "levy_percent_by_use"
label = { zh = "土地增值收益缴纳比例", en = "levy on the net gain" }
unit = { zh = "占土地净收益的 %", en = "% of the net gain" }
kind = "table"
[[parameters.values]]
value = { industrial_storage = 10, commercial = 30, tourism = 30, entertainment = 30 }
article = "9"
first_day = 2024-02-01
"""


def identity(text):
    return text.split('id = "', 1)[1].split('"', 1)[0]


def drop_in(office, *texts):
    """Put regulations into an office's folder, as somebody would who was handed the files."""
    folder = office / "regulations"
    folder.mkdir(exist_ok=True)
    for text in texts:
        (folder / f"{identity(text)}.toml").write_text(text, encoding="utf-8")
    return folder


def changed(text, old, new):
    assert old in text, old
    return text.replace(old, new, 1)


def with_successors(library, office, *texts):
    drop_in(office, *texts)
    return with_additions(library, office)


def cited(report, rule):
    found = report.finding(f"{report.case_type}.{rule}")
    return [f"{c.regulation} {c.article}" for c in found.citations]


def outcome(report, rule):
    return str(report.finding(f"{report.case_type}.{rule}").outcome)
