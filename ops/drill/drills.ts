/** All drills, in the order in which `npm run drill` runs them and docs/reliability.md tells them. */
import { authentication } from './authentication/authentication.ts';
import { clockMoved } from './database/clock-moved.ts';
import { databaseRestart } from './database/database-restart.ts';
import { diskFull } from './database/disk-full.ts';
import { readOnlyDatabase } from './database/read-only-database.ts';
import { slowDatabase } from './database/slow-database.ts';
import type { Drill } from './drill.ts';
import { fuzz } from './fuzz/fuzz.ts';
import { isolation } from './orders/isolation.ts';
import { noOversell } from './orders/no-oversell.ts';
import { oneOrderPerKey } from './orders/one-order-per-key.ts';
import { idleConnections } from './overload/idle-connections.ts';
import { overload } from './overload/overload.ts';
import { slowLoris } from './overload/slow-loris.ts';
import { soak } from './overload/soak.ts';
import { passwordRotation } from './secrets/password-rotation.ts';
import { secretStoreAway } from './secrets/secret-store-away.ts';
import { brokenSettings } from './tasks/broken-settings.ts';
import { lostUpdate } from './tasks/lost-update.ts';
import { rollingRestart } from './tasks/rolling-restart.ts';

export const DRILLS: readonly Drill[] = [
  noOversell,
  oneOrderPerKey,
  lostUpdate,
  rollingRestart,
  databaseRestart,
  readOnlyDatabase,
  slowDatabase,
  diskFull,
  clockMoved,
  passwordRotation,
  secretStoreAway,
  brokenSettings,
  overload,
  slowLoris,
  idleConnections,
  fuzz,
  authentication,
  isolation,
  soak,
];
