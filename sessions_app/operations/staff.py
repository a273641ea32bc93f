"""Staff: people with an account, who sign in with a code that is mailed to them."""

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction

from sessions_app.text import clean_address, clean_line


def add_staff(*, email: str, name: str) -> tuple[User, bool]:
    """The account of EMAIL, made if it is not there yet, and whether it was made. Nobody knows a password of it."""
    address = clean_address(email).lower()
    first, _space, last = clean_line(name, limit=100).partition(" ")
    users = get_user_model().objects
    with transaction.atomic():
        user = users.filter(email__iexact=address).first()
        if user is not None:
            return user, False
        user = users.create_user(username=address[:150], email=address, first_name=first, last_name=last)
        EmailAddress.objects.create(user=user, email=address, primary=True, verified=True)
    return user, True
