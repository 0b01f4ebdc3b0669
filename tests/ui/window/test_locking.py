"""What is said while the window is covered, and whose steps are taken back."""

from posapp.ui.window.notices import Message, Notices
from posapp.ui.window.undo import at_once


def test_what_is_said_under_the_cover_is_heard_by_nobody_but_trouble_that_stays(qapp) -> None:
    notices, heard = Notices(), list[str]()
    for signal in (notices.toasted, notices.status_said, notices.notice_raised):
        signal.connect(lambda message: heard.append(message.text))
    notices.hold()
    notices.toast("B319 booked")
    notices.status("Scanned PL1")
    notices.raise_notice("The printer does not answer.")
    notices.raise_notice("Gone again.", region="other")
    notices.withdraw("other")
    assert heard == []
    notices.release()
    assert heard == ["The printer does not answer."]
    notices.status("Scanned PL2")
    assert heard[-1] == "Scanned PL2"


def test_each_takes_back_their_own_steps_and_reads_no_message_of_another(qapp) -> None:
    notices, done = Notices(), list[str]()
    notices.work_for(1)
    notices.toast("Sam's", undo=at_once(lambda: done.append("Sam's")))
    notices.work_for(2)
    assert notices.messages() == list[Message]()
    assert not notices.undo_last()
    notices.toast("Tess's", undo=at_once(lambda: done.append("Tess's")))
    notices.work_for(1)
    assert notices.undo_last()
    assert done == ["Sam's"]
    notices.work_for(2)
    assert notices.undo_last()
    assert done == ["Sam's", "Tess's"]
