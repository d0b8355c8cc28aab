/** A row of the outbox, as this function needs it. */
export interface OutboxEvent {
  id: string;
  /** Events of one aggregate are published in the order of their ids; without one an event waits for nobody. */
  aggregate: string | null;
  type: string;
  source: string | null;
  /** JSON, as the server writes it. */
  payload: string;
  createdAt: Date;
  /** How often it was refused before. */
  attempts: number;
}

export type Verdict = { accepted: true } | { accepted: false; code: string; message: string; final?: boolean };
