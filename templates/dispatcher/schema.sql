-- Things that are to happen at a time. For your migrations.
CREATE TABLE scheduled_events (
  id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  kind            text NOT NULL,
  payload         jsonb NOT NULL DEFAULT '{}',
  due_at          timestamptz NOT NULL,
  -- Written by the scheduler: when it was handed to the queue.
  dispatched_at   timestamptz,
  attempts        integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz,
  -- Written by the worker.
  delivered_at    timestamptz,
  -- Written by either: it will not be tried again, and why.
  failed_at       timestamptz,
  last_error      text
);

-- Holds only what is still to be dispatched.
CREATE INDEX scheduled_events_due ON scheduled_events (due_at, id)
  WHERE dispatched_at IS NULL AND failed_at IS NULL;
