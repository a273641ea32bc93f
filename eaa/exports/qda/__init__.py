"""The export as a project that QDA programs open (REFI-QDA 1.5): who spoke, which words, and who coded them how.

All of it is drawn from the tables of the same export, so it holds nobody and nothing that they do not hold. What real
programs stumble over, and so how everything here is written, is in docs/decisions/projects-for-qda-programs.md.
"""
