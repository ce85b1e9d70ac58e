import { rmSync } from 'node:fs';
import './global-setup.ts';

export default function tearDown(): void {
  const folder = globalThis.temporaryFolder;
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}
