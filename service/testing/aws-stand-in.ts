/** Speaks just enough of Secrets Manager and Parameter Store for the real SDK to be used. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';

/** How a service can be away: it answers 503, ends every connection, or says nothing at all. */
export type Absence = 'erring' | 'refusing' | 'silent';

export interface AwsStandIn {
  readonly secrets: Map<string, string>;
  readonly parameters: Map<string, string>;
  /** How many requests came, those included that got no answer. */
  readonly asked: number;
  goAway(how: Absence): void;
  /** What was asked while it was silent is never answered. */
  comeBack(): void;
  stop(): Promise<void>;
}

interface Input {
  readonly SecretId?: string;
  readonly SecretString?: string;
  readonly Name?: string;
}

const UNAVAILABLE: [number, object] = [503, { __type: 'ServiceUnavailableException' }];

/** Until it is stopped, the SDK finds it through the environment of this process. */
export async function startAwsStandIn(): Promise<AwsStandIn> {
  const secrets = new Map<string, string>();
  const parameters = new Map<string, string>();

  const answer = async (request: IncomingMessage): Promise<[number, object]> => {
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    const input = JSON.parse(await text(request)) as Input;
    return OPERATIONS[operation]?.(input) ?? [400, { __type: 'UnknownOperationException' }];
  };
  const OPERATIONS: Record<string, (input: Input) => [number, object]> = {
    GetSecretValue: ({ SecretId: id = '' }) => {
      const value = secrets.get(id);
      return value === undefined
        ? [400, { __type: 'ResourceNotFoundException', message: 'no value for AWSCURRENT' }]
        : [200, { Name: id, SecretString: value }];
    },
    PutSecretValue: ({ SecretId: id = '', SecretString: value = '' }) => {
      secrets.set(id, value);
      return [200, { Name: id }];
    },
    GetParameter: ({ Name: name = '' }) => {
      const value = parameters.get(name);
      return value === undefined
        ? [400, { __type: 'ParameterNotFound' }]
        : [200, { Parameter: { Name: name, Value: value } }];
    },
  };

  const outage = { how: undefined as Absence | undefined, asked: 0 };
  const server = createServer((request, response) => {
    outage.asked += 1;
    if (outage.how === 'silent') return;
    const answered = outage.how === 'erring' ? Promise.resolve(UNAVAILABLE) : answer(request);
    void answered.then(([status, body]) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
      return response.end(JSON.stringify(body));
    });
  });
  // The port stays taken meanwhile: somebody else may not get it.
  server.on('connection', (socket: Socket) => {
    if (outage.how === 'refusing') socket.resetAndDestroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const environmentBefore = { ...process.env };
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoint,
    AWS_ENDPOINT_URL_SSM: endpoint,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  return {
    secrets,
    parameters,
    get asked() {
      return outage.asked;
    },
    goAway(how) {
      outage.how = how;
      if (how === 'refusing') server.closeAllConnections();
    },
    comeBack() {
      outage.how = undefined;
    },
    stop: () =>
      new Promise((resolve) => {
        process.env = environmentBefore;
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
