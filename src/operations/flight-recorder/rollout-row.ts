import type { Cause } from '../../diagnosis/cause.ts';
import { redactedLine } from '../../domain/redact.ts';
import type { Role } from './run-record.ts';

/** The line of a rollout while it is watched: how far it is, and what is wrong with it. */
export class RolloutRow {
  readonly #say: (detail: string) => void;
  #role: Role = 'new';
  #counts = '';
  #stopped = '';
  #unhealthy = '';
  #ringing = '';
  #shift = '';
  #cause = '';

  constructor(say: (detail: string) => void) {
    this.#say = say;
  }

  counts(role: Role, { running, desired }: { running: number; desired: number }): void {
    this.#role = role;
    this.#counts = `${running} of ${desired} ${role === 'back' ? 'tasks run, going back' : 'new tasks run'}`;
    this.#tell();
  }

  stopped(reasons: readonly string[]): void {
    this.#stopped = reasons.length === 0 ? '' : `${reasons.length} stopped: ${redactedLine(reasons.at(-1)!, 200)}`;
    this.#tell();
  }

  unhealthy(reasons: readonly string[]): void {
    const which = reasons.length === 1 ? 'a target is' : `${reasons.length} targets are`;
    this.#unhealthy = reasons.length === 0 ? '' : `${which} unhealthy: ${redactedLine(reasons[0]!, 200)}`;
    this.#tell();
  }

  /** How far ECS is that moves requests. */
  shift(text: string): void {
    if (text === this.#shift) return;
    this.#shift = text;
    this.#tell();
  }

  ringing(alarms: readonly string[]): void {
    const which = alarms.length === 1 ? 'an alarm rings' : `${alarms.length} alarms ring`;
    const now = alarms.length === 0 ? '' : `${which}: ${redactedLine(alarms[0]!, 200)}`;
    if (now === this.#ringing) return;
    this.#ringing = now;
    this.#tell();
  }

  /** Says more than the symptom that it explains. */
  because(cause: Cause | undefined): void {
    this.#cause = cause ? `${cause.certainty === 'certain' ? '' : 'possibly '}${cause.what} (${cause.id})` : '';
    this.#tell();
  }

  #tell(): void {
    const wrong = this.#role === 'back' ? [] : [this.#stopped, this.#cause || this.#unhealthy, this.#ringing];
    const shift = this.#role === 'back' ? '' : this.#shift;
    this.#say([this.#counts, shift, ...wrong].filter(Boolean).join('; '));
  }
}
