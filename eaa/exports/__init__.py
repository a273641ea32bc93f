"""What the framework adds to an export: records, what they rest on, checks, agreements, promises, what was learned,
and the codes of those who study it."""

from eaa.exports.agreements import AGREEMENTS, CLAUSES, COMMITMENTS, POSITIONS
from eaa.exports.coding import CODES, CODINGS
from eaa.exports.learning import LEARNING, NOTES
from eaa.exports.records import CHECKS, EVIDENCE, OUTCOMES, RECORDS

TABLES = (RECORDS, AGREEMENTS, CLAUSES, EVIDENCE, CHECKS, OUTCOMES, POSITIONS, COMMITMENTS, LEARNING, CODES, CODINGS)
GIVEN = (NOTES,)
