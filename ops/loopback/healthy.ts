/** Waits for a process until it serves. */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { HEALTH_PATH } from '../../contract.ts';

/** Milliseconds until it must be healthy, and between two questions. */
const PATIENCE = 30_000;
const PAUSE = 5;

/** @throws Error when it ends before, or never is */
export async function untilHealthy(url: string, name: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`);
    if (await answers(`${url}${HEALTH_PATH}`)) return;
    await pause(PAUSE);
  }
  throw new Error(`${name} was not healthy within ${PATIENCE / 1000} s`);
}

/** Whether somebody is there and says yes. */
export function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}
