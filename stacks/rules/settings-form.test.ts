import { Type } from 'typebox';
import { type Problem, sentence } from './problem.ts';
import { SettingsSchema } from '../settings.ts';
import { formProblems } from './settings-form.ts';
import { problemsOf, tableWith } from '../testing/tables.ts';

const closed = { additionalProperties: false };
const schema = Type.Object(
  {
    size: Type.Integer({ minimum: 1, description: 'a whole number' }),
    note: Type.Optional(Type.String({ description: 'a text' })),
    colours: Type.Array(Type.Enum(['red', 'blue'], { description: "'red' or 'blue'" }), {
      minItems: 1,
      description: 'a colour or more',
    }),
    shape: Type.Union(
      [
        Type.Object({ radius: Type.Number({ description: 'a radius' }) }, closed),
        Type.Object(
          {
            width: Type.Number({ description: 'a width' }),
            height: Type.Number({ description: 'a height' }),
          },
          closed,
        ),
      ],
      { description: 'a circle or a box' },
    ),
  },
  closed,
);
const right = { size: 1, colours: ['red'], shape: { radius: 1 } };

function said(differences: object): string[] {
  const problems: Problem[] = formProblems(schema, { ...right, ...differences });
  return problems.map((problem) => sentence('it', problem));
}

test('what has the form is not mentioned', () => {
  expect(said({})).toEqual([]);
  expect(said({ note: 'x', shape: { width: 1, height: 2 } })).toEqual([]);
});

test('an optional setting may be missing or undefined, no other', () => {
  expect(said({ note: undefined })).toEqual([]);
  expect(said({ size: undefined })).toEqual(['it.size is missing: expected a whole number']);
});

test.each([
  ['a wrong type', { size: '1' }, "it.size is '1': expected a whole number"],
  ['a wrong value', { size: 0 }, 'it.size is 0: expected a whole number'],
  ['null', { note: null }, 'it.note is null: expected a text'],
  ['too few', { colours: [] }, 'it.colours is []: expected a colour or more'],
  [
    'a wrong item',
    { colours: ['red', 'gray'] },
    "it.colours[1] is 'gray': expected 'red' or 'blue'",
  ],
  ['no list', { colours: 'red' }, "it.colours is 'red': expected a colour or more"],
  [
    'an unlike setting',
    { weight: 1 },
    'it.weight: unknown setting; expected one of size, note, colours, shape',
  ],
  [
    'a misspelt setting',
    { colors: 1 },
    'it.colors: unknown setting; did you mean colours? expected one of size, note, colours, shape',
  ],
  ['none of a choice', { shape: {} }, 'it.shape is {}: expected a circle or a box'],
  ['nothing like a choice', { shape: 3 }, 'it.shape is 3: expected a circle or a box'],
  ['half of a choice', { shape: { width: 1 } }, 'it.shape.height is missing: expected a height'],
  [
    'two choices at once',
    { shape: { width: 1, height: 1, radius: 1 } },
    'it.shape.radius: unknown setting; expected one of width, height',
  ],
])('%s is said', (_, differences, sentences) => {
  expect(said(differences)).toEqual([sentences]);
});

test('a long value does not hide what was expected', () => {
  const [line] = said({ size: 'x'.repeat(500) });

  expect(line).toMatch(/^it\.size is 'x+…: expected a whole number$/);
  expect(line?.length).toBeLessThan(130);
});

test('every setting of an environment is expected in words', () => {
  const nothing = {
    network: {},
    identity: {},
    database: {},
    service: {},
    platform: {},
    door: { address: { domainName: 1 }, firewall: { countOnly: [1] } },
  };

  const texts = formProblems(SettingsSchema, nothing).map(({ text }) => text);

  expect(texts.length).toBeGreaterThan(40);
  expect(texts.filter((text) => text.includes('another value'))).toEqual([]);
});

const regions = [
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-northeast-1',
  'ap-northeast-3',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-7',
  'ca-central-1',
  'ca-west-1',
  'eu-central-2',
  'eu-north-1',
  'eu-south-2',
  'eu-west-3',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
];

test.each(regions)('%s is a region', (region) => {
  expect(problemsOf(tableWith({ 'dev.region': region }))).toEqual([]);
});

test.each([
  'us-gov-west-1',
  'cn-north-1',
  'us-iso-east-1',
  'eu--1',
  'eu-central',
  'eu-central-0',
  'frankfurt',
  'EU-CENTRAL-1',
  'eu-central-9',
])('%s is no region of ours', (region) => {
  expect(problemsOf(tableWith({ 'dev.region': region }))).toEqual([
    `dev.region is '${region}': expected an AWS region, such as eu-central-1 (not GovCloud, not China)`,
  ]);
});
