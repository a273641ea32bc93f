"""Pages of the framework: parse, call one operation, present."""
