from django.db import migrations

# What the outbox publisher reads: functions/outbox-publisher/outbox.sql.
TABLE = """
CREATE TABLE events_outboxevent (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  aggregate_id text,
  event_type text NOT NULL CHECK (event_type <> ''),
  payload jsonb NOT NULL CHECK (jsonb_typeof(payload) = 'object'),
  created_at timestamptz NOT NULL DEFAULT now(),
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL DEFAULT now(),
  published_at timestamptz,
  failed_at timestamptz,
  last_error text
);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(TABLE, "DROP TABLE events_outboxevent")]
