/** What leads a command line to an environment: `--env` and `--sandbox`. */
export interface Place {
  readonly env?: string;
  readonly sandbox: boolean;
}

/**
 * Commands that act on an environment, or look at one. What `db create` and `shared` say is told to those who have to
 * type it elsewhere, so they are none.
 */
const PLACED = [
  'access (?:apply|remove|show)',
  'bootstrap(?: repair)?',
  'cancel',
  'cert (?:request|status|wait)',
  'ci (?:oidc|vars)',
  'cleanup',
  'cost',
  'db (?:connect|protect|restore|rotate|snapshots?|status|test|unprotect|url)',
  'deploy(?: --attach)?',
  'destroy',
  'diff',
  'dns (?:status|write)',
  'doctor',
  'eject',
  'events',
  'exec',
  'image (?:build|check|init|list|push)',
  'load',
  'lock (?:release|status)',
  'logs(?: query| trace)?',
  'migrate',
  'outputs',
  'pause',
  'promote',
  'queue (?:list|pause|peek|redrive|resume)',
  'recover',
  'redeploy',
  'releases(?: show)?',
  'resume',
  'rollback(?: continue)?',
  'run',
  'scale',
  'secrets (?:diff|history|init|list|push|restore|show)',
  'site (?:build|deploy|rotate-header)',
  'smoke',
  'status',
];
/** Between a command and its --env may stand what it is about, and nothing of another command. */
const ABOUT = '(?: (?!platform\\b)[^\\s,;:()]+){0,4}?';
const NEXT_STEP = new RegExp(`\\bplatform (${PLACED.join('|')})\\b(${ABOUT} --env [a-z][a-z0-9-]*)?( --sandbox)?`, 'g');

/**
 * Commands in a text, led to where this command line was: without its flags the next step would act on the default
 * environment, and that of a rehearsal on the real account.
 */
export const inSamePlace = (text: string, { env, sandbox }: Place): string =>
  text.replace(NEXT_STEP, (_, command: string, named: string | undefined, rehearsed: string | undefined) => {
    const place = named ?? (env === undefined ? '' : ` --env ${env}`);
    const rehearsal = rehearsed ?? (sandbox && place !== ' --env sandbox' ? ' --sandbox' : '');
    return `platform ${command}${place}${rehearsal}`;
  });
