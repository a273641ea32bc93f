"""The ways of working of the story that need more than words: small groups, a quiet minute, pairs, saying back."""

from sessions_app.models import Activity, Contribution, Dialogue, Event, Group, Response
from sessions_app.queries.circles import circles_in
from sessions_app.queries.groups import groups_view
from sessions_app.queries.responses import board_of
from sessions_app.sample.play import read_story

PLENARY = Dialogue.objects.plenary()


def step(workshop, title: str, meeting: int = 0) -> Activity:
    """The step with TITLE in the meeting with that number."""
    return Activity.objects.get(session=workshop.sessions.all()[meeting], title=title)


def told_groups(session: int, people) -> list[tuple[str, set[str], str, str]]:
    """Name, people, note-taker and call of each group of the story."""
    names = {person["id"]: person["name"] for person in people}
    groups = read_story()["sessions"][session]["groups"]
    return [
        (one["name"], {names[key] for key in one["members"]}, names[one["note_taker"]], one.get("call_link", ""))
        for one in groups
    ]


def test_everybody_sat_in_the_group_of_the_story(closed):
    view = groups_view(step(closed, "When it went wrong"))
    seats = Event.objects.filter(verb="groups.arranged", activity=view.activity).get().data["seats"]

    robin = "Robin Hedlund"  # has left the workshop since
    told = told_groups(0, read_story()["participants"])
    there = {
        (
            row.group.name,
            frozenset(person.name for person in row.people),
            row.group.note_taker.name,
            row.group.call_link,
        )
        for row in view.rows
    }
    assert there == {(name, frozenset(people - {robin}), taker, call) for name, people, taker, call in told}
    assert len(seats) == 17
    assert all(row.group.notes and row.group.noted_by == row.group.note_taker for row in view.rows)
    assert all(row.group.gathered_at is not None for row in view.rows)


def test_what_is_told_of_groups_was_said_in_them_and_brought_back_once(closed):
    activity = step(closed, "When it went wrong")
    names = {group["id"]: group["name"] for group in read_story()["sessions"][0]["groups"]}
    told = [said for said in read_story()["contributions"] if said["activity"] == "s1-a3"]
    said = Contribution.objects.filter(dialogue__activity=activity)
    first, copies = said.filter(dialogue__group__isnull=False), said.filter(dialogue__group=None)

    assert {(one.dialogue.group.name, one.body) for one in first.select_related("dialogue__group")} == {
        (names[one["group"]], one["text"]) for one in told
    }
    assert (first.count(), copies.count()) == (len(told), len(told)) == (10, 10)
    assert {one.carried_from_id for one in copies} == {one.pk for one in first}
    assert {(one.from_group_id, one.body, one.gloss) for one in copies} == {
        (one.dialogue.group_id, one.body, one.gloss) for one in first.select_related("dialogue")
    }
    assert copies.exclude(gloss="").count() == 2


def test_the_second_group_online_got_its_call_late(closed):
    group = Group.objects.get(activity__workshop=closed, name="Online and on the phone")
    changed = Event.objects.filter(verb="group.changed", dialogue=group.dialogue, data={"fields": ["call_link"]})

    opened = group.activity.opened_at
    assert (changed.get().at - opened).total_seconds() == 12 * 60


def test_three_are_said_back_and_tell_whether_that_was_it(closed):
    board = board_of(PLENARY.select_related("activity__workshop").get(activity=step(closed, "Say it back", 1)))
    result = board.result

    assert [(mark, count) for mark, _words, count, _share in result["counts"]] == [
        ("yes", 4), ("almost", 2), ("no", 1), ("open", 1)
    ]  # fmt: skip
    no = result["rows"][0]
    assert (no["said"].who, no["card"].words.split(".")[0], no["words"].body.split(".")[0]) == (
        "Nils", "One whole minute of silence", "I want us all to be quiet"
    )  # fmt: skip
    thanks = next(row for row in result["rows"] if not row["mark"])
    assert (thanks["said"].who, thanks["said"].language) == ("Yusuf", "so")
    for typed, hands in (("Not most.", "Omar Haddad"), ("The week before", "Jonas Ekström")):
        words = Contribution.objects.get(dialogue__activity__workshop=closed, body__startswith=typed)
        assert words.recorded_by.name == hands


def test_a_minute_alone_then_pairs_carry_on(closed):
    pairs = step(closed, "Say it back", 2)
    assert (pairs.kind, pairs.position) == ("together", 4)
    before = Activity.objects.get(session=pairs.session, position=pairs.position - 1)
    assert before.kind == "quiet_minute"
    shared = Contribution.objects.filter(dialogue__activity=before)

    names = {frozenset(person.name.split()[0] for person in circle.people) for circle in circles_in(pairs)}
    assert {frozenset({"Lars", "Fatima"}), frozenset({"Märta", "Agneta"})} < names
    assert {frozenset({"Aino", "Nils"}), frozenset({"Sofia", "Leila"})} < names
    assert {len(pair) for pair in names} == {2}
    carried = Contribution.objects.get(dialogue__activity=pairs, parts__gt=0)
    assert (carried.author.name, carried.parts) == ("Ingrid Berg", 2)
    assert set(carried.builds_on.all()) == set(shared)


def test_nothing_of_saying_back_is_lost_from_its_page(closed):
    """Its page shows words only beside an answer, or beside the mark of whoever was said back."""
    beside = set(Response.objects.exclude(reason=None).values_list("reason", flat=True))
    marked = set(Response.objects.exclude(value__words=None).values_list("value__words", flat=True))
    words = Contribution.objects.filter(dialogue__activity=step(closed, "Say it back", 1))

    assert {str(one.pk) for one in words} <= {*map(str, beside), *marked}
    assert words.count() == 8 + 4
