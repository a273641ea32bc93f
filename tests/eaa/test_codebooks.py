"""Files of other programs: what is a codebook is read, what is none or means harm is refused in a plain sentence."""

import contextlib
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from eaa import codebooks
from eaa.codebooks import read_codebook
from eaa.models import Code
from sessions_app.errors import BadText
from tests.eaa.test_codes import add

GUID = "{0}{0}{0}{0}{0}{0}{0}{0}-0000-0000-0000-000000000000"
BOOK = "urn:QDA-XML:codebook:1.0"
PROJECT = "urn:QDA-XML:project:1.0"


def code(name: str, inner: str = "", number: int = 1, codable: str = "true") -> str:
    return f'<Code guid="{GUID.format(number)}" name="{name}" isCodable="{codable}">{inner}</Code>'


def book(*codes: str, space: str = BOOK) -> bytes:
    return f'<?xml version="1.0"?><CodeBook xmlns="{space}"><Codes>{"".join(codes)}</Codes></CodeBook>'.encode()


def project(*codes: str) -> bytes:
    inner = book(*codes, space=PROJECT).decode().removeprefix('<?xml version="1.0"?>')
    return f'<Project xmlns="{PROJECT}" name="p">{inner}</Project>'.encode()


def packed(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return file.getvalue()


def read(content: bytes) -> list[tuple[str, str]]:
    return [(one.name, one.description) for one in read_codebook(io.BytesIO(content), len(content))]


def trouble(content: bytes, size: int | None = None) -> object:
    with pytest.raises(BadText) as caught:
        read_codebook(io.BytesIO(content), len(content) if size is None else size)
    assert caught.value.field == "file"
    return caught.value.message


FOLDER = code(
    "Feelings", code("Calm", "<Description>No hurry.</Description>", 2) + code("Fear", "", 3), codable="false"
)
READ = [("Calm", "No hurry."), ("Fear", ""), ("Wishes", "")]


@pytest.mark.parametrize(
    "content", [book(FOLDER, code("Wishes", "", 4)), packed(project_qde=project(FOLDER, code("Wishes", "", 4)))]
)
def test_codebooks_and_projects_are_read_in_their_order(content):
    assert read(content) == READ


def test_two_of_one_name_are_told_apart_by_their_folders():
    content = book(FOLDER, code("Things", code("calm", "", 5), 4, codable="0"))

    assert [name for name, _about in read(content)] == ["Feelings / Calm", "Fear", "Things / calm"]


def deep(levels: int) -> str:
    found = code("x")
    for _ in range(levels):
        found = code("x", found)
    return found


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>&b;</Codes></CodeBook>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><CodeBook>&a;</CodeBook>"""
WRONG = {
    "entities": (ENTITIES, codebooks.DECLARES),
    "a file of ours": (OUTSIDE, codebooks.DECLARES),
    "entities in a project": (packed(project_qde=ENTITIES), codebooks.DECLARES),
    "a declaration alone": (b"<!DOCTYPE x>" + book(code("x")), codebooks.DECLARES),
    "a bomb": (packed(project_qde=b"<a>" + b" " * 9_000_000), codebooks.BOMB),
    "no project": (packed(readme_txt=b"x"), codebooks.NO_PROJECT),
    "two projects": (packed(a_qde=b"x", b_qde=b"x"), codebooks.NO_PROJECT),
    "not XML": (b"name,description\nCalm,x\n", codebooks.BROKEN),
    "nothing": (b"", codebooks.BROKEN),
    "an odd codec": (b'<?xml version="1.0" encoding="klingon"?><x/>', codebooks.BROKEN),
    "half a file": (book(code("x"))[:-20], codebooks.BROKEN),
    "half an archive": (packed(project_qde=project(code("x")))[40:], codebooks.BROKEN),
    "another schema": (b'<CodeBook xmlns="urn:other"><Codes/></CodeBook>', codebooks.OTHER),
    "a page": (b"<html><body/></html>", codebooks.OTHER),
    "no codes": (f'<CodeBook xmlns="{BOOK}"><Codes/></CodeBook>'.encode(), codebooks.EMPTY),
    "folders alone": (book(code("x", codable="false")), codebooks.EMPTY),
    "a project without a codebook": (f'<Project xmlns="{PROJECT}" name="p"/>'.encode(), codebooks.EMPTY),
    "no guid": (book('<Code name="x" isCodable="true"/>'), codebooks.NOT_VALID),
    "no name": (book(f'<Code guid="{GUID.format(1)}" isCodable="true"/>'), codebooks.NOT_VALID),
    "not said whether codable": (book(f'<Code guid="{GUID.format(1)}" name="x"/>'), codebooks.NOT_VALID),
    "too deep": (book(deep(60)), codebooks.NOT_VALID),
    "too many": (book(*[code(f"c{number}") for number in range(501)]), codebooks.MANY),
}


@pytest.mark.parametrize("name", WRONG)
def test_everything_else_is_refused_in_a_plain_sentence(name):
    content, text = WRONG[name]

    assert trouble(content) == text


def test_thirty_megabytes_are_not_read():
    assert trouble(b"", 30_000_000) == codebooks.TOO_LARGE


def test_a_locked_archive_says_so():
    content = bytearray(packed(project_qde=project(code("x"))))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + at] |= 1

    assert trouble(bytes(content)) == codebooks.LOCKED


@given(st.binary(max_size=300), st.integers(0, 200))
def test_no_bytes_do_anything_but_be_read_or_refused(noise, at):
    whole = packed(project_qde=project(code("x")))
    for content in (noise, whole[:at] + noise + whole[at + len(noise) :], book(code("x"))[:at] + noise):
        with contextlib.suppress(BadText):
            read(content)


def send(browser, world, content: bytes, name: str = "book.qdc"):
    address = reverse("eaa:import_codes", args=[world.workshop.slug])
    return address, browser.post(address, {"file": SimpleUploadedFile(name, content)})


def test_nothing_is_added_before_somebody_has_looked(world, browser_of):
    add(world, "Fear")
    browser = browser_of("Ada")

    address, page = send(browser, world, book(FOLDER, code("Wishes", "", 4), code("n" * 300, "", 5)))

    html = page.content.decode()
    assert page.status_code == 200
    assert "No hurry." in html
    assert "is in the codebook already" in html
    assert Code.objects.count() == 1
    browser.post(address, {"packed": page.context["packed"], "take": ["0", "1", "3", "99", "x"]})
    found = Code.objects.order_by("pk")
    assert [(one.name, one.description) for one in found] == [("Fear", ""), ("Calm", "No hurry.")]


def test_a_page_that_somebody_changed_adds_nothing(world, browser_of):
    other = reverse("eaa:import_codes", args=[world.workshop.slug])

    answer = browser_of("Ada").post(other, {"packed": "x:y:z", "take": ["0"]})

    assert answer.status_code == 422
    assert not Code.objects.exists()


@pytest.mark.parametrize("content", [ENTITIES, b"", packed(readme_txt=b"x")])
def test_what_is_wrong_stands_beside_the_field(world, browser_of, content):
    _address, page = send(browser_of("Ada"), world, content)

    assert page.status_code == 422
    assert 'id="errors"' in page.content.decode()
    assert not Code.objects.exists()


def test_whoever_takes_part_sends_no_codebook(world, browser_of):
    for who in ("Ben", "Sam", "Hella"):
        assert send(browser_of(who), world, book(code("x")))[1].status_code in {302, 403}, who
    assert not Code.objects.exists()
