import { somePermissions } from '../../permissions/testing/some-permissions.ts';
import { may } from '../../permissions/ask.ts';
import { forbiddenCalls, isForbidden } from './calls.ts';

const { dev } = somePermissions();
const { environment } = dev;
const calls = forbiddenCalls(environment);

test('at least twenty kinds of calls are forbidden, and each is denied to the roles in question', () => {
  const allowed = calls.flatMap((call) =>
    call.roles.filter((name) => {
      const role = dev.roles.find((each) => each.name === `${environment.prefix}-${name}`);
      if (role === undefined) throw new Error(`there is no role ${name}`);
      return may(dev, role, call).allowed;
    }),
  );

  expect(allowed).toEqual([]);
  expect(new Set(calls.map(({ action }) => action)).size).toBeGreaterThanOrEqual(20);
});

test('a call that was asked for on purpose is told from the others by role and action', () => {
  const role = `${environment.prefix}-service`;
  const resource = '*';

  expect(isForbidden(calls, environment, { role, action: 'iam:CreateUser', resource })).toBe(true);
  expect(
    isForbidden(calls, environment, { role, action: 'ssm:GetParametersByPath', resource }),
  ).toBe(false);
});
