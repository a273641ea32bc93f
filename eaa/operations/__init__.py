"""Every write of the framework: one file per noun."""
