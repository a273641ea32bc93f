"""Forms of the framework's pages."""
