"""Settings of the tutorial chat: what the tutorial sets, and a longer socket_timeout for Redis.

redis-py 8 gives up after 5 seconds, just when channels_redis's own blocking read ends: without the longer timeout
every idle socket is dropped.
"""

import os

SECRET_KEY = "only-for-the-bench"
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["daphne", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"]
ASGI_APPLICATION = "bench.anchors.tutorial.asgi.application"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {
            "hosts": [{"address": os.environ["REDIS_URL"], "socket_timeout": 30}],
            "prefix": os.environ.get("TUTORIAL_PREFIX", "tutorial"),
        },
    }
}
