// The same stacks for the cdk CLI. What platform carries between stacks as parameter values, CloudFormation carries here
// as exports, which is how the cdk CLI does it; everything else is the same templates.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const { buildApp } = await import('../../../dist/infra/app.js');
const { settings, values } = JSON.parse(readFileSync(process.env.PEER_SETTINGS, 'utf8'));
const outdir = process.env.CDK_OUTDIR;
const { app, stacks } = buildApp(settings, { outdir });
const assembly = app.synth();

const nameOf = new Map(stacks.map(({ id, stackName }) => [id, stackName]));
for (const { stackName, id, after, parameters } of stacks) {
  const artifact = assembly.getStackByName(stackName);
  const file = join(outdir, artifact.templateFile);
  const template = JSON.parse(readFileSync(file, 'utf8'));
  const given = new Map(Object.entries(parameters).map(([name, source]) => [name, valueFor(id, name, source)]));
  const { Parameters: _, ...rest } = template;
  const filled = JSON.parse(JSON.stringify(rest), (_key, node) =>
    isRef(node) && given.has(node.Ref) ? given.get(node.Ref) : node,
  );
  for (const [name, output] of Object.entries(filled.Outputs ?? {})) output.Export = { Name: `${stackName}-${name}` };
  writeFileSync(file, JSON.stringify(filled, undefined, 1));
  addOrder(id, after);
}

function valueFor(id, name, source) {
  if (source.from === 'stack') return { 'Fn::ImportValue': `${nameOf.get(source.stack)}-${source.output}` };
  if (source.from === 'value' || source.from === 'first') return source.value;
  const value = values[`${id}.${name}`];
  if (value === undefined) throw new Error(`nothing gives ${name} of ${id}`);
  return value;
}

function isRef(node) {
  return typeof node === 'object' && node !== null && Object.keys(node).length === 1 && typeof node.Ref === 'string';
}

/** The cdk CLI deploys in the order of the assembly's dependencies. */
function addOrder(id, after) {
  const file = join(outdir, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  manifest.artifacts[id].dependencies = [...(manifest.artifacts[id].dependencies ?? []), ...after];
  writeFileSync(file, JSON.stringify(manifest, undefined, 1));
}
