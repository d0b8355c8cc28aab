import type { TextRule } from './text-rule.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html */
export const STACK_TEXTS: readonly TextRule[] = [
  { id: 'F-03', when: /UPDATE_ROLLBACK_FAILED/ },
  { id: 'F-01', when: /is in ROLLBACK_COMPLETE|(?<![A-Z_])ROLLBACK_COMPLETE(?: state)?/ },
  { id: 'F-02', when: /(?:is in |: )REVIEW_IN_PROGRESS|REVIEW_IN_PROGRESS state/ },
  {
    id: 'F-06',
    when: /is in (?:UPDATE|CREATE|DELETE|UPDATE_ROLLBACK|ROLLBACK)(?:_COMPLETE_CLEANUP)?_IN_PROGRESS state and can not be updated|currently being updated and cannot be/,
  },
  { id: 'F-08', when: /cannot be deleted while TerminationProtection is enabled/ },
  { id: 'F-09', when: /Cannot delete export|Export [^\n]{1,200} cannot be (?:deleted|updated) as it is in use/ },
  { id: 'F-09', when: /as it is in use by|cannot be deleted as it is in use/i, in: ['failed-resource'] },
  { id: 'F-11', when: /would create a cyclic reference|Circular dependency between resources/ },
  { id: 'F-14', when: /No updates are to be performed|didn.t contain changes/ },
  { id: 'F-15', when: /AWS::EarlyValidation|NAME_CONFLICT_VALIDATION|^Early validation failed for change set/m },
  {
    id: 'F-17',
    when: /Template may not exceed|Number of resources?, \d+, is greater than maximum|template[^\n]{0,40}length less than or equal to (?:51200|1000000)/i,
  },
  {
    id: 'F-10',
    when: /Resource of type '(?<type>[^']+)' with identifier '(?<identifier>[^']*)' already exists|HandlerErrorCode: AlreadyExists|already exists in stack arn|(?:BucketAlready(?:Exists|OwnedByYou)|EntityAlreadyExists|AlreadyExistsException|ResourceAlreadyExists\w*)/,
    // A name of a distribution is taken in the world, not left by anybody of ours (F-110).
    unless: /Provider with url https:|CNAMEs you provided/,
  },
  { id: 'F-10', when: /(?<!\S)(?<identifier>\S+) already exists\b/, in: ['stack-event'] },
  { id: 'F-10', when: /already exists/i, in: ['failed-resource'] },
  {
    id: 'F-04',
    when: /The following resource\(s\) failed to (?:create|update)|was not successfully (?:updated|created)\. Currently in/,
  },
  { id: 'F-13', when: /did not stabilize|NotStabilized|Exceeded attempts to wait/ },
  {
    id: 'F-20',
    when: /(?:Cleanup|CLEANUP)[^\n]{0,80}DELETE_FAILED|One or more resources could not be deleted/,
  },
  { id: 'F-07', when: /The following resource\(s\) failed to delete|DELETE_FAILED state/ },
  { id: 'F-19', when: /ServiceNotActiveException|Failed to retrieve attribute \[\w+\] for resource/ },
  {
    id: 'F-19',
    when: /HandlerErrorCode: NotFound|(?:resource|function|queue|topic|role)[^\n]{0,160}(?:does not exist|not found)/i,
    in: ['stack-event'],
    unless: /certificate|secret/i,
  },
  // What keeps a stack from going on is known to be a resource of its own, so the words alone are enough.
  {
    id: 'F-19',
    when: /does not exist|NoSuch|NotFound|was not found|could not be found|NonExistent/i,
    in: ['failed-resource'],
  },
  { id: 'F-13', when: /timed out/i, in: ['failed-resource'] },
  {
    id: 'F-07',
    when: /ResourceConflict|OperationAborted|ConflictException|ResourceInUse|is in use|InternalFailure|ServiceInternalError|InternalError/i,
    in: ['failed-resource'],
  },
];
