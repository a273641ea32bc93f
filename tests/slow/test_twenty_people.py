"""Twenty people, two hundred contributions, two processes: everybody holds the same, and so does the log."""

from django.core.management import call_command

from tests.live_processes.test_twenty_people import is_gapless, say_all

EACH = 10


def test_two_hundred_contributions_arrive_once_and_in_order_at_everybody(meeting, crowd, capsys):
    people = meeting.come(20, hall=8)

    crowd.all((say_all(person, meeting.post, EACH) for person in people), within=120)

    meeting.all_are_whole(within=15)
    meeting.nothing_is_lost_or_doubled()
    assert len(meeting.log()) == 20 * EACH == 200
    assert [person.gaps for person in people] == [0] * 20
    assert all(is_gapless(person.chain, person.page_head) for person in people)
    call_command("verify_log", meeting.world.workshop.slug)
    assert "gapless, and the tables agree" in capsys.readouterr().out
