"""What can be counted of a dialogue, as pure functions of plain numbers: no tables, no texts, nothing rounded.

A measure that is not defined for what it is given is None. `n` counts everybody who was there, silent people too:
leaving them out would flatter equality.
"""
