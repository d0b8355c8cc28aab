import type { ResourceStatus, StackStatus } from '@aws-sdk/client-cloudformation';
import { defineTable, type Scope } from '../../kernel/scope.ts';
import type { Table } from '../../kernel/store.ts';
import type { ParameterValue } from './template/parameter-values.ts';
import type { JsonObject } from './template/template.ts';

export interface Tag {
  Key: string;
  Value: string;
}

/** What a stack is asked to be: everything that an update may change. */
export interface Deployment {
  /** Digest under which the text is kept. */
  template: string;
  /** The text before its includes were put in, when it has any. */
  original?: string;
  parameters: ParameterValue[];
  tags: Tag[];
  capabilities: string[];
  notificationArns: string[];
  description?: string;
  /** Parameters whose values never come out again. */
  noEcho: string[];
}

export interface OutputRow {
  key: string;
  value: string;
  description?: string;
  exportName?: string;
}

export interface StackRow {
  id: string;
  name: string;
  status: StackStatus;
  statusReason?: string;
  createdAt: number;
  updatedAt?: number;
  deletedAt?: number;
  /** What it is, or is becoming. */
  deployment: Deployment;
  /** What a rollback returns to; absent when the stack stands still, or was never complete. */
  stable?: Deployment;
  outputs: OutputRow[];
  /** Outputs of the deployment to return to. */
  stableOutputs?: OutputRow[];
  imports: string[];
  roleArn?: string;
  disableRollback: boolean;
  terminationProtection: boolean;
  timeoutMinutes?: number;
  rollbackConfiguration?: JsonObject;
  changeSetId?: string;
  lastOperation?: {
    id: string;
    type: 'CONTINUE_ROLLBACK' | 'CREATE_STACK' | 'DELETE_STACK' | 'ROLLBACK' | 'UPDATE_STACK';
  };
  /** Of the newest request that began or broke off a change: the same request again begins nothing. */
  lastToken?: string;
  parentId?: string;
  rootId?: string;
  policy?: string;
  /** Holds instead of the policy until the update at hand is over. */
  policyDuringUpdate?: string;
  drift?: { status: 'DRIFTED' | 'IN_SYNC'; checkedAt: number };
  /** Who acts when CloudFormation calls other services. */
  endpoint: string;
  principal: string;
}

export type RemovalPolicy = 'Delete' | 'Retain' | 'RetainExceptOnCreate' | 'Snapshot';

/** A resource as it is in its service, as far as the stack knows. */
export interface Incarnation {
  physicalId?: string;
  properties: JsonObject;
  attributes: JsonObject;
  dependsOn: string[];
  deletionPolicy: RemovalPolicy;
  metadata?: JsonObject;
  /** Properties whose value comes from other resources. */
  borrowed?: string[];
  /** Digest of the stack's tags when they were last applied. */
  tags?: string;
}

export interface Step {
  operation: string;
  action: 'create' | 'delete' | 'import' | 'none' | 'recreate' | 'replace' | 'rollback' | 'update';
  state: 'cancelled' | 'done' | 'failed' | 'running';
  /** The `RequestToken` of the resource handler; a timer of another token comes too late. */
  token: string;
  /** The physical resource that a replacement leaves behind. */
  replaces?: Incarnation;
  /** What it leaves behind stays for ever. */
  keepsOld?: boolean;
  /** What is replaced leaves a snapshot before it goes. */
  snapshotsOld?: boolean;
}

export interface ResourceRow extends Incarnation {
  logicalId: string;
  type: string;
  status: ResourceStatus;
  statusReason?: string;
  updatedAt: number;
  step?: Step;
  /** As it was when the stack last stood still; null when it did not exist then. */
  before?: Incarnation | null;
  drift?: ResourceDriftRow;
  /** Found deleted behind the stack's back by a change set that is to make it again. */
  lost?: true;
}

/** How a change set that reverts drift found a resource. */
export interface DriftedRow {
  status: ResourceDriftRow['status'];
  /** The properties that the template speaks of, as they are. */
  actual?: JsonObject;
}

export interface ResourceDriftRow {
  status: 'DELETED' | 'IN_SYNC' | 'MODIFIED' | 'NOT_CHECKED';
  checkedAt: number;
  /** SDK shapes. */
  differences: {
    PropertyPath: string;
    ExpectedValue: string;
    ActualValue: string;
    DifferenceType: 'ADD' | 'NOT_EQUAL' | 'REMOVE';
  }[];
  expected?: JsonObject;
  actual?: JsonObject;
}

export interface DriftDetectionRow {
  id: string;
  stackId: string;
  status: 'DRIFTED' | 'IN_SYNC';
  drifted: number;
  at: number;
}

/** A physical resource that the stack no longer wants: what a replacement or a removed resource leaves behind. */
export interface LeftoverRow extends Incarnation {
  id: string;
  logicalId: string;
  type: string;
  /** Kept for ever, by its policy. */
  keep: boolean;
  /** Leaves a snapshot before it goes, by its policy. */
  snapshot: boolean;
  /** The logical resource itself is gone, not only an incarnation of it. */
  removed: boolean;
  attempts: number;
  state: 'done' | 'failed' | 'running' | 'waiting';
  token?: string;
}

export interface EventRow {
  id: string;
  logicalId: string;
  physicalId: string;
  type: string;
  status: string;
  reason?: string;
  properties?: string;
  at: number;
  token?: string;
  operation?: string;
}

export interface OperationRow {
  id: string;
  stackId: string;
  kind: 'create' | 'create-rollback' | 'delete' | 'update' | 'update-rollback';
  phase: 'cleanup' | 'work';
  clientToken?: string;
  startedAt: number;
  /** Logical ids by what they failed at. */
  failed: { create: string[]; update: string[]; delete: string[] };
  onFailure: 'DELETE' | 'DO_NOTHING' | 'ROLLBACK';
  /** Resources that a delete leaves alone, or that a rollback skips. */
  spared: string[];
  retainExceptOnCreate: boolean;
  /** Resources that a change set of type IMPORT brings in, with their identifiers. */
  imports?: Record<string, JsonObject>;
  /** Nothing but imports: the stack ends in IMPORT_COMPLETE. */
  importing?: boolean;
  changeSetId?: string;
  /** Where a cancelled deletion leads back to. */
  returnTo?: StackStatus;
}

export interface ChangeSetRow {
  id: string;
  name: string;
  stackId: string;
  stackName: string;
  kind: 'CREATE' | 'IMPORT' | 'UPDATE';
  description?: string;
  /** Of the request that made it, and of the one that executed it: either may be sent again. */
  clientToken?: string;
  executionToken?: string;
  status: 'CREATE_COMPLETE' | 'FAILED';
  statusReason?: string;
  executionStatus:
    | 'AVAILABLE'
    | 'EXECUTE_COMPLETE'
    | 'EXECUTE_FAILED'
    | 'EXECUTE_IN_PROGRESS'
    | 'OBSOLETE'
    | 'UNAVAILABLE';
  createdAt: number;
  deployment: Deployment;
  roleArn?: string;
  rollbackConfiguration?: JsonObject;
  includeNestedStacks: boolean;
  importExistingResources: boolean;
  onStackFailure?: 'DELETE' | 'DO_NOTHING' | 'ROLLBACK';
  /** SDK shapes, as `DescribeChangeSet` answers them without and with property values. */
  changes: JsonObject[];
  changesWithValues: JsonObject[];
  valuesWarning?: string;
  validationErrors?: ValidationErrorRow[];
  imports?: Record<string, JsonObject>;
  /** By logical id, when it is to revert drift. */
  drifted?: Record<string, DriftedRow>;
  parentId?: string;
  rootId?: string;
}

export interface ValidationErrorRow {
  id: string;
  name: 'NAME_CONFLICT_VALIDATION' | 'PROPERTY_VALIDATION';
  logicalId: string;
  type: string;
  reason: string;
  path: string;
  at: number;
}

export interface ExportRow {
  name: string;
  value: string;
  stackId: string;
}

export const stacks = defineTable<StackRow>('cloudformation.stacks');
/** The living stack of each name. */
export const stackNames = defineTable<string>('cloudformation.stack-names');
export const templates = defineTable<{ text: string }>('cloudformation.templates');
export const operations = defineTable<OperationRow>('cloudformation.operations');
export const changeSets = defineTable<ChangeSetRow>('cloudformation.change-sets');
/** What `SignalResource` brought, by stack and resource. */
export const signals = defineTable<{ uniqueId: string; status: string }[]>('cloudformation.signals');
export const driftDetections = defineTable<DriftDetectionRow>('cloudformation.drift-detections');
export const exported = defineTable<ExportRow>('cloudformation.exports');

/** What belongs to one stack is kept apart, so that nothing ever has to look through all of it. */
const ofStack =
  <Row>(name: string) =>
  ({ world }: Scope, stackId: string): Table<Row> =>
    world.store.table<Row>(name, stackId);

export const resourcesOf = ofStack<ResourceRow>('cloudformation.resources');
export const leftoversOf = ofStack<LeftoverRow>('cloudformation.leftovers');
export const eventsOf = ofStack<EventRow>('cloudformation.events');
