/** An environment as it stands in the table, before its settings can be believed. */
import type { Problem } from './problem.ts';
import { formProblems } from './settings-form.ts';
import { type Settings, SettingsSchema } from '../settings.ts';

export interface TableEntry {
  readonly name: string;
  readonly settings: Settings;
  /** Settings whose form is wrong. */
  readonly malformed: readonly Problem[];
  /** Whether the form of all these settings is right, so that rules can look at them. */
  readonly isSound: (...settings: readonly string[]) => boolean;
}

export function readEntry(name: string, settings: Settings): TableEntry {
  const malformed = formProblems(SettingsSchema, settings);
  const isSound = (...wanted: readonly string[]) =>
    malformed.every(({ setting }) =>
      wanted.every((one) => !isPart(one, setting) && !isPart(setting, one)),
    );
  return { name, settings, malformed, isSound };
}

/** Whether a setting is another one or a part of it; all are parts of the whole, which is ''. */
function isPart(setting: string, whole: string): boolean {
  if (whole === '' || setting === whole) return true;
  return setting.startsWith(`${whole}.`) || setting.startsWith(`${whole}[`);
}
