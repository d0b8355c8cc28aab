import { buildApp } from '../lib/app.ts';
import { chosenEnvironment, readEnvironment } from './environment.ts';

// What the cdk CLI runs: `npx cdk diff -c environment=<name>`.
// The CDK's validator warns of what these stacks do on purpose; CDK_VALIDATION=true asks it.
process.env.CDK_VALIDATION ??= 'false';
const { settings, built } = readEnvironment(chosenEnvironment());
const { app } = buildApp(settings, { outdir: process.env.CDK_OUTDIR ?? 'cdk.out', ...built });
app.synth();
