import { RateWindows } from './rate-windows.ts';

test('what is left of a new window is its length to the millisecond, whatever the clock shows', () => {
  const windows = new RateWindows();
  const clock = import.meta.jest.spyOn(performance, 'now');

  for (let caller = 0; caller < 1000; caller += 1) {
    clock.mockReturnValue(caller * 1234.567);
    let left: number | undefined;
    windows.incr(String(caller), (_, { ttl }) => (left = ttl), 60_000);

    expect(left).toBe(60_000);
  }
  clock.mockRestore();
});
