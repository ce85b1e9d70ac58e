/** Begins a line in the log: milliseconds that the process is up, and that it has collected. */
export const GARBAGE_MARK = 'garbage-collected:';
