/** The state of the state's own bucket, until there is a bucket to hold it. */
import { existsSync } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT } from '../../contract.ts';
import type { Account } from '../../stacks/place.ts';
import { keyOfAlias } from './key.ts';
import { Refusal } from '../deployment/refusal.ts';

const ALIAS = `alias/${PROJECT}-state`;

export class LocalState {
  readonly path: string;

  constructor(folder: string) {
    this.path = join(folder, 'terraform.tfstate');
  }

  exists(): boolean {
    return existsSync(this.path);
  }

  /** Out of the way, not deleted: it is the last resort should the bucket be lost within the hour. */
  async setAside(): Promise<void> {
    await rename(this.path, `${this.path}.moved`);
  }

  /**
   * Two people may begin on an empty account at the same moment, before there is anything to lock.
   * Whose key got the alias goes on. @throws Refusal for the other one
   */
  async refuseIfOvertaken({ region }: Account): Promise<void> {
    const mine = await this.#key();
    const used = await keyOfAlias(region, ALIAS);
    if (mine === undefined || used === undefined || mine === used) return;
    throw new Refusal(
      `another run has made the state's key meanwhile: ${ALIAS} is ${used}. Nobody uses the one of this machine, ${mine}. Let AWS delete it, take its state away, and run the same command again:
  aws kms schedule-key-deletion --region ${region} --key-id ${mine} --pending-window-in-days 7
  rm '${this.path}'`,
    );
  }

  async #key(): Promise<string | undefined> {
    if (!this.exists()) return undefined;
    const { resources = [] } = JSON.parse(await readFile(this.path, 'utf8')) as {
      resources?: { type: string; instances: { attributes: { id: string } }[] }[];
    };
    const keys = resources.find(({ type }) => type === 'aws_kms_key');
    return keys?.instances[0]?.attributes.id;
  }
}
