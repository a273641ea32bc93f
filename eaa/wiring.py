"""What the framework hands to the product: rights, shapes of events, checks of the log, what waits for
people, why they get mails, tables of the export."""

from eaa import agreement_ledger, coding_ledger, learning_ledger, policy, shapes, verification
from eaa.exports import GIVEN, TABLES
from eaa.exports.qda.project import write_qda
from eaa.queries import learning, measured, waiting
from eaa.queries.checks import checks_waiting_for
from eaa.queries.onward import leads_somewhere
from eaa.queries.outcomes import told_of
from eaa.queries.uses import news_of
from eaa.reasons import ALL
from sessions_app import identity, neighbours
from sessions_app import policy as product_policy
from sessions_app import shapes as product_shapes
from sessions_app.exports import registry
from sessions_app.reasons import REASONS

# How a workshop is found by a thing of the framework (eaa.access); see sessions_app.identity.
WAYS = {
    "eaa_records": "id = (SELECT workshop_id FROM eaa_record WHERE id = %s)",
    "eaa_codes": "id = (SELECT workshop_id FROM eaa_code WHERE id = %s)",
    "eaa_agreements": "id = (SELECT workshop_id FROM eaa_agreement WHERE id = %s)",
    "eaa_agreements__versions__clauses": "id = (SELECT a.workshop_id FROM eaa_agreement a "
    "JOIN eaa_agreementversion v ON v.agreement_id = a.id JOIN eaa_clause c ON c.version_id = v.id WHERE c.id = %s)",
}


def wire() -> None:
    for way, which in WAYS.items():
        identity.add_way(way, which)
    neighbours.CONTRADICTIONS.append(verification.contradictions_of_records)
    neighbours.WAITING.append(checks_waiting_for)
    neighbours.LED.append(leads_somewhere)
    neighbours.BECAME.append(told_of)
    neighbours.WAITING.append(learning.waiting)
    neighbours.CONTRADICTIONS.append(learning_ledger.contradictions)
    neighbours.CONTRADICTIONS.append(coding_ledger.contradictions)
    product_policy.ACTIONS.update(policy.ACTIONS)
    product_policy.SEES.update(policy.SEES)
    product_shapes.SHAPES.update(shapes.SHAPES)
    neighbours.WAITING.append(waiting.waiting_for)
    neighbours.CONTRADICTIONS.append(agreement_ledger.contradictions)
    REASONS.register(*ALL)
    neighbours.NEWS.append(news_of)
    neighbours.SAMPLE_PARTS.append("eaa.sample")
    registry.add(*TABLES)
    registry.FORMS.append(write_qda)
    neighbours.GIVEN.extend(GIVEN)
    registry.OF_THE_WORKSHOP.append("agreement.")
    neighbours.FIGURES.append(measured.figures)
