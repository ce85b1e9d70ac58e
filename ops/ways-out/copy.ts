/** The program alone, in a folder of its own and in cdktn's words. */
import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { neededPackages, rewritten } from './rewriting.ts';

const PROJECT_FOLDER = join(import.meta.dirname, '../..');
/** What the program is; the rest of the project is not needed to synthesise. */
const PROGRAM = ['main.ts', 'contract.ts', 'stacks', '.npmrc'];
const ONLY_TESTS = /\.test\.ts$|\/(testing|__snapshots__)$/;

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

interface Copy {
  /** How many files got other imports. */
  readonly rewritten: number;
  /** Versions by name, cdktn's in the place of cdktf's. */
  readonly packages: Readonly<Record<string, string>>;
}

export function copyProgram(folder: string): Copy {
  for (const part of PROGRAM) {
    cpSync(join(PROJECT_FOLDER, part), join(folder, part), {
      recursive: true,
      filter: (source) => !ONLY_TESTS.test(source),
    });
  }
  const files = globSync('{*.ts,stacks/**/*.ts}', { cwd: folder });
  const sources = files.map((file) => readFileSync(join(folder, file), 'utf8'));
  const changed = files.filter((file, index) => {
    const text = rewritten(sources[index] ?? '');
    if (text === sources[index]) return false;
    writeFileSync(join(folder, file), text);
    return true;
  });

  const manifest = JSON.parse(
    readFileSync(join(PROJECT_FOLDER, 'package.json'), 'utf8'),
  ) as Manifest;
  const pinned = { ...manifest.devDependencies, ...manifest.dependencies };
  const packages = neededPackages(sources, pinned);
  write(folder, 'package.json', { private: true, type: 'module', dependencies: packages });
  write(folder, 'tsconfig.json', {
    extends: join(PROJECT_FOLDER, 'tsconfig.json'),
    compilerOptions: {
      types: ['node'],
      typeRoots: [join(PROJECT_FOLDER, 'node_modules/@types')],
    },
    include: ['*.ts', 'stacks'],
  });
  return { rewritten: changed.length, packages };
}

function write(folder: string, file: string, content: object): void {
  writeFileSync(join(folder, file), JSON.stringify(content, null, 2));
}
