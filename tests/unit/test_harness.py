"""The test harness itself: an unexpected log line must fail a test, an expected one must not."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

# Plugins that play no part here; Qt alone takes half a second to load.
WITHOUT = ("-p", "no:cacheprovider", "-p", "no:pytest-qt", "-p", "no:xdist")
CONFTEST = Path(__file__).parent.parent / "conftest.py"


@pytest.fixture
def results(pytester):
    pytester.makeconftest(CONFTEST.read_text(encoding="utf-8"))

    def run(body, *arguments):
        pytester.makepyfile("import logging, pytest\n" + body)
        return pytester.runpytest_subprocess(*WITHOUT, *arguments)

    return run


def test_an_unexpected_log_line_fails_the_test(results):
    outcome = results("def test_it(): logging.getLogger('x').warning('disk is odd')")
    outcome.assert_outcomes(passed=1, errors=1)
    outcome.stdout.fnmatch_lines(["*unexpected log line: x: WARNING: disk is odd*"])


def test_an_expected_log_line_passes(results):
    outcome = results(
        "def test_it(expect_log):\n"
        "    expect_log('disk is o.d')\n"
        "    logging.getLogger('x').warning('disk is odd')\n"
    )
    outcome.assert_outcomes(passed=1)


def test_a_log_line_that_did_not_come_fails_the_test(results):
    outcome = results("def test_it(expect_log): expect_log('never said')")
    outcome.assert_outcomes(passed=1, errors=1)
    outcome.stdout.fnmatch_lines(["*expected log line did not come: never said*"])


@pytest.mark.parametrize(("arguments", "expected"), [((), "skipped"), (("--long",), "passed")])
def test_the_long_form_runs_only_when_asked_for(results, arguments, expected):
    body = "pytestmark = pytest.mark.filterwarnings('default')\n"
    outcome = results(body + "@pytest.mark.long\ndef test_it(): assert 1", *arguments)
    outcome.assert_outcomes(**{expected: 1})
