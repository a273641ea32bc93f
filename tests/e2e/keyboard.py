"""Hands on the keyboard only: walking through a page with Tab, and what each stop looks like."""

from playwright.sync_api import Locator, Page, expect

from tests.e2e.person import named

LONGEST_WALK = 150

# What has the focus: a name for messages, whether the ring is drawn, and how much of it lies in sight and uncovered.
STOP = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  if (!at.dataset.stop) at.dataset.stop = String((window.stops = (window.stops || 0) + 1));
  const shown = at.matches("input[type=radio], input[type=checkbox]") && at.closest("label") || at;
  const rings = [at, shown, ...shown.querySelectorAll("*")].map((part) => getComputedStyle(part));
  const ring = rings.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
  const box = at.getBoundingClientRect();
  let seen = 0;
  for (const x of [0.1, 0.5, 0.9]) for (const y of [0.1, 0.5, 0.9]) {
    const hit = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    if (hit && (at.contains(hit) || hit.contains(at))) seen += 1;
  }
  const said = (at.innerText || at.value || "").trim().slice(0, 40);
  const name = `${at.tagName.toLowerCase()}#${at.id} ${at.name || ""} “${said}”`;
  return { key: at.dataset.stop, name, ring, seen };
}"""
# A field with autofocus stays the place where Tab begins, even after blur: only another focus moves it.
TO_THE_TOP = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  window.getSelection().removeAllRanges();
  scrollTo(0, 0);
}"""
REACHABLE = """() => [
    ...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((item) => !item.disabled && item.type !== "hidden")
  .filter((item) => item.checkVisibility() && item.getClientRects().length)
  .filter((item) => !(item.type === "radio" && !item.checked && item.form.elements[item.name].value))
  .filter((item) => !item.dataset.stop)
  .map((item) => `${item.tagName.toLowerCase()}#${item.id} ${(item.innerText || item.value || "").trim()}`)"""


def walk(page: Page) -> list[dict]:
    """Tab from the top of the page to its end; every stop on the way. Fails when the walk does not end."""
    page.evaluate(TO_THE_TOP)
    stops = []
    for _ in range(LONGEST_WALK):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or any(stop["key"] == earlier["key"] for earlier in stops[:-1]):
            return stops
        if not stops or stop["key"] != stops[-1]["key"]:  # a date is one field with several stops inside
            stops.append(stop)
    raise AssertionError(f"Tab does not come to the end of {page.url}: {stops[-3:]}")


def never_reached(page: Page) -> list[str]:
    """What can be pressed or filled in but had no stop on the walk."""
    return page.evaluate(REACHABLE)


def tab_to(page: Page, target: Locator) -> None:
    """Tab until TARGET has the focus, from wherever it is now."""
    expect(target).to_be_visible()
    for _ in range(LONGEST_WALK):
        if target.evaluate("item => item === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {target}")


def press(page: Page, name: str, *, key: str = "Enter") -> None:
    """Go to the button or the link whose name begins with NAME with Tab, and press KEY on it."""
    button, link = page.get_by_role("button", name=named(name)), page.get_by_role("link", name=named(name))
    tab_to(page, button.or_(link).locator("visible=true").first)
    page.keyboard.press(key)


def type_into(page: Page, target: Locator, words: str) -> None:
    tab_to(page, target)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(words)
