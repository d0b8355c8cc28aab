import { defineTable } from '../../kernel/scope.ts';
import type { JsonObject } from './template/template.ts';

export interface CustomResponse {
  Status?: string;
  Reason?: string;
  PhysicalResourceId?: string;
  Data?: JsonObject;
  NoEcho?: boolean;
}

/** A request to somebody outside that is to be answered with a PUT to an address of the sandbox. */
export interface CallbackRow {
  token: string;
  account: string;
  region: string;
  stackId: string;
  logicalId: string;
  /** What the resource is called until the answer names it. */
  physicalId: string;
  requestType: 'Create' | 'Delete' | 'Update';
  response?: CustomResponse;
}

export interface SignalRow {
  handle: string;
  account: string;
  region: string;
  signals: { UniqueId: string; Status: string; Reason?: string; Data?: string }[];
}

/** Addresses carry nothing but a token, so they are looked for over all accounts. */
export const callbacks = defineTable<CallbackRow>('cloudformation.callbacks', 'partition');
export const waitHandles = defineTable<SignalRow>('cloudformation.wait-handles', 'partition');

export const CALLBACK_PATH = '/_cloudformation/custom-resource/';
export const WAIT_HANDLE_PATH = '/_cloudformation/wait-condition/';
