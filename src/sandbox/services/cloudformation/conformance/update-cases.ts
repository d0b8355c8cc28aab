import { RECORDED_ATTRIBUTES } from './recorded/attributes.ts';
import { RECORDED_CONDITIONS } from './recorded/conditions.ts';
import { RECORDED_GET_ATT } from './recorded/get-att.ts';
import { RECORDED_JOIN } from './recorded/join.ts';
import { RECORDED_MAPPINGS } from './recorded/mappings.ts';
import { RECORDED_PARAMETERS } from './recorded/parameters.ts';
import { RECORDED_REF } from './recorded/ref.ts';
import { RECORDED_SUB } from './recorded/sub.ts';
import { RECORDED_VALUES } from './recorded/values.ts';
import type { RecordedUpdate } from './recorded-update.ts';
import type { UpdateTemplates } from './templates.ts';
import { FUNCTIONS } from './updates/functions.ts';
import { MAPPINGS } from './updates/mappings.ts';
import { REFERENCES } from './updates/references.ts';
import { VALUES } from './updates/values.ts';

export const RECORDED_UPDATES: Readonly<Record<string, RecordedUpdate>> = {
  ...RECORDED_ATTRIBUTES,
  ...RECORDED_CONDITIONS,
  ...RECORDED_GET_ATT,
  ...RECORDED_JOIN,
  ...RECORDED_MAPPINGS,
  ...RECORDED_PARAMETERS,
  ...RECORDED_REF,
  ...RECORDED_SUB,
  ...RECORDED_VALUES,
};

export const UPDATE_TEMPLATES: Readonly<Record<string, UpdateTemplates>> = {
  ...FUNCTIONS,
  ...MAPPINGS,
  ...REFERENCES,
  ...VALUES,
};

/** Recorded updates that the sandbox answers otherwise, with the reason. */
export const DIFFERENT_UPDATES: Readonly<Record<string, string>> = {
  'v2/test_change_sets.py::TestCaptureUpdateProcess::test_unrelated_changes_requires_replacement':
    'the recording lacks the DELETE events of the replaced resource, which all other recordings of a replacement have',
};
