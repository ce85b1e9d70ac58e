import { small } from '../testing/small.ts';
import { passwordRotation } from './password-rotation.ts';

test('rotations fail no request, also while all connections break', async () => {
  const { figures, broken } = await small(passwordRotation);

  expect(broken).toEqual([]);
  const { rotations, 'connections broken off': brokenOff } = Object.fromEntries(figures);
  expect(rotations).toBe('3');
  expect(Number(brokenOff)).toBeGreaterThan(0);
}, 90_000);
