import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../app.ts';
import { edgeFunctionsOf } from '../edge-functions.ts';
import type { Built, NextOutput } from '../next-output.ts';
import type { AppSettings } from '../settings.ts';
import type { AddressedStack } from '../wiring.ts';

// biome-ignore lint/suspicious/noExplicitAny: template JSON
export type Json = any;

export interface Synthesized {
  stacks: AddressedStack[];
  /** By stack id. */
  templates: Record<string, Json>;
  /** The bytes that are uploaded, by stack id. */
  texts: Record<string, string>;
}

/** Builds and synthesizes into a folder that is gone afterwards. */
export function synthesize(settings: AppSettings): Synthesized {
  const outdir = mkdtempSync(join(tmpdir(), 'infra-'));
  try {
    const { app, stacks } = buildApp(settings, { outdir, codes: someCodes(settings), next: someNext(settings) });
    const assembly = app.synth();
    const texts = Object.fromEntries(
      stacks.map(({ id }) => [id, readFileSync(join(outdir, assembly.getStackArtifact(id).templateFile), 'utf8')]),
    );
    const templates = Object.fromEntries(Object.entries(texts).map(([id, text]) => [id, JSON.parse(text)]));
    return { stacks, templates, texts };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Some code for every function: nothing of it stands in a template but its hash, and nobody looks whether it is there. */
export const someCodes = (settings: Pick<AppSettings, 'functions' | 'sites'>): NonNullable<Built['codes']> =>
  Object.fromEntries(
    [...Object.keys(settings.functions), ...edgeFunctionsOf(settings).map(({ code }) => code)].map((name) => [
      name,
      { directory: `/code/${name}`, hash: 'c0de'.repeat(16) },
    ]),
  );

/** Properties of all resources of a type, in the template's order. */
export const resourcesOf = (template: Json, type: string): Json[] =>
  Object.values<Json>(template.Resources).filter((resource) => resource.Type === type);

export const propertiesOf = (template: Json, type: string): Json[] =>
  resourcesOf(template, type).map((resource) => resource.Properties);

/** What OpenNext makes of an application without anything special, for every site that is one. */
export const someNext = ({ sites }: Pick<AppSettings, 'sites'>): NonNullable<Built['next']> =>
  Object.fromEntries(
    Object.entries(sites).flatMap(([name, site]) =>
      site.kind === 'next'
        ? [[name, someOutput(site.warm ? { warmer: someOutput().revalidation! } : {})] as const]
        : [],
    ),
  );

export const someOutput = (changes: Partial<NextOutput> = {}): NextOutput => {
  const built = (name: string) => ({
    code: { directory: `/code/${name}`, hash: 'c0de'.repeat(16) },
    handler: 'index.handler',
    architecture: 'arm64' as const,
    streaming: false,
  });
  return {
    servers: { default: built('default') },
    images: built('images'),
    revalidation: built('revalidation'),
    behaviors: [
      { pattern: '_next/image*', origin: 'imageOptimizer' },
      { pattern: '_next/data/*', origin: 'default' },
      { pattern: '_next/*', origin: 's3' },
      { pattern: 'favicon.ico', origin: 's3' },
    ],
    fallback: 'default',
    prefixes: { assets: '_assets', cache: '_cache' },
    ...changes,
  };
};
