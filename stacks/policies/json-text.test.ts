import { readJson } from './json-text.ts';

test('references are kept, whatever quotes and braces are in them', () => {
  const reference = '${(data.a.b.value == "none") ? ":none" : "@${data.a.b.value}"}';

  expect(readJson(`[{"image":"store${reference}","port":3000}]`)).toEqual([
    { image: `store${reference}`, port: 3000 },
  ]);
});

test.each([
  '${data.aws_iam_policy_document.it.json}',
  '{"Statement": ${jsonencode(x)}}',
  'no JSON',
])('what only Terraform can read is nothing: %s', (text) => {
  expect(readJson(text)).toBeUndefined();
});
