import { expect, it } from 'vitest';
import { conditionOf, type PipelineStage } from './pipeline-stages.ts';

const stage = (on: PipelineStage['on']): PipelineStage => ({
  environment: 'prod',
  on,
  planned: false,
  reviewers: [],
  requires: [],
});

it.each([
  [
    { branch: 'main' },
    "${{ inputs.environment == 'prod' || (github.event_name == 'push' && github.ref == 'refs/heads/main') }}",
  ],
  [
    // No more than a name, of a branch that nobody has.
    { branch: "x'||'1'=='1" },
    "${{ inputs.environment == 'prod' || (github.event_name == 'push' && github.ref == 'refs/heads/x''||''1''==''1') }}",
  ],
  [{ tag: "v'*" }, "${{ inputs.environment == 'prod' || startsWith(github.ref, 'refs/tags/v''') }}"],
  [{ dispatch: true as const }, "${{ inputs.environment == 'prod' }}"],
])('%j starts a job by a condition that says no more than that', (on, condition) => {
  expect(conditionOf(stage(on))).toBe(condition);
});
