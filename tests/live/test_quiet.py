"""Lines on which nothing is said: they stay open as long as their people may be there, and no longer."""

from sessions_app.live import member as member_module
from sessions_app.operations import participants


def test_quiet_room_makes_nobody_slow(world, enter, quick, monkeypatch):
    monkeypatch.setattr(member_module, "UNSEEN_LIMIT", 400)
    line = enter("Ben")

    beats = [line.next("hb") for _ in range(20)]

    assert sum(len(str(beat)) for beat in beats) > 400
    assert line.code is None


def test_table_is_drawn_anew_only_when_it_changes(world, enter, quick):
    line = enter("Ben")
    line.next("here")

    for _ in range(10):
        line.next("hb")

    assert sum('"t":"here"' in text for text in line.all) == 1


def test_line_that_has_asked_for_nothing_ends_with_its_persons_seat(world, process, cookies_of):
    line = process.line(f"/live/room/{world.session.pk}/", cookies_of("Ben"))
    line.next("hello")

    participants.remove(person=world["Ben"].participant, actor=world.ada)

    assert line.next("closed")["code"] == 4403
