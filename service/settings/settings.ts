/** Settings that change while the store runs: read at start and every 30 s. */
import { readFile } from 'node:fs/promises';
import { type Static, Type } from 'typebox';
import { Check, Errors } from 'typebox/value';
import type { Logger } from '../observability/logger.ts';

const SettingsDocument = Type.Object(
  {
    /** False: no orders are taken, everything else goes on. */
    ordersOpen: Type.Boolean({ default: true }),
    maxOrderLines: Type.Integer({ minimum: 1, maximum: 100 }),
    rateLimitPerMinute: Type.Integer({ minimum: 1, maximum: 100_000_000 }),
  },
  { additionalProperties: false },
);
export type SettingsDocument = Static<typeof SettingsDocument>;

export const DEFAULT_SETTINGS: SettingsDocument = {
  ordersOpen: true,
  maxOrderLines: 100,
  rateLimitPerMinute: 6000,
};

export interface Settings {
  current(): SettingsDocument;
}

/** Reads the document's text; undefined where there is none, which means the defaults. */
export type SettingsSource = () => Promise<string | undefined>;

/** Milliseconds. */
const INTERVAL = 30_000;

/** Keeps the last good document: a broken one is logged and changes nothing. */
export class WatchedSettings implements Settings {
  #document = DEFAULT_SETTINGS;
  #timer: NodeJS.Timeout | undefined;
  readonly #source: SettingsSource;
  readonly #log: Logger;

  constructor(source: SettingsSource, log: Logger) {
    this.#source = source;
    this.#log = log;
  }

  current(): SettingsDocument {
    return this.#document;
  }

  /** Reads once, then every 30 s until `stop`. */
  async start(interval: number = INTERVAL): Promise<void> {
    await this.refresh();
    this.#timer = setInterval(() => void this.refresh(), interval).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async refresh(): Promise<void> {
    try {
      this.#document = parse(await this.#source());
    } catch (error) {
      this.#log.error({ err: error }, 'the settings are broken: the last good ones stay');
    }
  }
}

/** A member that is left out has its default; an unknown or wrong one makes the document broken. */
function parse(text: string | undefined): SettingsDocument {
  if (text === undefined) return DEFAULT_SETTINGS;
  const given: unknown = JSON.parse(text);
  const isObject = given !== null && typeof given === 'object' && !Array.isArray(given);
  const document: unknown = isObject ? { ...DEFAULT_SETTINGS, ...given } : given;
  if (Check(SettingsDocument, document)) return document;
  const problems = [...Errors(SettingsDocument, document)];
  throw new Error(
    problems.map(({ instancePath, message }) => `${instancePath || '/'} ${message}`).join('; '),
  );
}

export function fileSource(path: string): SettingsSource {
  return () => readFile(path, 'utf8');
}

/** An SSM parameter; the SDK is loaded for those who have one. */
export function parameterSource(name: string): SettingsSource {
  let connection: ReturnType<typeof connect> | undefined;
  return async () => {
    const { sdk, client } = await (connection ??= connect());
    const { Parameter: parameter } = await client.send(new sdk.GetParameterCommand({ Name: name }));
    return parameter?.Value;
  };
}

/** Milliseconds until a try has failed, of which the SDK makes three; by itself it waits for ever. */
const PATIENCE = 2000;

async function connect() {
  const sdk = await import('@aws-sdk/client-ssm');
  const requestHandler = {
    connectionTimeout: PATIENCE,
    requestTimeout: PATIENCE,
    throwOnRequestTimeout: true,
  };
  return { sdk, client: new sdk.SSMClient({ requestHandler }) };
}
