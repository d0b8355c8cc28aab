import { EventBridgeClient, TestEventPatternCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';
import { eventPattern } from './event-pattern.ts';

/**
 * Titles name the recording: TestEventPattern::test_event_pattern[…] (LocalStack's suite,
 * tests/aws/services/events/test_events_patterns.py). `_NEG` are events that do not match, `_EXC` patterns that are
 * refused; patterns and events are our own. AWS adds the place in the source to a refusal, the sandbox does not.
 */
type Json = unknown;

const MATCHES: [recording: string, pattern: Json, event: Json][] = [
  ['minimal', { source: ['shop'] }, { source: 'shop' }],
  [
    'sample1',
    { source: ['aws.ec2'], detail: { state: ['stopped'] } },
    { source: 'aws.ec2', detail: { state: 'stopped' } },
  ],
  ['string', { a: ['x'] }, { a: 'x' }],
  ['string_empty', { a: [''] }, { a: '' }],
  ['boolean', { a: [true] }, { a: true }],
  ['null_value', { a: [null] }, { a: null }],
  ['arrays', { a: ['x', 'y'] }, { a: ['w', 'y'] }],
  ['prefix', { a: [{ prefix: 'x' }] }, { a: 'xy' }],
  ['number_comparison_float', { a: [{ numeric: ['=', 1.5] }] }, { a: 1.5 }],
  ['numeric-int-float', { a: [{ numeric: ['=', 1] }] }, { a: 1.0 }],
  ['list_within_dict', { a: { b: ['x'] } }, { a: [{ b: 'y' }, { b: 'x' }] }],
  ['operator_multiple_list', { a: [{ prefix: 'x' }, { suffix: 'z' }] }, { a: ['yz'] }],
  ['complex_multi_match', { a: { b: ['x'], c: [1] } }, { a: [{ b: 'x', c: 1 }] }],
  ['complex_many_rules', { a: ['x'], b: [{ exists: true }], c: [{ numeric: ['<', 3] }] }, { a: 'x', b: 0, c: 2 }],
  ['complex_or', { $or: [{ a: ['x'] }, { b: ['y'] }] }, { a: 'z', b: 'y' }],
  ['or-exists', { $or: [{ a: [{ exists: false }] }, { a: ['x'] }] }, { b: 1 }],
  ['or-exists-parent', { a: { $or: [{ b: [{ exists: true }] }, { c: [{ exists: true }] }] } }, { a: { c: 1 } }],
  ['or-anything-but', { $or: [{ a: [{ 'anything-but': 'x' }] }, { b: ['y'] }] }, { a: 'z' }],
  [
    'or-numeric-anything-but',
    { $or: [{ a: [{ numeric: ['>', 5] }] }, { b: [{ 'anything-but': 'x' }] }] },
    { a: 1, b: 'y' },
  ],
  ['dot_joining_event', { a: { b: ['x'] } }, { 'a.b': 'x' }],
  ['dot_joining_pattern', { 'a.b': ['x'] }, { a: { b: 'x' } }],
  ['dynamodb', { dynamodb: { NewImage: { id: { S: ['1'] } } } }, { dynamodb: { NewImage: { id: { S: '1' } } } }],
  [
    'exists_dynamodb',
    { dynamodb: { NewImage: { id: { S: [{ exists: true }] } } } },
    { dynamodb: { NewImage: { id: { S: '1' } } } },
  ],
  ['exists_list_empty', { a: [{ exists: false }] }, { a: [] }],
  ['content_exists', { a: [{ exists: true }] }, { a: 'x' }],
  ['content_exists_false', { a: [{ exists: false }] }, { b: 'x' }],
  ['content_prefix', { a: [{ prefix: 'x' }] }, { a: 'xyz' }],
  ['content_prefix_empty', { a: [{ prefix: '' }] }, { a: 'xyz' }],
  ['content_prefix_ignorecase', { a: [{ prefix: { 'equals-ignore-case': 'X' } }] }, { a: 'xyz' }],
  ['content_suffix', { a: [{ suffix: 'z' }] }, { a: 'xyz' }],
  ['content_suffix_empty', { a: [{ suffix: '' }] }, { a: 'xyz' }],
  ['content_suffix_ignorecase', { a: [{ suffix: { 'equals-ignore-case': '.PNG' } }] }, { a: 'a.png' }],
  ['content_ignorecase', { a: [{ 'equals-ignore-case': 'Xy' }] }, { a: 'xY' }],
  ['content_ignorecase_empty', { a: [{ 'equals-ignore-case': '' }] }, { a: '' }],
  ['content_numeric_and', { a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 5 }],
  ['content_ip_address', { a: [{ cidr: '10.0.0.0/24' }] }, { a: '10.0.0.77' }],
  ['content_ip_address_v6', { a: [{ cidr: '2001:db8::/32' }] }, { a: '2001:db8::1' }],
  ['content_wildcard_simplified', { a: [{ wildcard: '*' }] }, { a: 'x' }],
  ['content_wildcard_nonrepeating', { a: [{ wildcard: 'x*z' }] }, { a: 'xyz' }],
  ['content_wildcard_repeating', { a: [{ wildcard: 'arn:*:events:*' }] }, { a: 'arn:aws:events:eu' }],
  ['content_anything_but_string', { a: [{ 'anything-but': 'x' }] }, { a: 'y' }],
  ['content_anything_but_string_null', { a: [{ 'anything-but': 'x' }] }, { a: null }],
  ['content_anything_but_string_list', { a: [{ 'anything-but': ['x', 'y'] }] }, { a: 'z' }],
  ['content_anything_but_string_list_null', { a: [{ 'anything-but': ['x', 'y'] }] }, { a: null }],
  ['content_anything_but_number', { a: [{ 'anything-but': 1 }] }, { a: 2 }],
  ['content_anything_but_number_zero', { a: [{ 'anything-but': 0 }] }, { a: 1 }],
  ['content_anything_but_number_list', { a: [{ 'anything-but': [1, 2] }] }, { a: 3 }],
  ['content_anything_but_ignorecase', { a: [{ 'anything-but': { 'equals-ignore-case': 'x' } }] }, { a: 'y' }],
  ['content_anything_but_ignorecase_null', { a: [{ 'anything-but': { 'equals-ignore-case': 'x' } }] }, { a: null }],
  [
    'content_anything_but_ignorecase_list',
    { a: [{ 'anything-but': { 'equals-ignore-case': ['x', 'y'] } }] },
    { a: 'z' },
  ],
  [
    'content_anything_but_ignorecase_list_null',
    { a: [{ 'anything-but': { 'equals-ignore-case': ['x', 'y'] } }] },
    { a: null },
  ],
  ['content_anything_prefix', { a: [{ 'anything-but': { prefix: 'x' } }] }, { a: 'yx' }],
  ['content_anything_prefix_null', { a: [{ 'anything-but': { prefix: 'x' } }] }, { a: null }],
  ['content_anything_prefix_int_value', { a: [{ 'anything-but': { prefix: 'x' } }] }, { a: 1 }],
  ['content_anything_prefix_list', { a: [{ 'anything-but': { prefix: ['x', 'y'] } }] }, { a: 'z' }],
  ['content_anything_prefix_list_null', { a: [{ 'anything-but': { prefix: ['x', 'y'] } }] }, { a: null }],
  ['content_anything_prefix_list_int', { a: [{ 'anything-but': { prefix: ['x', 'y'] } }] }, { a: 1 }],
  ['content_anything_suffix', { a: [{ 'anything-but': { suffix: 'x' } }] }, { a: 'xy' }],
  ['content_anything_suffix_null', { a: [{ 'anything-but': { suffix: 'x' } }] }, { a: null }],
  ['content_anything_suffix_list', { a: [{ 'anything-but': { suffix: ['x', 'y'] } }] }, { a: 'z' }],
  ['content_anything_suffix_list_null', { a: [{ 'anything-but': { suffix: ['x', 'y'] } }] }, { a: null }],
  ['content_anything_wildcard', { a: [{ 'anything-but': { wildcard: '*/x/*' } }] }, { a: 'a/y/b' }],
  ['content_anything_wildcard_empty', { a: [{ 'anything-but': { wildcard: '' } }] }, { a: 'x' }],
  ['content_anything_wildcard_null', { a: [{ 'anything-but': { wildcard: '*x' } }] }, { a: null }],
  ['content_anything_wildcard_int', { a: [{ 'anything-but': { wildcard: '*x' } }] }, { a: 1 }],
  ['content_anything_wildcard_list', { a: [{ 'anything-but': { wildcard: ['*x', '*y'] } }] }, { a: 'z' }],
  ['content_anything_wildcard_list_null', { a: [{ 'anything-but': { wildcard: ['*x', '*y'] } }] }, { a: null }],
];

const DIFFERS: [recording: string, pattern: Json, event: Json][] = [
  ['boolean_NEG', { a: [true] }, { a: 'true' }],
  ['null_value_NEG', { a: [null] }, { a: 'null' }],
  ['arrays_NEG', { a: ['x'] }, { a: ['y', 'z'] }],
  ['arrays_empty_null_NEG', { a: [null] }, { a: [] }],
  ['key_case_sensitive_NEG', { A: ['x'] }, { a: 'x' }],
  ['nested_json_NEG', { a: { b: ['x'] } }, { a: '{"b":"x"}' }],
  [
    'complex_multi_match_NEG',
    { a: { b: ['x'], c: [1] } },
    {
      a: [
        { b: 'x', c: 2 },
        { b: 'y', c: 1 },
      ],
    },
  ],
  ['complex_or_NEG', { $or: [{ a: ['x'] }, { b: ['y'] }] }, { a: 'y', b: 'x' }],
  [
    'or-numeric-anything-but_NEG',
    { $or: [{ a: [{ numeric: ['>', 5] }] }, { b: [{ 'anything-but': 'x' }] }] },
    { a: 1, b: 'x' },
  ],
  ['dot_joining_event_NEG', { a: { b: ['x'] } }, { 'a.c': 'x' }],
  ['dot_joining_pattern_NEG', { 'a.b': ['x'] }, { a: { c: 'x' } }],
  [
    'exists_dynamodb_NEG',
    { dynamodb: { NewImage: { id: { S: [{ exists: true }] } } } },
    { dynamodb: { NewImage: { id: { N: '1' } } } },
  ],
  ['exists_list_empty_NEG', { a: [{ exists: true }] }, { a: [] }],
  ['numeric-string_NEG', { a: [{ numeric: ['=', 1] }] }, { a: '1' }],
  ['numeric-null_NEG', { a: [{ numeric: ['=', 0] }] }, { a: null }],
  ['content_exists_NEG', { a: [{ exists: true }] }, { b: 'x' }],
  ['content_exists_false_NEG', { a: [{ exists: false }] }, { a: 'x' }],
  ['content_prefix_NEG', { a: [{ prefix: 'y' }] }, { a: 'xyz' }],
  ['content_suffix_NEG', { a: [{ suffix: 'y' }] }, { a: 'xyz' }],
  ['content_suffix_ignorecase_NEG', { a: [{ suffix: { 'equals-ignore-case': '.PNG' } }] }, { a: 'a.jpg' }],
  ['content_ignorecase_NEG', { a: [{ 'equals-ignore-case': 'xy' }] }, { a: 'xyz' }],
  ['content_ignorecase_empty_NEG', { a: [{ 'equals-ignore-case': '' }] }, { a: 'x' }],
  ['content_numeric_and_NEG', { a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 6 }],
  ['content_ip_address_NEG', { a: [{ cidr: '10.0.0.0/24' }] }, { a: '10.0.1.1' }],
  ['content_ip_address_v6_NEG', { a: [{ cidr: '2001:db8::/32' }] }, { a: '2001:db9::1' }],
  ['content_ip_address_bad_type_NEG', { a: [{ cidr: '10.0.0.0/24' }] }, { a: 10 }],
  ['content_wildcard_nonrepeating_NEG', { a: [{ wildcard: 'x*z' }] }, { a: 'xy' }],
  ['content_wildcard_repeating_NEG', { a: [{ wildcard: 'arn:*:events:*' }] }, { a: 'arn:aws:sqs:eu' }],
  ['content_wildcard_empty_NEG', { a: [{ wildcard: '' }] }, { a: 'x' }],
  ['content_anything_but_string_NEG', { a: [{ 'anything-but': 'x' }] }, { a: 'x' }],
  ['content_anything_but_string_missing_NEG', { a: [{ 'anything-but': 'x' }] }, { b: 'y' }],
  ['content_anything_but_string_list_NEG', { a: [{ 'anything-but': ['x', 'y'] }] }, { a: 'y' }],
  ['content_anything_but_string_list_missing_NEG', { a: [{ 'anything-but': ['x'] }] }, {}],
  ['content_anything_but_number_NEG', { a: [{ 'anything-but': 1 }] }, { a: 1 }],
  ['content_anything_but_number_list_NEG', { a: [{ 'anything-but': [1, 2] }] }, { a: 2 }],
  ['content_anything_but_ignorecase_NEG', { a: [{ 'anything-but': { 'equals-ignore-case': 'x' } }] }, { a: 'X' }],
  ['content_anything_but_ignorecase_missing_NEG', { a: [{ 'anything-but': { 'equals-ignore-case': 'x' } }] }, {}],
  [
    'content_anything_but_ignorecase_list_NEG',
    { a: [{ 'anything-but': { 'equals-ignore-case': ['x', 'y'] } }] },
    { a: 'Y' },
  ],
  [
    'content_anything_but_ignorecase_list_missing_NEG',
    { a: [{ 'anything-but': { 'equals-ignore-case': ['x'] } }] },
    {},
  ],
  ['content_anything_prefix_NEG', { a: [{ 'anything-but': { prefix: 'x' } }] }, { a: 'xy' }],
  ['content_anything_prefix_missing_NEG', { a: [{ 'anything-but': { prefix: 'x' } }] }, {}],
  ['content_anything_prefix_list_NEG', { a: [{ 'anything-but': { prefix: ['x', 'y'] } }] }, { a: 'yz' }],
  ['content_anything_prefix_list_missing_NEG', { a: [{ 'anything-but': { prefix: ['x'] } }] }, {}],
  ['content_anything_suffix_NEG', { a: [{ 'anything-but': { suffix: 'y' } }] }, { a: 'xy' }],
  ['content_anything_suffix_missing_NEG', { a: [{ 'anything-but': { suffix: 'y' } }] }, {}],
  ['content_anything_suffix_list_NEG', { a: [{ 'anything-but': { suffix: ['x', 'y'] } }] }, { a: 'zy' }],
  ['content_anything_suffix_list_missing_NEG', { a: [{ 'anything-but': { suffix: ['x'] } }] }, {}],
  ['content_anything_wildcard_NEG', { a: [{ 'anything-but': { wildcard: '*/x/*' } }] }, { a: 'a/x/b' }],
  ['content_anything_wildcard_missing_NEG', { a: [{ 'anything-but': { wildcard: '*x' } }] }, {}],
  ['content_anything_wildcard_list_NEG', { a: [{ 'anything-but': { wildcard: ['*x', '*y'] } }] }, { a: 'ay' }],
  ['content_anything_wildcard_list_missing_NEG', { a: [{ 'anything-but': { wildcard: ['*x'] } }] }, {}],
];

const AFFIX = 'prefix/suffix match pattern must be a string';
const WILDCARD = 'wildcard match pattern must be a string';
const BUT = 'Value of anything-but must be an array or single string/number value.';
const FOLDED = 'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.';
const but = (inner: Json) => ({ a: [{ 'anything-but': inner }] });
const REFUSED: [recording: string, pattern: Json, reason: string][] = [
  ['int_nolist_EXC', { int: 42 }, '"int" must be an object or an array'],
  ['string_nolist_EXC', { string: 'x' }, '"string" must be an object or an array'],
  ['arrays_empty_EXC', { a: [] }, 'Empty arrays are not allowed'],
  ['operator_case_sensitive_EXC', { a: [{ EXISTS: true }] }, 'Unrecognized match type EXISTS'],
  ['content_numeric_operatorcasing_EXC', { a: [{ NUMERIC: ['=', 5] }] }, 'Unrecognized match type NUMERIC'],
  ['content_numeric_EXC', { a: [{ numeric: ['>', 0, '>', 0] }] }, 'Bad numeric range operator: >'],
  ['content_numeric_syntax_EXC', { a: [{ numeric: ['>', 0, '<'] }] }, 'Value of < must be numeric'],
  ['content_numeric_number_EXC', { a: [{ numeric: 10 }] }, 'Value of numeric must be an array.'],
  ['content_prefix_int_EXC', { a: [{ prefix: 1 }] }, 'prefix match pattern must be a string'],
  ['content_prefix_list_EXC', { a: [{ prefix: ['x'] }] }, 'prefix match pattern must be a string'],
  ['content_suffix_int_EXC', { a: [{ suffix: 1 }] }, 'suffix match pattern must be a string'],
  ['content_suffix_list_EXC', { a: [{ suffix: ['x'] }] }, 'suffix match pattern must be a string'],
  [
    'content_ignorecase_EXC',
    { a: [{ 'equals-ignore-case': ['x'] }] },
    'equals-ignore-case match pattern must be a string',
  ],
  [
    'content_ignorecase_list_EXC',
    { a: [{ 'equals-ignore-case': { prefix: 'x' } }] },
    'equals-ignore-case match pattern must be a string',
  ],
  ['content_ip_address_EXC', { a: [{ cidr: '10.0.0.0' }] }, "Malformed CIDR, one '/' required"],
  ['content_ip_address_bad_mask_EXC', { a: [{ cidr: '10.0.0.0/xx' }] }, 'Malformed CIDR, mask bits must be an integer'],
  ['content_ip_address_bad_ip_EXC', { a: [{ cidr: 'xx.11.xx/8' }] }, 'Nonstandard IP address: xx.11.xx'],
  ['content_ip_address_v6_bad_ip_EXC', { a: [{ cidr: 'xxxx:db8::/32' }] }, 'Nonstandard IP address: xxxx:db8::'],
  ['content_ip_address_type_EXC', { a: [{ cidr: ['x'] }] }, 'prefix match pattern must be a string'],
  ['content_wildcard_int_EXC', { a: [{ wildcard: 1 }] }, WILDCARD],
  ['content_wildcard_list_EXC', { a: [{ wildcard: ['x'] }] }, WILDCARD],
  ['content_wildcard_repeating_star_EXC', { a: [{ wildcard: 'ab**' }] }, 'Consecutive wildcard characters at pos 3'],
  ['content_anything_but_string_null_type_EXC', but(null), BUT],
  [
    'content_anything_but_string_list_null_type_EXC',
    but([null]),
    'Inside anything but list, start|null|boolean is not supported.',
  ],
  ['content_anything_but_ignorecase_EXC', but({ 'equals-ignore-case': 1 }), FOLDED],
  ['content_anything_but_ignorecase_list_EXC', but({ 'equals-ignore-case': [1] }), FOLDED],
  ['content_anything_prefix_int_EXC', but({ prefix: 1 }), AFFIX],
  ['content_anything_prefix_empty_EXC', but({ prefix: '' }), 'Null prefix/suffix not allowed'],
  ['content_anything_prefix_list_type_EXC', but({ prefix: [1, 'x'] }), AFFIX],
  ['content_anything_prefix_ignorecase_EXC', but({ prefix: { 'equals-ignore-case': 'x' } }), BUT],
  ['content_anything_suffix_int_EXC', but({ suffix: 1 }), AFFIX],
  ['content_anything_suffix_empty_EXC', but({ suffix: '' }), 'Null prefix/suffix not allowed'],
  ['content_anything_suffix_list_type_EXC', but({ suffix: [1, 'x'] }), AFFIX],
  ['content_anything_suffix_list_null_type_EXC', but({ suffix: [null, 'x'] }), AFFIX],
  ['content_anything_suffix_ignorecase_EXC', but({ suffix: { 'equals-ignore-case': 'x' } }), BUT],
  ['content_anything_wildcard_type_EXC', but({ wildcard: 1 }), WILDCARD],
  ['content_anything_wildcard_list_type_EXC', but({ wildcard: [1, 'x'] }), WILDCARD],
];

describe('equal', () => {
  it.each(MATCHES)('%s', (_, pattern, event) => {
    expect(eventPattern(JSON.stringify(pattern))(event)).toBe(true);
  });
  it.each(DIFFERS)('%s', (_, pattern, event) => {
    expect(eventPattern(JSON.stringify(pattern))(event)).toBe(false);
  });
  it.each(REFUSED)('%s', (_, pattern, reason) => {
    expect(() => eventPattern(JSON.stringify(pattern))).toThrow(`Event pattern is not valid. Reason: ${reason}`);
  });
});

describe('asked over the wire', () => {
  const EVENT = {
    id: '1',
    account: '000000000000',
    source: 'order',
    time: '2026-01-01T00:00:00Z',
    region: 'us-east-1',
    resources: [],
    'detail-type': 'Placed',
  };
  const ask = async (Event: string, EventPattern: string) => {
    const events = (await startSandbox()).client(EventBridgeClient);
    return answerOf(events.send(new TestEventPatternCommand({ Event, EventPattern })));
  };

  it('equal: test_event_pattern_source, test_event_with_large_and_complex_payload', async () => {
    const event = JSON.stringify({
      ...EVENT,
      detail: { items: Array.from({ length: 50 }, (_, n) => ({ n, tag: `t${n}` })) },
    });
    expect(await ask(event, '{"source":["order"]}')).toEqual({ Result: true });
    expect(await ask(event, '{"source":["shipment"]}')).toEqual({ Result: false });
    expect(await ask(event, '{"detail":{"items":{"n":[49],"tag":["t49"]}}}')).toEqual({ Result: true });
  });

  it.each([
    ['test_plain_string_payload', '"text"'],
    ['test_invalid_event_payload', JSON.stringify({ ...EVENT, source: undefined })],
    ['test_array_event_payload', JSON.stringify([EVENT])],
  ])('equal: %s', async (_, event) => {
    expect(await ask(event, '{"source":["order"]}')).toEqual(
      refusal('ValidationException', 'Parameter Event is not valid.'),
    );
  });

  it.each([
    '["not", "a", "dict", "but valid json"]',
    'this is valid json but not a dict',
    '{"not": closed mark"',
    "{'bad': 'quotation'}",
  ])(
    'different (the parser that words the reason is another): test_invalid_json_event_pattern[%s]',
    async (pattern) => {
      expect(await ask(JSON.stringify(EVENT), pattern)).toMatchObject({
        refused: {
          code: 'InvalidEventPatternException',
          message: expect.stringMatching(/^Event pattern is not valid\. Reason: /),
        },
      });
    },
  );
});
