"""Things break in the middle of a meeting: nothing acknowledged is lost or doubled, and all are whole again."""

import time

import pytest

from tests.slow.company import Company


@pytest.fixture
def company(meeting):
    return Company(meeting)


def test_a_web_process_is_killed_and_comes_back(company, webs):
    webs[0].kill()
    company.says_more(10)  # those at the other process
    webs[0].start()

    company.goes_home_whole()
    assert all(1006 in person.closes for person in company.everybody if person.address[1] == webs[0].port)


def test_valkey_forgets_everything_beside_idle_lines(company, faults):
    before = hellos(company)
    faults.valkey.flush()
    company.says_more(20)

    company.goes_home_whole()
    assert hellos(company) == before


def test_valkey_restarts(company, faults):
    before = hellos(company)
    faults.valkey.stop(kill=True)
    company.says_more(20)
    company.pages_answer(200)
    company.is_whole_meanwhile()
    faults.valkey.start()
    company.says_more(10)

    company.goes_home_whole()
    assert hellos(company) == before
    nobody_noticed(company)


def test_valkey_stands_still_for_twenty_seconds(company, faults):
    before = hellos(company)
    wake_at = time.monotonic() + 20
    faults.stall_valkey()
    company.says_more(30)
    company.pages_answer(200)
    company.is_whole_meanwhile()
    company.crowd.lets_pass(max(0.0, wake_at - time.monotonic()))
    faults.wake_valkey()

    company.goes_home_whole()
    assert hellos(company) == before
    nobody_noticed(company)


def test_words_whose_answer_was_lost_are_in_once(meeting, crowd):
    people = meeting.come(6)

    crowd.all(say_all_and_hang_up(person, meeting.post) for person in people)

    meeting.all_are_whole(within=15)
    meeting.nothing_is_lost_or_doubled()
    assert sum(person.answers["POST nobody"] for person in people) >= 30


async def say_all_and_hang_up(person, action):
    """Ten things, each sent once more at once, whether the server has heard, written or answered the first."""
    for number in range(10):
        await person.outbox.say(f"{person.name}: {number}", action, hang_up_after=0.001 + 0.005 * number)


@pytest.mark.parametrize("mode", ["immediate", "fast"])
def test_postgresql_restarts(company, crowd, faults, mode):
    faults.stop_postgres(mode)
    company.pages_answer(503)
    crowd.until(lambda: company.answers["POST 503"] >= 5, within=30)
    faults.postgres.start()

    company.goes_home_whole()
    assert {answer.split()[1] for answer in company.answers} <= {"200", "503"}


def nobody_noticed(company: Company) -> None:
    """Every page and every post was answered, and none of them slowly."""
    assert set(company.answers) == {"GET 200", "POST 200"}
    assert max(person.slowest for person in company.everybody) < 5


def hellos(company: Company) -> list[int]:
    """How often each person's line was opened."""
    return [person.hellos for person in company.everybody]
