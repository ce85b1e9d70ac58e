import { Interrupted } from '../terraform/terraform.ts';
import { oneEnvironment, runCommand } from './command.ts';
import { Refusal, WrongUse } from './refusal.ts';

let said: string[];

beforeEach(() => {
  said = [];
  const listen = (text: unknown) => said.push(String(text));
  import.meta.jest.spyOn(console, 'error').mockImplementation(listen);
  import.meta.jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    listen(text);
    return true;
  });
});

afterEach(() => {
  import.meta.jest.restoreAllMocks();
});

function ending(run: () => Promise<number>, args: string[] = []): Promise<number> {
  const options = { yes: { type: 'boolean', default: false } } as const;
  return runCommand({ name: 'try', usage: 'Usage: try\n', options, run }, args);
}

function throwing(error: Error): () => Promise<number> {
  return async () => {
    throw error;
  };
}

test('a refusal is one sentence and exit code 1', async () => {
  expect(await ending(throwing(new Refusal('the door is shut')))).toBe(1);
  expect(said).toEqual(['try: the door is shut']);
});

test('wrong use is 64, with the usage', async () => {
  expect(await ending(throwing(new WrongUse('no such thing')))).toBe(64);
  expect(await ending(() => Promise.resolve(0), ['--unknown'])).toBe(64);
  expect(said.join('\n')).toContain('Usage: try');
});

test('Ctrl-C is 130, and says how to go on', async () => {
  expect(await ending(throwing(new Interrupted('stopped by SIGINT')))).toBe(130);
  expect(said).toEqual(['try: stopped by SIGINT; run the same command to go on from here']);
});

test.each([
  ['ExpiredTokenException', 'The token has expired', /sign in again/],
  [
    'AccessDenied',
    'User: ada is not authorized to perform: rds:Describe',
    /ada is not .*permission/,
  ],
  ['ThrottlingException', 'Rate exceeded', /Rate exceeded; try again/],
])('what AWS answers is one sentence: %s', async (name, message, sentence) => {
  const error = Object.assign(new Error(message), { name, $metadata: { requestId: '1' } });

  expect(await ending(throwing(error))).toBe(1);
  expect(said).toEqual([expect.stringMatching(sentence)]);
});

test('a network that does not get there is one sentence, wherever the reason is', async () => {
  const inner = Object.assign(new Error(''), { code: 'ECONNREFUSED' });
  const error = new Error('fetch failed', { cause: new AggregateError([inner]) });

  expect(await ending(throwing(error))).toBe(1);
  expect(said).toEqual([expect.stringMatching(/^try: the network .*fetch failed.*try again$/)]);
});

test('--help runs nothing', async () => {
  expect(await ending(throwing(new Error('it ran')), ['--help'])).toBe(0);
  expect(said).toEqual(['Usage: try\n']);
});

test('a fault of ours keeps its stack', async () => {
  await expect(ending(throwing(new TypeError('ours')))).rejects.toThrow('ours');
});

test('a command for one environment takes exactly one', () => {
  expect(oneEnvironment(['dev'])).toBe('dev');
  expect(() => oneEnvironment([])).toThrow('one environment is needed');
  expect(() => oneEnvironment(['dev', 'prod'])).toThrow('one environment is needed');
});
