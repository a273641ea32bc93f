"""Every write: one file per noun. An operation owns permission, transaction and event."""
