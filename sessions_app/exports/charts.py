"""The pictures of the record, drawn from those alone who are in the export: each as SVG, and all with their numbers."""

from collections.abc import Iterator
from pathlib import Path

from django.template.loader import render_to_string

from sessions_app.exports.package import About
from sessions_app.exports.writing import Member, write_text
from sessions_app.queries.pictures import Picture

FOLDER = "charts"
STYLE = Path(__file__).with_name("charts.css")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 {high}"><style>\n{style}</style>\n{drawn}</svg>\n'


def write_charts(folder: Path, about: About) -> Iterator[Member]:
    """Nothing when there is nothing to draw."""
    if not about.pictures:
        return
    style = STYLE.read_text()
    for picture in about.pictures:
        yield write_text(folder, f"{FOLDER}/{picture.name}.svg", _alone(picture, style))
    yield write_text(folder, f"{FOLDER}/{STYLE.name}", style)
    yield write_text(folder, f"{FOLDER}/index.html", render_to_string("exports/charts.html", {"about": about}))


def _alone(picture: Picture, style: str) -> str:
    """A drawing that needs no other file, for a paper or a slide."""
    drawn = render_to_string("records/picture.html", {"picture": picture})
    return SVG.format(high=picture.high, style=style, drawn=drawn)
