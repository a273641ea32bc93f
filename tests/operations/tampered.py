"""What somebody could change behind the back of the operations, and what verify_log says of it."""

CHANGED_EVENTS = [
    ("activity.revealed", "UPDATE sessions_app_event SET seq = seq + 1000 WHERE id = %s", "sequence: after "),
    ("activity.extended", "DELETE FROM sessions_app_event WHERE id = %s", "sequence: after "),
    ("session.planned", "UPDATE sessions_app_event SET verb = 'session.dreamt' WHERE id = %s", "verb: "),
    ("session.planned", "UPDATE sessions_app_event SET session_id = NULL WHERE id = %s", "has no session"),
    (
        "contribution.posted",
        "UPDATE sessions_app_event SET contribution_id = NULL WHERE id = %s",
        "no contribution",
    ),
    ("contribution.posted", "UPDATE sessions_app_event SET dialogue_id = NULL WHERE id = %s", "has no dialogue"),
    (
        "contribution.posted",
        """UPDATE sessions_app_event SET data = '{"via": "room", "place": "hall", "late": true}' WHERE id = %s""",
        "tells another road or place",
    ),
    (
        "contribution.posted",
        """UPDATE sessions_app_event SET data = '{"via": "A calmer waiting room."}' WHERE id = %s""",
        "carries something else than via",
    ),
    (
        "workshop.created",
        """UPDATE sessions_app_event SET data = '{"title": "Calmer visits"}' WHERE id = %s""",
        "data that the codebook does not name",
    ),
    (
        "session.started",
        """UPDATE sessions_app_event SET data = jsonb_set(data, '{before,session,state}', '"so angry"')
        WHERE id = %s""",
        "carries something else than before",
    ),
    ("workshop.created", "UPDATE sessions_app_event SET data = '[]' WHERE id = %s", "data without names"),
    (
        "session.control_undone",
        """UPDATE sessions_app_event SET data = '{"undid": 1}' WHERE id = %s""",
        "undoes something else than the last press",
    ),
    ("session.control_undone", "DELETE FROM sessions_app_event WHERE id = %s", "sequence: after "),
]
CHANGED_TABLES = [
    (
        "contribution",
        "SET author_id = (SELECT max(id) FROM sessions_app_participant) WHERE body = 'A calm waiting room.'",
        "tells of somebody else",
    ),
    ("contribution", "SET said_at = said_at - interval '3 days' WHERE author_id IS NOT NULL", "tells another moment"),
    ("participant", "SET usual_place = 'phone' WHERE usual_place = 'remote'", "has usual_place phone"),
    ("workshop", "SET closed_at = now()", "has closed_at"),
    ("consent", "SET given_at = NULL, withdrawn_at = now()", "another answer about"),
    ("contribution", "SET withdrawn_at = now() WHERE body = 'A calm waiting room.'", "taken back 0 times"),
    ("contribution", "SET withdrawn_at = NULL WHERE withdrawn_at IS NOT NULL", "taken back 1 times"),
    ("contribution", "SET body = 'I wish' WHERE withdrawn_at IS NOT NULL", "words of it are still there"),
    ("contribution", "SET gloss = 'Jag önskar' WHERE withdrawn_at IS NOT NULL", "words of it are still there"),
    ("contribution", "SET seq = seq + 1 WHERE body = 'A calm waiting room.'", "is not the number and dialogue"),
    ("contribution", "SET via = 'paper' WHERE body = 'A calm waiting room.'", "tells another road"),
    ("contribution", "SET gloss = 'Bara här.' WHERE body = 'Only here I dare.'", "the log does not know"),
    (
        "revision",
        "SET contribution_id = (SELECT id FROM sessions_app_contribution ORDER BY seq DESC LIMIT 1)",
        "earlier texts are kept",
    ),
    ("session", "SET state = 'closed'", "has state closed, the log says live"),
    ("session", "SET current_activity_id = NULL", "has current_activity_id None"),
    ("session", "SET started_at = NULL", "has started_at None"),
    ("activity", "SET opened_at = NULL WHERE position = 1", "has opened_at None"),
    ("activity", "SET closed_at = now() WHERE position = 5", "the log says None"),
    ("activity", "SET revealed_at = NULL", "has revealed_at None"),
    ("activity", "SET revealed_at = revealed_at - interval '1 hour'", "has revealed_at"),
    ("activity", "SET open_until = now() + interval '9 days' WHERE position = 1", "has open_until"),
    ("activity", "SET ended_at = NULL", "has ended_at None"),
    ("activity", "SET removed_at = now() WHERE position = 3", "has removed_at"),
    ("participant", "SET removed_at = now() WHERE name = 'Ben'", "has removed_at"),
    ("participant", "SET removed_at = NULL", "has removed_at None"),
    ("participant", "SET roles = '{facilitator}' WHERE name = 'Ben'", "has other roles"),
]
