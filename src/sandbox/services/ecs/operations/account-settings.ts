import type {
  ListAccountSettingsCommandInput,
  ListAccountSettingsCommandOutput,
  PutAccountSettingCommandInput,
  PutAccountSettingCommandOutput,
  PutAccountSettingDefaultCommandInput,
  PutAccountSettingDefaultCommandOutput,
  Setting,
  SettingName,
} from '@aws-sdk/client-ecs';
import type { Call, Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { accountSetting, DEFAULT_SETTINGS } from '../account-setting.ts';
import { invalid } from '../faults.ts';
import { listPage } from '../list-page.ts';
import { accountSettings } from '../state.ts';

/** Settings are kept per account and region here; AWS keeps them per principal too. */
export const putAccountSetting: Operation<PutAccountSettingCommandInput, Answer<PutAccountSettingCommandOutput>> = (
  { name, value },
  call,
) => {
  if (!name || !(name in DEFAULT_SETTINGS)) throw invalid(`Invalid account setting name: ${name ?? ''}`);
  if (!value) throw invalid('The account setting value cannot be empty.');
  accountSettings.in(call).put(name, { value });
  return { setting: setting(call, name) };
};

export const putAccountSettingDefault: Operation<
  PutAccountSettingDefaultCommandInput,
  Answer<PutAccountSettingDefaultCommandOutput>
> = (input, call) => putAccountSetting(input, call) as Answer<PutAccountSettingDefaultCommandOutput>;

/** Without `effectiveSettings` only what somebody set. */
export const listAccountSettings: Operation<
  ListAccountSettingsCommandInput,
  Answer<ListAccountSettingsCommandOutput>
> = ({ name, value, effectiveSettings, maxResults, nextToken }, call) => {
  const names = Object.keys(DEFAULT_SETTINGS) as SettingName[];
  const found = names
    .filter((candidate) => name === undefined || candidate === name)
    .filter((candidate) => effectiveSettings || accountSettings.in(call).has(candidate))
    .map((candidate) => setting(call, candidate))
    .filter((candidate) => value === undefined || candidate.value === value);
  const { items, ...rest } = listPage(found, { maxResults, nextToken });
  return { settings: items, ...rest };
};

const setting = (call: Call, name: SettingName): Setting => ({
  name,
  value: accountSetting(call, name),
  principalArn: `arn:aws:iam::${call.account}:root`,
  type: 'user',
});
