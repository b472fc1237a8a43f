"""The guide: complete in both languages, its links lead somewhere, F1 asks for what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from auditdesk.operations import guide
from auditdesk.util.faults import OfficeFaultError, UnusableInputError
from auditdesk.util.paths import shipped

RESOURCES = shipped("resources")
SOURCES = Path(__file__).parents[3] / "src" / "auditdesk" / "ui"
LANGUAGES = ("zh", "en")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
MARK = re.compile(r"样例|`13\.3亩`")  # the mark on a sample's papers, and what is typed
ASKED = re.compile(r'(?:^    topic = |explain\(self, )"([a-z-]+)"', re.MULTILINE)


def names(language):
    return {one.id for one in guide.topics(RESOURCES, language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_is_a_topic_and_every_topic_has_a_title_of_its_own(language):
    known = guide.topics(RESOURCES, language)
    files = {path.stem for path in (RESOURCES / "guide" / language).iterdir()}
    assert files == names(language)
    titles = [one.title for one in known]
    assert len(set(titles)) == len(titles)
    assert all(one.text.startswith(f"# {one.title}\n\n") and one.title for one in known)


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_to_topics(language):
    for one in guide.topics(RESOURCES, language):
        for target in re.findall(r"\]\(([^)]*)\)", one.text):
            assert target.removesuffix(".md") in names(language), (one.id, target)


def test_both_languages_say_it_in_as_many_paragraphs():
    for chinese, english in zip(*(guide.topics(RESOURCES, one) for one in LANGUAGES), strict=True):
        assert chinese.id == english.id
        assert chinese.text.count("\n") == english.text.count("\n"), chinese.id
        assert not CHINESE.search(MARK.sub("", english.text)), english.id


def test_the_windows_ask_for_topics_that_there_are():
    asked = {
        topic
        for path in SOURCES.rglob("*.py")
        for topic in ASKED.findall(path.read_text(encoding="utf-8"))
    }
    assert "deciding" in asked
    assert asked <= names("zh")


def test_a_topic_that_there_is_not_names_those_that_there_are():
    with pytest.raises(UnusableInputError, match="keys") as caught:
        guide.topic(guide.topics(RESOURCES, "zh"), "nothing")
    assert "start, desk" in caught.value.message.en


def test_a_guide_that_was_not_installed_is_told(tmp_path):
    with pytest.raises(OfficeFaultError, match="install it again"):
        guide.topics(tmp_path, "zh")
