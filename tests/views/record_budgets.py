"""How much the pages of records may ask of the database: more of the table in test_queries.py."""

PAGES = """\
eaa:records           5    7    -
eaa:new_record        7    9    -
eaa:record            18   20   -
eaa:change_record     -    14   -
eaa:remove_record     -    4    -
eaa:return_record     -    20   -
eaa:check             18   20   -
eaa:settle_record     -    20   -
eaa:intention         12   14   -
eaa:assets            5    7    -
eaa:outcomes          -    12   -
eaa:became            12   14   -
eaa:codebook          -    30   30
eaa:import_codes      -    10   10
eaa:code              -    30   30
eaa:coding            -    30   30
eaa:coders            -    30   30
eaa:code_words        -    30   30
"""
