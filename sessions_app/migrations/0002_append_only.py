"""PostgreSQL itself refuses to change or delete a line of the log."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION sessions_app_event_is_final() RETURNS trigger AS $$
BEGIN
    IF current_setting('coproduction.erasing_workshop', true) = 'on' AND TG_OP = 'DELETE' THEN
        RETURN OLD;  -- a whole workshop is being erased at the end of its retention
    END IF;
    RAISE EXCEPTION 'The log is append-only.';
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER event_is_final BEFORE UPDATE OR DELETE ON sessions_app_event
    FOR EACH ROW EXECUTE FUNCTION sessions_app_event_is_final();
"""
ALLOW = """
DROP TRIGGER event_is_final ON sessions_app_event;
DROP FUNCTION sessions_app_event_is_final();
"""


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0001_first")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
