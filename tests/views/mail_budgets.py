"""How much pages of mails may ask of the database: more of the table in test_queries.py."""

PAGES = """\
stop_mails            1    1    1
confirm_address       2    2    2
calendar              4    4    4
add_people            -    4    -
work                  -    7    -
invited               -    6    6
open_mail             -    5    5
choose_by_mail        10   10   10
eaa:check_by_mail     20   20   20
eaa:position_by_mail  30   30   30
outbox                -    60   -
mail_kinds            -    160  -
new_letter            -    12   -
mail                  -    10   -
coming_mail           -    12   -
"""
