"""How much a delivered message costs, and how late it is: ours beside the anchors, in one run (`python -m bench`)."""
