import { nearest } from '../../domain/nearest.ts';
import type { Referable } from '../fields.ts';
import { DEPLOY_ATTRIBUTES, LOAD_NAMES, type TextReference } from '../references.ts';
import { listed } from '../takes.ts';
import type { FoundReference } from '../text-references.ts';
import { pathText } from '../value-path.ts';
import { blockName, blockReferences, blocksOfType } from './block-references.ts';
import type { Finding, Rule, RuleContext } from './rule.ts';

export const REFERENCE_RULES: readonly Rule[] = [
  {
    id: 'reference-unknown',
    title: 'What is referred to exists',
    severity: 'error',
    waivable: false,
    check: function* ({ blocks }) {
      for (const { path, text, allowed } of blockReferences(blocks)) {
        const [target = '', key] = text.split('#');
        const [type, name] = target.split('.') as [Referable, string];
        if (!allowed.includes(type)) {
          yield {
            path,
            message: `${pathText(path)} takes ${listed(allowed.map((one) => `${one}.<name>`))}, not ${text}`,
            remedy: suggest(name, allowed, blocks),
          };
        } else if (!Object.hasOwn(blocksOfType(blocks, type), name)) {
          yield {
            path,
            message: `unknown reference ${target}: there is no ${blockName(type)}.${name}`,
            remedy: suggest(name, [type], blocks),
          };
        } else if (key !== undefined && key !== '*' && !Object.hasOwn(blocks.secrets[name]!.keys, key)) {
          const keys = Object.keys(blocks.secrets[name]!.keys);
          yield {
            path,
            message: `unknown reference ${text}: secrets.${name} declares no key ${key}`,
            remedy: `write ${nearest(key, keys) ?? `one of ${keys.join(', ')}`}, or declare it: secrets.${name}.keys.${key}: {}`,
          };
        }
      }
    },
  },
  {
    id: 'secret-star',
    title: 'All keys of a secret get their own names',
    severity: 'error',
    waivable: false,
    check: function* ({ blocks }) {
      for (const { path, text } of blockReferences(blocks)) {
        const star = path.at(-1) === '*';
        if (text.endsWith('#*') && !star)
          yield {
            path,
            message: `${pathText(path)} is one variable, but ${text} means many`,
            remedy: 'name one key, or write "*": as the variable',
          };
        if (star && text.includes('#') && !text.endsWith('#*'))
          yield {
            path,
            message: `${pathText(path)} means many variables, but ${text} is one`,
            remedy: `write "*": ${text.split('#')[0]}#*`,
          };
      }
    },
  },
  {
    id: 'text-reference',
    title: 'Every ${…} has a meaning where it stands',
    severity: 'error',
    waivable: false,
    check: function* (context) {
      for (const found of context.references) {
        const finding = textFinding(found, context);
        if (finding) yield finding;
      }
    },
  },
];

function suggest(name: string, types: readonly Referable[], blocks: RuleContext['blocks']): string {
  const known = types.flatMap((type) => Object.keys(blocksOfType(blocks, type)).map((block) => `${type}.${block}`));
  const near = nearest(
    name,
    known.map((one) => one.split('.')[1]!),
  );
  const chosen = known.filter((one) => one.split('.')[1] === near);
  if (chosen.length > 0) return `write ${chosen[0]}`;
  return known.length > 0 ? `write ${listed(known)}` : `declare it under ${listed(types.map(blockName))}`;
}

function textFinding({ path, place, reference, source }: FoundReference, context: RuleContext): Finding | undefined {
  const finding = (message: string, remedy: string): Finding => ({
    path,
    message: `${pathText(path)}: ${message}`,
    remedy,
  });
  switch (reference.resolved) {
    case 'load':
      if (reference.name !== 'env.account' || context.account !== undefined) return undefined;
      return finding(
        `${source} is not known, environment ${context.environment} names no account`,
        `add environments.${context.environment}.account`,
      );
    case 'build':
      if (place === 'deploy-and-build') return undefined;
      return finding(`${source} is a variable of a build, and nothing is built here`, 'move it to buildEnv of a site');
    case 'deploy':
      if (place === 'text' || place === 'command')
        return finding(
          `${source} is known only after a deployment`,
          place === 'command'
            ? 'give it to the process as a variable under env'
            : 'use it in env, buildEnv or the default of a secret key',
        );
      return deployFinding(reference, source, context, finding);
    case 'never':
      if (
        place === 'command' &&
        !/^(?:project|title|env|ci|site|service|api|bucket|queue|bus|db)\b\./.test(reference.expression)
      )
        return undefined;
      return finding(`${source} means nothing`, meant(reference.expression));
  }
}

function deployFinding(
  { type, block, attribute }: Extract<TextReference, { resolved: 'deploy' }>,
  source: string,
  { blocks }: RuleContext,
  finding: (message: string, remedy: string) => Finding,
) {
  if (!Object.hasOwn(blocksOfType(blocks, type), block))
    return finding(`${source}: there is no ${blockName(type)}.${block}`, suggest(block, [type], blocks));
  const http = type === 'service' ? blocks.services[block]?.http : undefined;
  if (type === 'service' && !http)
    return finding(`${source}: services.${block} is a worker without http`, `add http to services.${block}`);
  if (attribute === 'domain' && http?.domain === undefined)
    return finding(
      `${source}: services.${block} has no domain`,
      `add services.${block}.http.domain, or use \${service.${block}.albHost}`,
    );
  return undefined;
}

function meant(expression: string): string {
  const [type = '', block = '', attribute = ''] = expression.split('.');
  const names = Object.hasOwn(DEPLOY_ATTRIBUTES, type)
    ? DEPLOY_ATTRIBUTES[type as keyof typeof DEPLOY_ATTRIBUTES].map((one) => `${type}.${block}.${one}`)
    : [];
  const near = nearest(expression, [...names, ...LOAD_NAMES]) ?? (attribute === '' ? undefined : names[0]);
  const literally = 'write $${ for the two characters ${';
  return near === undefined ? literally : `write \${${near}}; ${literally}`;
}
