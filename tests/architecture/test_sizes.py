"""A file can be read in one go, and so can a function."""

from tests.architecture.sources import ROOT, files, functions

FILE, TEMPLATE, FUNCTION = 300, 120, 40


def lines(path) -> int:
    return len((ROOT / path).read_text().splitlines())


def test_files_are_found_everywhere():
    top = {path.parts[0] for path in files(".py", ".html", ".js", ".css")}

    assert top == {"sessions_app", "eaa", "coproduction", "templates", "static", "tests", "bench", "manage.py"}


def test_no_file_reaches_300_lines():
    assert {str(path): lines(path) for path in files(".py", ".html", ".js", ".css") if lines(path) >= FILE} == {}


def test_no_template_reaches_120_lines():
    assert {str(path): lines(path) for path in files(".html") if lines(path) >= TEMPLATE} == {}


def test_no_function_reaches_40_lines():
    long = {
        f"{path}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path in files(".py")
        for node in functions(path)
        if node.end_lineno - node.lineno + 1 >= FUNCTION
    }

    assert long == {}
