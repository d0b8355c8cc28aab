-- What the publisher expects, if its columns are not renamed by OUTBOX_COLUMNS.
CREATE TABLE events_outboxevent (
  -- Grows with each event: an identity, a sequence or a UUIDv7.
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Events of one aggregate are published in the order of their ids. NULL: in any order.
  aggregate_id    text,
  -- The detail-type of the event.
  event_type      text NOT NULL CHECK (event_type <> ''),
  -- The detail of the event: a JSON object.
  payload         jsonb NOT NULL CHECK (jsonb_typeof(payload) = 'object'),
  created_at      timestamptz NOT NULL DEFAULT now(),
  -- From here on only the publisher writes.
  attempts        integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL DEFAULT now(),
  published_at    timestamptz,
  failed_at       timestamptz,
  last_error      text
);

-- Both hold only what waits, so they stay small however many events the table keeps.
CREATE INDEX events_outboxevent_waiting ON events_outboxevent (id)
  WHERE published_at IS NULL AND failed_at IS NULL;
CREATE INDEX events_outboxevent_order ON events_outboxevent (aggregate_id, id)
  WHERE published_at IS NULL AND failed_at IS NULL;
