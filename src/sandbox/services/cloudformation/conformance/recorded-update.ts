/**
 * Two change sets created, described and executed one after the other, as AWS answered it. A change is a head and its
 * contexts and details, one per line; the order of details is none that AWS keeps, so they are sorted.
 */
export interface RecordedUpdate {
  /** When: AWS has changed some of its answers since. */
  date: string;
  /** False where the request acknowledged nothing; all capabilities otherwise. */
  capable?: boolean;
  /** `newest`: every event, newest first. `oldest`: one per status, oldest first, the later of two with the same status, deletion included.
   * `earliest`: the same, but the earlier of two, and kept before the stack was deleted. */
  style: string;
  /** `Key value`, of the first and the second change set. */
  parameters?: string[][];
  outputs?: string[];
  /** With property values. Without them the first change set shows the same additions bare. */
  first: string[][];
  second: string[][];
  secondPlain: string[][];
  /** By resource. */
  events: Record<string, string[]>;
}
