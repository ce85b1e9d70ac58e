/** Runs something with a variable of the environment, and leaves no trace of it. */
export function withVariable(name: string, value: string, run: () => void): void {
  const before = process.env[name];
  process.env[name] = value;
  try {
    run();
  } finally {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
}
