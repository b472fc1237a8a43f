"""The worker: one thread, in order, answers in the window, nothing for widgets that are gone."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QWidget

from auditdesk.ui.base.worker import Job, Worker
from auditdesk.util.faults import RefusedError
from auditdesk.util.progress import CancelledError


@pytest.fixture
def worker(qapp, qtbot):
    made = Worker()
    yield made
    made.close()
    qtbot.waitUntil(lambda: made.idle)


def test_work_is_done_beside_the_window_in_order_on_one_thread(worker, qtbot):
    threads, answers, at = set(), [], set()
    owner = QObject()

    def work(number):
        threads.add(threading.get_ident())
        return number

    def done(number):
        at.add(QThread.currentThread())
        answers.append(number)

    for number in range(50):
        worker.run(owner, lambda number=number: work(number), done)
    qtbot.waitUntil(lambda: len(answers) == 50)
    assert answers == list(range(50))
    assert len(threads) == 1
    assert threading.get_ident() not in threads
    assert at == {owner.thread()}


def test_a_widget_that_is_gone_hears_nothing(worker, qtbot):
    gate, heard = threading.Event(), []
    owner = QWidget()
    qtbot.addWidget(owner)
    worker.run(owner, gate.wait, heard.append)
    owner.deleteLater()
    with qtbot.waitSignal(owner.destroyed):
        pass
    gate.set()
    qtbot.waitUntil(lambda: worker.idle)
    assert heard == []


def test_what_fails_is_told_once(worker, qtbot):
    owner, told = QObject(), []

    def refuse():
        raise RefusedError("不行", "no")

    worker.run(owner, refuse, told.append, lambda error: told.append(str(error)))
    qtbot.waitUntil(lambda: told == ["no"])
    with qtbot.waitSignal(worker.fault) as fault:
        worker.run(owner, refuse, told.append)
    assert isinstance(fault.args[0], RefusedError)
    assert told == ["no"]


def test_cancelling_stops_at_the_next_step(worker, qtbot):
    owner, begun, ended = QObject(), threading.Event(), []

    def work(job):
        begun.set()
        for number in range(10_000_000):
            job.step(number, 10_000_000)

    job = worker.start(Job(work, ended.append, owner, ended.append))
    begun.wait(10)
    job.cancel()
    qtbot.waitUntil(lambda: ended != [])
    assert isinstance(ended[0], CancelledError)


def test_steps_are_told_in_the_window(worker, qtbot):
    owner, steps, done = QObject(), [], []

    def work(job):
        for number in range(3):
            job.step(number + 1, 3)

    worker.start(Job(work, done.append, owner, stepped=lambda n, total: steps.append((n, total))))
    qtbot.waitUntil(lambda: done != [])
    assert steps == [(1, 3), (2, 3), (3, 3)]
