/** Forms that only real credentials have: AWS access keys, Stripe, GitHub, Slack, SendGrid, Google keys, private keys, signed tokens. */
const CREDENTIALS = [
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,}/,
  /\bwhsec_[A-Za-z0-9+/=]{16,}/,
  /\bgh[pousr]_[A-Za-z0-9]{30,}/,
  /\bgithub_pat_[A-Za-z0-9_]{40,}/,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/,
  /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/,
  /\bAIza[A-Za-z0-9_-]{35}\b/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/,
];

/** Whether a text holds something that only a credential looks like. */
export const holdsCredential = (text: string): boolean =>
  CREDENTIALS.some((form) => form.test(text)) || holdsPassword(text);

/** A password in a URL, unless it leads to this machine, where it protects nothing. */
function holdsPassword(text: string): boolean {
  const [, password, host] = /^[a-z][a-z0-9+.-]*:\/\/[^\s:/@]+:([^\s@]+)@([^\s:/?#]+)/i.exec(text) ?? [];
  return (
    password !== undefined && !password.startsWith('$') && !/^(?:localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/.test(host!)
  );
}

/** Whether a variable of this name usually holds a secret: `STRIPE_SECRET_KEY`, `DB_PASSWORD`; `PUBLIC_KEY` and `SECRET_ARN` do not. */
export const isSecretName = (name: string): boolean =>
  /(?:^|_)(?:SECRET|PASSWORD|PASSWD|TOKEN|API_KEY|PRIVATE_KEY|SECRET_KEY|ACCESS_KEY|CREDENTIALS)$/.test(name) &&
  !/(?:^|_)(?:PUBLIC|PUBLISHABLE)_/.test(name);
