import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../app.ts';
import { type Codes, edgeFunctionsOf } from '../edge-functions.ts';
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
    const { app, stacks } = buildApp(settings, { outdir, codes: someCodes(settings) });
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
export const someCodes = (settings: Pick<AppSettings, 'functions' | 'sites'>): Codes =>
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
