import { Story, summary } from './story.ts';

function told(...messages: readonly object[]): Story {
  const story = new Story(() => undefined);
  for (const message of messages) story.hear(JSON.stringify(message));
  return story;
}

const begun = (addr: string) => ({ type: 'apply_start', hook: { resource: { addr } } });
const done = (addr: string) => ({ type: 'apply_complete', hook: { resource: { addr } } });
const planned = (addr: string, action: string) => ({
  type: 'planned_change',
  change: { resource: { addr }, action },
});

test('what a plan would lose is named, all else is counted', () => {
  const { changes } = told(
    planned('aws_a.one', 'create'),
    planned('aws_a.two', 'create'),
    planned('aws_b.three', 'replace'),
    planned('aws_c.four', 'noop'),
  );

  expect(summary(changes)).toBe('2 to create, 1 to replace (aws_b.three)');
});

test('says what has begun and not ended, for whoever asks why it takes so long', () => {
  const story = told(begun('aws_lb.door'), begun('aws_a.one'), done('aws_a.one'));

  expect(story.waitsFor()).toBe('aws_lb.door');
});

test('errors are told with their place; warnings and what is no JSON are not', () => {
  const error = {
    severity: 'error',
    summary: 'creating: denied',
    detail: '',
    address: 'aws_a.one',
  };
  const story = told(
    { type: 'diagnostic', diagnostic: error },
    { type: 'diagnostic', diagnostic: { ...error, severity: 'warning', summary: 'old' } },
  );
  story.hear('Terraform will perform …');

  expect(story.problems()).toBe('aws_a.one: creating: denied');
});
