import { bodyOf, markerOf, stick } from './sticky-comment.ts';
import { aText, type LoopbackGitHub, loopbackGitHub } from './testing/loopback-github.ts';

let hub: LoopbackGitHub;

beforeEach(async () => {
  hub = await loopbackGitHub();
});

afterEach(() => hub.stop());

const say = (text: string, about = 'plan dev') =>
  stick(hub.github, { about, pullRequest: 1, text });

test('what is said about a matter is one comment, replaced in its place', async () => {
  const done = [await say('first\n'), await say('second\n'), await say('other', 'plan prod')];

  expect(done).toEqual(['created', 'updated', 'created']);
  expect(hub.comments.map(({ body }) => body)).toEqual([
    `${markerOf('plan dev')}\nsecond`,
    `${markerOf('plan prod')}\nother`,
  ]);
});

test('the same once more changes nothing', async () => {
  await say('the same\n\n');

  expect(await say('the same\n\n')).toBe('unchanged');
  expect(hub.changes()).toHaveLength(1);
});

test('another run that says the same changes nothing, and one that says more is linked', async () => {
  const from = (run: string, text: string) =>
    stick(hub.github, { about: 'rehearsal', pullRequest: 1, text, run });
  const done = [await from('/runs/1', 'it holds'), await from('/runs/2', 'it holds')];

  expect([...done, await from('/runs/3', 'it broke')]).toEqual(['created', 'unchanged', 'updated']);
  expect(hub.comments[0]?.body).toMatch(/it broke\n\n<!-- run -->\n\[This run\]\(\/runs\/3\)$/);
});

test('it is found behind hundreds of others', async () => {
  hub.comments.push(...Array.from({ length: 350 }, (_, id) => aText('talk', 'ada', id)));
  await say('first');

  expect(await say('second')).toBe('updated');
  expect(hub.comments).toHaveLength(351);
});

test.each([
  ['an outsider wrote', aText(`${markerOf('plan dev')}\nnothing to see`, 'mallory')],
  ['the bot wrote about a like name', aText(`${markerOf('plan dev-copy')}\n`)],
  ['the bot quotes', aText(`> ${markerOf('plan dev')}\n`)],
])('what %s is left alone', async (_, other) => {
  hub.comments.push(other);
  const { body } = other;

  expect(await say('a plan')).toBe('created');
  expect(other.body).toBe(body);
});

test('a comment is never longer than GitHub takes', () => {
  const body = bodyOf(markerOf('plan dev'), 'a line of a plan\n'.repeat(5000));

  expect(body.length).toBeLessThanOrEqual(65_536);
  expect(body).toMatch(/a line of a plan\n\nThe rest did not fit: it is on the page of the run\.$/);
});

test.each([
  [403, {}, /does not allow it .* a pull request from a fork never has it/],
  [401, {}, /does not take the token/],
  [403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1800000000' }, /after 2027-01-15T/],
  [403, { 'retry-after': '60' }, /limit of requests is used up .*: run the job again in 60 s/],
  [500, {}, 'GitHub answers 500 to GET /issues/1/comments'],
] as const)('%d %j is explained', async (status, headers, sentence) => {
  hub.refuseWith(status, headers);

  await expect(say('a plan')).rejects.toThrow(sentence);
});

test('whoever listens no more is named', async () => {
  hub.stop();

  await expect(say('a plan')).rejects.toThrow('GitHub does not answer GET /issues/1/comments');
});
