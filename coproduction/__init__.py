"""The project: wiring only, imported by nobody but the servers."""
