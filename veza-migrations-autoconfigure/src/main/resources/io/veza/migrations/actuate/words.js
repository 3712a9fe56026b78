/**
 * Words for what the endpoint says by code, and numbers, dates and durations as people write them. Nothing here touches
 * the document.
 */

export const NUMBER = new Intl.NumberFormat();
const DECIMAL = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
export const PERCENT = new Intl.NumberFormat(undefined, { style: 'percent' });
export const DATE_TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
export const EXACT_TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
export const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
export const MONTH = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short' });

export const MIGRATION_STATES = {
  'pending': 'Pending',
  'applied': 'Applied',
  'running': 'Running',
  'failed': 'Failed',
  'changed': 'Changed',
  'missing': 'Missing',
  'out-of-order': 'Out of order',
  'held': 'Held',
};

export const STATE_TEXTS = {
  'up-to-date': () => 'Up to date',
  'pending': (list) => `${count(list.pending.length, 'migration')} pending`,
  'running': (list) => `Running${list.running ? `: ${list.running.operation}` : ''}`,
  'waiting': () => 'Waiting',
  'failed': () => 'Failed',
  'held': () => 'Held after a rollback',
  'invalid': () => 'Invalid: every run would be refused',
};

export const RESTORED_TEXTS = {
  'exact': 'The schema is exactly as it was before.',
  'except-column-order': 'The schema is as it was before, except for the order of columns.',
  'unknown': 'It is not known whether the schema is as it was before: nothing is recorded to compare with.',
  'no': 'The schema is not as it was before.',
};

export const REVERSIBILITY_TEXTS = {
  'exact': 'The rehearsal has shown that its DOWN restores the schema exactly.',
  'except-column-order': 'The rehearsal has shown that its DOWN restores the schema, except for the order of columns.',
  'except-white-space': 'The rehearsal has shown that its DOWN restores the schema, except for white space in functions.',
  'no': 'The rehearsal has shown that its DOWN does not restore the schema.',
  'down-failed': 'Its DOWN failed in the rehearsal.',
  'up-failed': 'Its UP failed in the rehearsal, so that nothing is known of its DOWN.',
};

export const BACKUP_MODES = { 'in-database': 'In the database', 'pg-dump': 'With pg_dump', 'none': 'None' };

export const ERROR_TITLES = {
  'forbidden': 'Not allowed',
  'read-only': 'Not allowed',
  'signed-out': 'Signed out',
  'unreachable': 'No answer',
  'problem': 'Not done',
};

export const FOLLOWED_TEXTS = {
  'unreachable': 'The connection was lost. If the operation had begun, it goes on: this page looks, and shows how it ends.',
  'detached': 'The operation goes on. This page follows it, and shows how it ends.',
  'refused': 'An operation is under way. This page looks whether it is this one, and shows how it ends.',
};

export const OPERATIONS = {
  rollback: { title: 'Roll back', does: (amount) => `Roll back ${count(amount, 'migration')}` },
  migrate: { title: 'Migrate', does: (amount) => `Apply ${count(amount, 'migration')}` },
};

export function count(number, noun) {
  return `${NUMBER.format(number)} ${noun}${number === 1 ? '' : 's'}`;
}

export function capitalized(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Returns what is there of a list whose parts may be missing, or lists themselves. */
export function present(children) {
  return children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false);
}

export function duration(ms) {
  if (ms < 1000) {
    return `${NUMBER.format(ms)} ms`;
  }
  const seconds = ms / 1000;
  if (seconds < 60) {
    return `${DECIMAL.format(seconds)} s`;
  }
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${Math.floor(seconds % 60)} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function size(bytes) {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  return `${DECIMAL.format(bytes / 1024 ** power)} ${units[power]}`;
}

export function rowCount(rows, estimated) {
  if (rows === undefined) {
    return 'an unknown number of rows';
  }
  return `${estimated ? 'about ' : ''}${count(rows, 'row')}`;
}

/** PostgreSQL has times that JavaScript has not, such as infinity. */
export function isReal(instant) {
  return !Number.isNaN(instant.getTime());
}

/** Where in a file, such as 004_add_price.sql:3:37. */
export function place({ file, line, column }) {
  return [file, line || null, (line && column) || null].filter((part) => part !== null).join(':');
}

/** What is unusual about a migration. */
export function marks(entry) {
  return present([
    entry.reversible === false && 'irreversible',
    entry.transactional === false && 'not transactional',
    entry.transactional === undefined && 'no file here',
  ]);
}

export function lossText({ kind, object, columns, rows, estimated }) {
  const what = columns.length > 0 ? `${kind} ${columns.join(', ')} of ${object}` : `${kind} ${object}`;
  return kind === 'sequence' || kind === 'other' ? what : `${what}: ${rowCount(rows, estimated)}`;
}
