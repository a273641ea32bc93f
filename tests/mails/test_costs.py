"""What one mail costs the database: ten thousand of them leave in one morning."""

from sessions_app.models import MailChoice
from sessions_app.operations import notices
from tests.mails.conftest import at_noon, mailed, question  # noqa: F401


def test_one_mail_takes_few_statements_and_two_commits(question, mailed, django_assert_num_queries):  # noqa: F811
    MailChoice.objects.create(participant=mailed["Ben"].participant)
    notices.make_due()
    number = notices.claim()[0]

    with django_assert_num_queries(11) as asked:
        assert notices.deliver(number) == "sent"
    told = [one["sql"] for one in asked]
    assert len([sql for sql in told if sql.startswith("UPDATE")]) == 2  # on its way, and sent
    assert len([sql for sql in told if '"epoch" AS' in sql]) == 1
