import type { ResourceProvider } from '../../../kernel/resource-provider.ts';
import { createLogStream, deleteLogStream } from '../operations/log-streams.ts';
import { logStreams, streamKey } from '../state.ts';

export const logStream: ResourceProvider = {
  create({ LogGroupName, LogStreamName }, { call, generateName }) {
    const logStreamName = LogStreamName ?? generateName({ maxLength: 512 });
    createLogStream({ logGroupName: LogGroupName, logStreamName }, call);
    return { status: 'done', physicalId: logStreamName };
  },

  delete({ LogGroupName }, logStreamName, { call }) {
    if (logStreams.in(call).has(streamKey(LogGroupName, logStreamName)))
      deleteLogStream({ logGroupName: LogGroupName, logStreamName }, call);
    return { status: 'done', physicalId: logStreamName };
  },

  read(name, { LogGroupName }, { call }) {
    const row = logStreams.in(call).get(streamKey(LogGroupName, name));
    return row && { LogGroupName: row.group, LogStreamName: row.name };
  },
};
