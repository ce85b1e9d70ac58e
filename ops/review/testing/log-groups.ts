/** As much of CloudWatch Logs as a refresh asks: what somebody changed by hand is found there. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export interface LogGroup {
  readonly logGroupName: string;
  readonly retentionInDays: number;
}

/** @param groups all that there are */
export async function serveLogGroups(groups: readonly LogGroup[]) {
  const server = createServer((request, response) => {
    void answer(request, groups).then((content) => response.end(JSON.stringify(content)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

async function answer(request: IncomingMessage, groups: readonly LogGroup[]): Promise<object> {
  if (!String(request.headers['x-amz-target']).endsWith('DescribeLogGroups')) return { tags: {} };
  const { logGroupNamePrefix: prefix } = (await json(request)) as { logGroupNamePrefix: string };
  const found = groups.filter(({ logGroupName: name }) => name.startsWith(prefix));
  return {
    logGroups: found.map((group) => Object.assign({ arn: ARN + group.logGroupName }, group)),
  };
}

const ARN = 'arn:aws:logs:eu-central-1:111111111111:log-group:';
