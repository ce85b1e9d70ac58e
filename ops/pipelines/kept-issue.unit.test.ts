import { keepIssue } from './kept-issue.ts';
import { markerOf } from './sticky-comment.ts';
import { aText, type LoopbackGitHub, loopbackGitHub } from './testing/loopback-github.ts';

let hub: LoopbackGitHub;

beforeEach(async () => {
  hub = await loopbackGitHub();
});

afterEach(() => hub.stop());

const look = (text: string, differs = true) =>
  keepIssue(hub.github, { environment: 'dev', differs, text });

test('one issue is opened, follows what differs, and is closed when nothing does', async () => {
  const nights = [
    await look('a tag'),
    await look('a tag'),
    await look('a subnet'),
    await look('', false),
    await look('', false),
  ];

  expect(nights).toEqual([
    'opened #1000',
    '#1000 says so already',
    'updated #1000',
    'closed #1000',
    'no issue is open',
  ]);
  expect(hub.issues).toHaveLength(1);
  expect(hub.issues[0]).toMatchObject({ title: 'dev is not what main says', state: 'closed' });
  expect(hub.issues[0]?.body).toContain('a subnet');
  expect(hub.comments.map(({ body }) => body)).toEqual([
    'Since the last look dev is what main says.',
  ]);
});

test('drift that comes back opens another one', async () => {
  await look('a tag');
  await look('', false);

  expect(await look('a tag')).toBe('opened #1001');
});

test("an outsider's issue with the hidden line is not taken for ours", async () => {
  hub.issues.push(aText(`${markerOf('drift dev')}\nall is well`, 'mallory', 7));

  expect(await look('a tag')).toBe('opened #1001');
});
