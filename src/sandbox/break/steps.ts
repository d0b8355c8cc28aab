import type { Bench } from './bench.ts';
import type { StepInput, StepName } from './break-steps.ts';
import { call } from './steps/call.ts';
import { requestCertificate } from './steps/certificates.ts';
import { answers, container, forgetContainer, writeLog } from './steps/containers.ts';
import { edgeCalls } from './steps/edges.ts';
import { fault, forgetFaults, noCapacity, setQuota } from './steps/faults.ts';
import { emptyBucket, fillBucket, fillQueue } from './steps/fill.ts';
import { functionCalls, writeLines } from './steps/functions.ts';
import { pushImage } from './steps/images.ts';
import { closeEgress, closeIngress, leaveInterface, takeRoute } from './steps/network.ts';
import { deleteRole, takeRight } from './steps/roles.ts';
import { removeSecretKey, setSecretKey } from './steps/secrets.ts';
import { changeStack, exportOutput, stackUnderWay } from './steps/stacks.ts';
import { giveBack } from './taken.ts';

/** What each step does; answers with what it did, as a sentence. */
export const STEPS: { readonly [N in StepName]: (input: StepInput<N>, bench: Bench) => string | Promise<string> } = {
  call,
  'remove-secret-key': removeSecretKey,
  'set-secret-key': setSecretKey,
  container,
  'write-log': writeLog,
  'write-lines': writeLines,
  'function-calls': functionCalls,
  'edge-calls': edgeCalls,
  'forget-container': forgetContainer,
  answers,
  'take-route': takeRoute,
  'close-egress': closeEgress,
  'close-ingress': closeIngress,
  'leave-interface': leaveInterface,
  'request-certificate': requestCertificate,
  'take-right': takeRight,
  'delete-role': deleteRole,
  'give-back': giveBack,
  'push-image': pushImage,
  'empty-bucket': emptyBucket,
  'fill-bucket': fillBucket,
  'fill-queue': fillQueue,
  'change-stack': changeStack,
  'export-output': exportOutput,
  'stack-under-way': stackUnderWay,
  'pass-time': ({ seconds }) => `${seconds} seconds pass`,
  'no-capacity': noCapacity,
  'set-quota': setQuota,
  fault,
  'forget-faults': forgetFaults,
};
