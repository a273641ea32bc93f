"""Forms: they parse and check the shape of what was typed; operations decide."""
