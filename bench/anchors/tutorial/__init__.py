"""The chat of the Channels tutorial, as its pages build it, on daphne and channels_redis."""
