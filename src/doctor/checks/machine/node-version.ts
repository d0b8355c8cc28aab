import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { isAtLeast, NEEDED_NODE } from '../../../domain/node-version.ts';
import type { Check } from '../../check.ts';
import { type Finding, ok, sick } from '../../finding.ts';

export const nodeVersion: Check = {
  id: 'node-version',
  title: 'Node is new enough',
  group: 'this machine',
  run: async () => nodeFinding(process.versions.node),
};

export const nodeFinding = (version: string): Finding =>
  isAtLeast(version, NEEDED_NODE)
    ? ok(version)
    : sick({
        severity: 'error',
        detail: `this is Node ${version}, and platform needs ${NEEDED_NODE} or newer`,
        evidence: [evidenceOf('node', 'process.versions.node', version)],
        remedy:
          'install Node 24 (https://nodejs.org), or run platform through npx in a project that depends on node@24',
        failure: 'F-149',
      });
