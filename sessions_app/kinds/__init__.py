"""Activity kinds: ways of facilitating. One module or folder each, found by itself."""

from sessions_app.kinds.base import Choosing, Given, Kind, OnPaper, Sent, all_kinds, kind_of

__all__ = ["Choosing", "Given", "Kind", "OnPaper", "Sent", "all_kinds", "kind_of"]
