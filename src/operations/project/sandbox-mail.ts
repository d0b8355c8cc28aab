import { findSandbox, readSandboxMail } from '../../sandbox/connect.ts';

/** The contract of `sandbox mail --json`. */
export interface SandboxMail {
  at: string;
  to: string;
  protocol: string;
  /** `SubscriptionConfirmation`: visiting the address in it confirms. */
  kind: string;
  subject: string;
  body: string;
  /** `kept`: nobody outside of this machine is written to; else the status that a server here answered. */
  outcome: string;
}

/** What was written to mailboxes and servers, oldest first; nothing where no sandbox runs. */
export async function sandboxMail(directory: string): Promise<SandboxMail[]> {
  const server = await findSandbox({ directory });
  if (!server) return [];
  const { mail } = await readSandboxMail(server);
  return mail.map(({ at, endpoint, protocol, kind, subject, body, outcome }) => ({
    at: new Date(at).toISOString(),
    to: endpoint,
    protocol,
    kind,
    subject,
    body,
    outcome: String(outcome),
  }));
}
