import { HEALTH_PATH, LIVE_PATH, READY_PATH } from '../../contract.ts';

/** Neither logged nor limited nor refused under load: who asks here decides about the process. */
export const OPERATOR_PATHS: ReadonlySet<string> = new Set([LIVE_PATH, HEALTH_PATH, READY_PATH]);
