import { InvalidArgumentError, Option } from 'commander';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html */
const NAME = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;

/** `--change-set <name>`, of `diff` and of `deploy`. */
export const changeSetOption = (description: string): Option =>
  new Option('--change-set <name>', description).argParser((name) => {
    if (NAME.test(name)) return name;
    throw new InvalidArgumentError('letters, digits and hyphens, beginning with a letter, at most 128');
  });
