"""How much the pages of agreements may ask of the database: more of the table in test_queries.py."""

PAGES = """\
eaa:agreements        9    11   11
eaa:new_agreement     -    6    -
eaa:agreement         28   30   28
eaa:change_agreement  -    13   -
eaa:open_agreement    -    33   -
eaa:review_agreement  -    5    -
eaa:end_agreement     -    5    -
eaa:agreement_suggestions 27 29 27
eaa:agreement_commitments 4 6 -
eaa:agreement_commitment 5 7 -
"""
