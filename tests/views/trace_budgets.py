"""How much traces, maps and documents may ask of the database: more of the table in test_queries.py."""

PAGES = """\
eaa:document          15   17   17
eaa:map               15   17   12
eaa:meeting_map       7    9    11
eaa:story             23   25   -
eaa:clause_trace      12   14   -
eaa:record_trace      15   17   -
eaa:trace             18   20   -
"""
