"""What pages and exports read of the framework's records."""
