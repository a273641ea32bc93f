"""What pages of the product show of the framework."""
