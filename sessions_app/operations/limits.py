"""Limits: how fast one person may write, and how many wrong codes one door takes."""

import hashlib
import hmac
import threading
from collections import OrderedDict

from django.conf import settings
from django.db import connection

from sessions_app import clock
from sessions_app.errors import TooFast
from sessions_app.models import Tally

WINDOW = 600  # seconds
WRONG_CODES = {"device": 10, "address": 40, "everywhere": 300}
REFUSALS = 30  # mails to no address of ours that are refused in one window; the others are dropped
MAILS = 12  # answers by mail that one person may send in one window
REMEMBERED = 20_000

_buckets: OrderedDict[int, tuple[float, float]] = OrderedDict()
_buckets_lock = threading.Lock()


def spend_post(participant_id: int) -> None:
    """Take one from the person's allowance of posts in this process. Raises TooFast when it is used up.

    settings.POSTS_AT_ONCE may come in one go, then settings.POSTS_PER_SECOND.
    """
    burst, rate = settings.POSTS_AT_ONCE, settings.POSTS_PER_SECOND
    moment = clock.now().timestamp()  # the operation's own time: a workshop that is played through is not too fast
    with _buckets_lock:
        left, then = _buckets.pop(participant_id, (float(burst), moment))
        left = min(float(burst), left + max(0.0, moment - then) * rate)
        # A try that is refused costs nothing: who tries too often must not be shut out for good.
        _buckets[participant_id] = (left - 1 if left >= 1 else left, moment)
        if len(_buckets) > REMEMBERED:
            _buckets.popitem(last=False)
    if left < 1:
        raise TooFast


def may_mail(participant_id: int) -> bool:
    """Count one answer by mail, by whichever process it comes in. False after MAILS of them in one WINDOW."""
    return _add(f"mail:{participant_id}") <= MAILS


def may_refuse_mail() -> bool:
    """Count one mail to no address of ours. False after REFUSALS of them in one WINDOW: each may have a forged sender,
    to whom some server writes that it was refused."""
    return _add("mail:refused") <= REFUSALS


def count_wrong_code(*, device: str, address: str) -> None:
    """Remember one wrong door code. `device` and `address` are kept only as keyed hashes, for ten minutes."""
    for key in _keys(device, address):
        _add(key)


def too_many_wrong_codes(*, device: str, address: str) -> bool:
    """Whether a limit is reached: then nobody is shut out, but those who join wait in the lobby."""
    window = int(clock.now().timestamp()) // WINDOW
    counts = dict(Tally.objects.filter(key__in=_keys(device, address), window=window).values_list("key", "count"))
    return any(counts.get(key, 0) >= WRONG_CODES[key.split(":")[1]] for key in counts)


def forget_old_tallies() -> int:
    """Delete counts of past windows; returns how many rows went."""
    return Tally.objects.filter(window__lt=int(clock.now().timestamp()) // WINDOW - 1).delete()[0]


def _keys(device: str, address: str) -> list[str]:
    # Browsers without a cookie of ours are not one device: they are counted by their address.
    own = [f"code:device:{_keyed(device)}"] if device else []
    return [*own, f"code:address:{_keyed(address)}", "code:everywhere:"]


def _keyed(value: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), value.encode(), hashlib.sha256).hexdigest()[:32]


def _add(key: str) -> int:
    """Count one more of KEY in this window. Returns how many there are now."""
    window = int(clock.now().timestamp()) // WINDOW
    with connection.cursor() as cursor:  # one statement: parallel tries can't slip past each other
        cursor.execute(
            'INSERT INTO sessions_app_tally (key, "window", count) VALUES (%s, %s, 1) '
            'ON CONFLICT (key, "window") DO UPDATE SET count = sessions_app_tally.count + 1 RETURNING count',
            [key, window],
        )
        return int(cursor.fetchone()[0])
