"""Bytes of a mail as text, whatever they claim to be: never an error, and no word lost that can be read."""

import codecs
import re

# What mail programs use. Others that Python knows are no alphabets ("punycode", "unicode_escape") or slow.
KNOWN = re.compile(
    r"utf-(8|16|16-le|16-be|32)|ascii|iso8859-\d+|cp(125\d|1006|437|85\d|86\d|874|932|936|949|950)|koi8-[ru]"
    r"|gb(2312|k|18030)|big5(hkscs)?|shift_jis(x0213)?|iso2022_(jp|kr).*|euc_(jp|kr)|mac-roman|johab|tis-620"
)


def decoded(payload: bytes, charset: str | None) -> str:
    """PAYLOAD in CHARSET; if that is not true, in UTF-8, and else in what Windows wrote in the West."""
    for name in (_alphabet(charset), "utf-8"):
        try:
            return payload.decode(name).removeprefix("\ufeff")
        except UnicodeError:
            continue
    return payload.decode("cp1252", "replace")


def _alphabet(charset: str | None) -> str:
    try:
        name = codecs.lookup((charset or "utf-8").strip("\"' ")).name
    except (LookupError, ValueError):
        return "utf-8"
    if name == "iso8859-1":
        return "cp1252"  # it is what programs mean that say the former
    return name if KNOWN.fullmatch(name) else "utf-8"
