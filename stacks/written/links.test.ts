import { linksIn } from './links.ts';

test('a reference is found with its type, name and attribute', () => {
  expect(linksIn('${aws_db_instance.postgres_0A1B.master_user_secret[0].secret_arn}')).toEqual([
    {
      mode: 'resource',
      type: 'aws_db_instance',
      name: 'postgres_0A1B',
      attribute: 'master_user_secret[0].secret_arn',
    },
  ]);
});

test.each([
  ['beside other text', 'a ${aws_vpc.one-a.id} and ${aws_vpc.two.id}:*', ['one-a', 'two']],
  [
    'within functions',
    '${cidrsubnet(aws_vpc.one.block, 8, length("${aws_vpc.two.id}"))}',
    ['one', 'two'],
  ],
  ['inside JSON', '{"Resource":["${aws_kms_key.one.arn}"],"Sid":"aws_vpc.two.id"}', ['one']],
  [
    'in lists and blocks',
    { rule: [{ a: '${aws_vpc.one.id}' }], depends_on: ['aws_iam_role.two'] },
    ['one', 'two'],
  ],
  ['of a part that a list has', '${aws_acm_certificate.one.options.*.name}', ['one']],
  ['nowhere', 'vpc.one.id aws_vpc', []],
])('%s', (_, value, names) => {
  expect(linksIn(value).map(({ name }) => name)).toEqual(names);
});

test('a data source is told from a resource', () => {
  const [link] = linksIn('${data.aws_ssm_parameter.digest.insecure_value}');

  expect(link).toMatchObject({ mode: 'data', type: 'aws_ssm_parameter', name: 'digest' });
});
