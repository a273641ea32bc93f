"""Consent decides, at the moment of the export: one who takes it back leaves no trace, and neighbours stay."""

import json
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eaa.models import Mechanism
from eaa.operations.records import make_record
from sessions_app.models import Activity, Contribution, Export, Participant
from sessions_app.operations import contributions, headings, limits, running, wrapups
from tests.exports.opened import exported, says
from tests.kinds.choosing import give, with_step
from tests.world import add

NEEDS, NOTE = "wisteriacanary", "larkspurcanary"


@pytest.fixture
def spoken(world):
    """Ben and Chidi say yes, Sam says no, Hella is never asked; each says something."""
    add(world, "Wilhelmina Torsk")
    says(world, "Ben", "Chidi", "Wilhelmina Torsk")
    says(world, "Sam", yes=False)
    world.go_live()
    world.say("Ben", "first words, zebrafinch")
    world.say("Wilhelmina Torsk", "second words, goldcrest")
    answered = Contribution.objects.get(body__contains="goldcrest")
    world.say("Chidi", "third words: Wilhelmina said it, and Torsks friend. WILHELMINA TORSK!", reply_to=answered.pk)
    world.say("Sam", "more words, nuthatch")
    world.say("Hella", "yet more, nuthatch")
    return world


def gone(world, name: str = "Wilhelmina Torsk") -> None:
    says(world, name, yes=False)


def test_only_those_who_say_yes_are_there(spoken, tmp_path):
    opened = exported(spoken.workshop, tmp_path)

    assert [row["text"].split(",")[0].split(":")[0] for row in opened["contributions"]] == [
        *("first words", "second words", "third words")
    ]
    assert opened.where("nuthatch") == []
    assert len(opened["people"]) == 3
    ids = {row["participant_id"] for row in opened["people"]}
    assert {row["actor_id"] for row in opened["events"]} | {row["participant_id"] for row in opened["events"]} == {
        "",
        *ids,
    }
    assert {row["participant_id"] for row in opened["contributions"]} == ids


def test_who_takes_it_back_leaves_no_byte(spoken, tmp_path):
    before = exported(spoken.workshop, tmp_path, "before.zip")
    who = next(row["participant_id"] for row in before["contributions"] if "goldcrest" in row["text"])
    gone(spoken)
    after = exported(spoken.workshop, tmp_path, "after.zip")

    for trace in ("goldcrest", "ilhelmina", "ILHELMINA", "orsk", "ORSK"):
        assert after.where(trace) == [], trace
    assert after.where(who) == ["tables.xlsx", "withdrawn_ids.csv"]


def test_neighbours_stay_as_they_were_and_a_gap_is_left(spoken, tmp_path):
    before = exported(spoken.workshop, tmp_path, "before.zip")
    gone(spoken)
    after = exported(spoken.workshop, tmp_path, "after.zip")
    ben, gap, chidi = after["contributions"]

    assert ben == before["contributions"][0]
    assert (gap["status"], gap["text"], gap["participant_id"]) == ("withdrawn", "", "")
    assert gap["contribution_id"] == before["contributions"][1]["contribution_id"] == chidi["reply_to"]
    assert chidi["text"] == "third words: [person] said it, and [person]s friend. [person]!"
    kept = {row["participant_id"]: row for row in before["people"]}
    assert [row for row in after["people"] if row != kept[row["participant_id"]]] == []


def test_earlier_readers_are_told_what_to_delete(spoken, tmp_path):
    before = exported(spoken.workshop, tmp_path, "before.zip")
    gap = before["contributions"][1]
    gone(spoken)
    first = Export.objects.get().export_id
    after = [exported(spoken.workshop, tmp_path, f"{number}.zip") for number in (1, 2)]

    assert sorted(row["id"] for row in after[0]["withdrawn_ids"]) == sorted(
        [gap["participant_id"], gap["contribution_id"]]
    )
    assert {row["first_export_id"] for row in after[0]["withdrawn_ids"]} == {first}
    assert after[0].bytes == after[1].bytes
    says(spoken, "Wilhelmina Torsk")
    assert exported(spoken.workshop, tmp_path)["withdrawn_ids"] == []


def test_words_that_their_author_took_back_are_a_gap_and_told_of(spoken, tmp_path):
    exported(spoken.workshop, tmp_path, "before.zip")
    said = Contribution.objects.get(body__contains="zebrafinch")
    contributions.withdraw_contribution(contribution=said, actor=spoken["Ben"])
    opened = exported(spoken.workshop, tmp_path)

    gap = opened["contributions"][0]
    assert (gap["status"], gap["participant_id"], opened.where("zebrafinch")) == ("withdrawn", "", [])
    assert [row["id"] for row in opened["withdrawn_ids"]] == [gap["contribution_id"]]
    about = [row for row in opened["events"] if row["contribution_id"] == gap["contribution_id"]]
    assert {row["actor_id"] for row in about} == {""}
    assert [row["verb"] for row in about] == ["contribution.posted", "contribution.withdrawn"]


def test_access_needs_notes_and_contact_are_never_there(spoken, tmp_path):
    ben = spoken["Ben"].participant
    Participant.objects.filter(pk=ben.pk).update(
        access_needs=NEEDS, about=NEEDS, email=f"{NEEDS}@example.org", helps=["captions"]
    )
    wrapups.keep_reflection(session=spoken.session, actor=spoken.ada, text=NOTE)
    says(spoken, "Ada")
    spoken.say("Ben", f"Write to {NEEDS}@example.org or ring 070-123 45 67, I am 811218-9876.")
    opened = exported(spoken.workshop, tmp_path)

    user = spoken.ada.participant.user
    for secret in (NEEDS, NOTE, user.email, user.username, "070-123", "811218", spoken.session.code, "captions"):
        assert opened.where(secret) == [], secret
    assert opened["contributions"][-1]["text"] == "Write to [email] or ring [phone], I am [idnumber]."
    assert [row["type"] for row in opened["redactions"] if row["method"] == "pattern"] == ["email", "phone", "idnumber"]


def test_no_key_of_the_database_is_there(spoken, tmp_path):
    opened = exported(spoken.workshop, tmp_path)

    for said in Contribution.objects.all():
        assert opened.where(str(said.pk)) == []
        assert opened.where(str(said.client_id)) == []
    assert opened.where(str(spoken.workshop.epoch)) == []


@pytest.mark.parametrize("identity", ["group", "anonymous"])
def test_nobody_is_named_where_they_were_told_so(world, tmp_path, identity):
    says(world, "Ben", "Chidi", "Ada", "Sam")
    Activity.objects.filter(pk=world.steps[2].pk).update(identity=identity)
    world.go_live(step=2)
    world.say("Ben", "without a name", 2)
    opened = exported(world.workshop, tmp_path)
    step = next(row["activity_id"] for row in opened["activities"] if row["identity"] == identity)

    said = [(row["text"], row["participant_id"]) for row in opened["contributions"] if row["activity_id"] == step]
    assert said == ([("without a name", "")] if identity == "group" else [])
    posted = [row for row in opened["events"] if row["verb"] == "contribution.posted"]
    assert [(row["actor_id"], row["participant_id"]) for row in posted] == [("", "")] * len(said)
    telling = [(row["via"], row["place"]) for row in (*posted, *opened["contributions"])]
    assert telling == [("", "")] * 2 * len(said)


def test_words_that_were_typed_for_somebody_say_so_only_where_people_are_named(world, tmp_path):
    says(world, "Ben", "Sam")
    Activity.objects.filter(pk=world.steps[2].pk).update(identity="group")
    typed = {"via": "scribe", "author": world["Ben"].participant}
    world.go_live()
    world.say("Sam", "with a name", **typed)
    for _step in range(2):
        running.next_step(session=world.session, actor=world.ada)
    world.say("Sam", "without a name", 2, **typed)
    named, unnamed = exported(world.workshop, tmp_path)["contributions"]

    assert (unnamed["via"], unnamed["recorded_by"], unnamed["participant_id"]) == ("", "", "")
    assert named["via"] == "scribe"
    assert named["recorded_by"]


def test_the_order_of_answers_tells_nobody_who_gave_them(world, tmp_path):
    names = ["Ben", "Chidi", *(add(world, f"Guest {number}").participant.name for number in range(6))]
    says(world, *names)
    with_step(world, "poll", options={"choices": ["Rain", "Sun"]}, blind=False)
    for name in names:
        give(world, name, "choice=1")
    opened = exported(world.workshop, tmp_path)

    ids = [row["response_id"] for row in opened["responses"]]
    assert (len(ids), ids) == (len(names), sorted(ids))
    given = [row for row in opened["events"] if row["verb"] == "answer.given"]
    assert [(row["actor_id"], row["participant_id"], row["via"], row["place"]) for row in given] == [("",) * 4] * len(
        ids
    )


def test_what_lies_face_down_is_not_there_until_it_is_turned(world, tmp_path):
    says(world, "Ben", "Ada")
    Activity.objects.filter(pk=world.steps[1].pk).update(blind=True)
    world.go_live(step=1)
    world.say("Ben", "face down, goldcrest", 1)

    assert exported(world.workshop, tmp_path).where("goldcrest") == []
    running.reveal(session=world.session, actor=world.ada)
    assert exported(world.workshop, tmp_path).where("goldcrest") == [
        *("contributions.csv", "qda/project.crlf.qdpx", "qda/project.qdpx", "tables.xlsx"),
        *("transcripts/S01-D01.txt", "transcripts/S01-D01.vtt"),
    ]


def test_somebodys_hidden_asset_is_nobodys_business(spoken, tmp_path):
    from eaa.operations.assets import keep_asset, show_asset

    asset = keep_asset(workshop=spoken.workshop, actor=spoken["Ben"], kind="skill", text="goldcrest herder")
    assert exported(spoken.workshop, tmp_path).where("goldcrest herder") == [
        *("qda/project.crlf.qdpx", "qda/project.qdpx", "records.csv", "tables.xlsx")
    ]
    show_asset(record=asset, actor=spoken["Ben"], shown="hidden")

    assert exported(spoken.workshop, tmp_path).where("goldcrest herder") == []


def test_records_are_there_by_their_writers_yes(spoken, tmp_path):
    for name in ("Ben", "Hella"):
        make_record(
            workshop=spoken.workshop,
            actor=spoken[name],
            mechanism=Mechanism.DOCUMENTATION,
            text=f"notes by {name}s hand",
        )
    opened = exported(spoken.workshop, tmp_path)

    assert len(opened["records"]) == 1
    assert opened["records"][0]["text"].startswith("notes by [P-")


def test_headings_of_facilitators_stand_and_those_of_others_need_a_yes(world, tmp_path):
    says(world, "Ben", "Chidi")
    Activity.objects.filter(pk=world.steps[1].pk).update(blind=False)
    world.go_live(step=1)
    for name, title in (("Ada", "goldcrest"), ("Hella", "nuthatch"), ("Chidi", "waxwing")):
        headings.file_under_new(contribution=world.say("Ben", f"for {name}", 1), actor=world[name], title=title)
    opened = exported(world.workshop, tmp_path)

    assert [row["heading"] for row in opened["placements"]] == ["goldcrest", "", "waxwing"]
    assert opened.where("nuthatch") == []
    fields = {
        (table["name"], field["name"]): field["description"]
        for table in json.loads(opened.members["datapackage.json"])["resources"]
        for field in table["schema"]["fields"]
    }
    assert "Those of facilitators stand" in fields["placements", "heading"]


def test_two_workshops_share_no_id(world, tmp_path):
    from tests.world import make_world

    other = make_world("Another one", host="Eva")
    for one in (world, other):
        says(one, "Ben", "Chidi")
        one.go_live()
        one.say("Ben", "hello there")
    ids = [
        {
            value
            for row in exported(one.workshop, tmp_path)[table]
            for name, value in row.items()
            if name.endswith("_id")
        }
        for one in (world, other)
        for table in ("contributions",)
    ]

    assert ids[0] & ids[1] <= {""}


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    turns=st.lists(st.tuples(st.sampled_from(["Ben", "Chidi", "Hella"]), st.text(min_size=1, max_size=40)), max_size=6),
    leaves=st.sampled_from(["Ben", "Chidi", "Hella"]),
)
def test_whatever_is_said_nothing_of_who_left_remains(world, tmp_path, turns, leaves):
    from django.db import transaction

    from sessions_app.errors import Refused

    mark = {"Ben": "goldcrest", "Chidi": "nuthatch", "Hella": "waxwing"}
    with transaction.atomic():
        says(world, *mark)
        if world.session.started_at is None and not Contribution.objects.exists():
            world.go_live()
        for name, words in turns:
            limits._buckets.clear()
            try:
                world.say(name, f"{mark[name]}{words}")
            except Refused:
                continue
        says(world, leaves, yes=False)
        opened = exported(world.workshop, tmp_path, f"{uuid.uuid4()}.zip")
        others = [row["text"] for row in opened["contributions"] if row["status"] == "active"]
        assert opened.where(mark[leaves]) == []
        assert len(others) == Contribution.objects.exclude(author=world[leaves].participant).count()
        transaction.set_rollback(True)
    world.session.refresh_from_db()
