import { fillName } from '../../domain/fill-name.ts';
import { holdsCredential, isSecretName } from '../../domain/secrets/secret-looking.ts';
import type { ValuePath } from '../value-path.ts';
import type { Finding, Rule, RuleContext } from './rule.ts';

/** Every plain text that becomes a variable somewhere, with the name of the variable. */
function* plainTexts({
  blocks,
}: RuleContext): Iterable<{ path: ValuePath; name: string; text: string; built: boolean }> {
  const variables = (
    kind: string,
    block: string,
    env: Readonly<Record<string, string>>,
    group = 'env',
    built = false,
  ) => Object.entries(env).map(([name, text]) => ({ path: [kind, block, group, name], name, text, built }));

  for (const [block, { env, sidecars }] of Object.entries(blocks.services)) {
    yield* variables('services', block, env);
    for (const [sidecar, { env: given }] of Object.entries(sidecars))
      for (const [name, text] of Object.entries(given))
        yield { path: ['services', block, 'sidecars', sidecar, 'env', name], name, text, built: false };
  }
  for (const [block, { env }] of Object.entries(blocks.functions)) yield* variables('functions', block, env);
  for (const [block, site] of Object.entries(blocks.sites)) {
    yield* variables('sites', block, site.buildEnv, 'buildEnv', true);
    if (site.kind === 'next') yield* variables('sites', block, site.env);
  }
  for (const [block, { keys }] of Object.entries(blocks.secrets))
    for (const [name, { default: text }] of Object.entries(keys))
      if (text) yield { path: ['secrets', block, 'keys', name, 'default'], name: '', text, built: false };
}

/* Messages never hold the text: it may be what it looks like. */
export const SECRET_RULES: readonly Rule[] = [
  {
    id: 'secret-in-file',
    title: 'No secret stands in platform.yaml',
    severity: 'error',
    check: function* (context) {
      for (const { path, text } of plainTexts(context))
        if (holdsCredential(text))
          yield {
            path,
            message: `${path.slice(0, 2).join('.')}: ${String(path.at(-1))} looks like a credential`,
            remedy:
              'replace it where it was issued, move it to .env.<environment>, and refer to it as secret.<name>#<KEY>',
          };
    },
  },
  {
    id: 'secret-name-in-env',
    title: 'What is called a secret is one',
    severity: 'warning',
    check: function* (context) {
      for (const { path, name, text, built } of plainTexts(context))
        if (!built && isSecretName(name) && text !== '' && !text.includes('${') && !holdsCredential(text))
          yield {
            path,
            message: `${path.slice(0, 2).join('.')}: ${name} stands in plain text, readable for everybody who sees the task or function`,
            remedy: 'declare it under secrets and refer to it as secret.<name>#<KEY>',
          };
    },
  },
  {
    id: 'secret-generate',
    title: 'A generated secret says what to generate',
    severity: 'error',
    check: function* ({ blocks }): Iterable<Finding> {
      for (const [name, { source, keys }] of Object.entries(blocks.secrets))
        for (const [key, { generate }] of Object.entries(keys)) {
          const path = ['secrets', name, 'keys', key];
          if (source === 'generated' && !generate)
            yield {
              path,
              message: `secrets.${name}: ${key} is to be generated, but nothing says how`,
              remedy: 'add generate: { length: 50 }',
            };
          if (source === 'existing' && generate)
            yield {
              path: [...path, 'generate'],
              message: `secrets.${name}: ${key} belongs to somebody else, so nothing is generated`,
              remedy: 'remove generate, or write source: env-file',
            };
        }
    },
  },
  {
    id: 'secret-one-name',
    title: 'Every secret that is filled here has a name of its own',
    severity: 'error',
    check: function* ({ blocks }): Iterable<Finding> {
      const taken = new Map<string, string>();
      for (const [name, { path, source }] of Object.entries(blocks.secrets)) {
        if (path === undefined || source === 'existing') continue;
        const filled = fillName(path, { name });
        const before = taken.get(filled);
        if (before !== undefined)
          yield {
            path: ['secrets', name, 'path'],
            message: `secrets.${name} and secrets.${before} are both called ${filled} in Secrets Manager`,
            remedy: 'put their keys into one, or give each a path of its own',
          };
        else taken.set(filled, name);
      }
    },
  },
  {
    id: 'secret-empty',
    title: 'A secret that is filled here has keys',
    severity: 'warning',
    check: function* ({ blocks }) {
      for (const [name, { source, keys }] of Object.entries(blocks.secrets))
        if (source !== 'existing' && Object.keys(keys).length === 0)
          yield {
            path: ['secrets', name],
            message: `secrets.${name} declares no keys`,
            remedy: 'add keys: { API_KEY: {} }',
          };
    },
  },
];
