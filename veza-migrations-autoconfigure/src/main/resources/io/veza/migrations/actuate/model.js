/**
 * What the page knows: the newest list, the migration that is shown, and the operation of the dialog. All of it changes
 * here only: others may read `selected` and `operation`, but can assign neither, and an operation is frozen.
 */

/** The newest answer of the endpoint, or null before the first one. */
let list = null;

/** The version that is shown, or null. */
export let selected = null;

/**
 * What the dialog works on. `choice` holds the arguments that plan and run have in common; `run` counts the runs;
 * `others` is the run of somebody else that was there before, `seen` the own one, as far as it was seen; `refusal` is
 * the answer of a run that may have been sent twice; `idle` counts the answers without any run.
 */
export let operation = Object.freeze({
  kind: 'rollback', database: null, choice: {}, plan: null, reason: '',
  run: 0, underWay: false, lost: false, refusal: null, others: null, seen: null, idle: 0,
});

function change(part) {
  operation = Object.freeze({ ...operation, ...part });
}

/** Returns whether it is the first list. */
export function setList(newest) {
  const first = list === null;
  list = newest;
  return first;
}

export function select(version) {
  selected = version;
}

export function applied() {
  return list.applied;
}

export function pending() {
  return list.pending;
}

export function running() {
  return list.running;
}

/** Returns the versions to which a rollback can lead: all that are applied but the newest one. */
export function rollbackTargets() {
  return [...list.applied].reverse().slice(1);
}

export function includes(migrations, version) {
  return migrations.some((each) => each.version === version);
}

export function knows(version) {
  return list !== null && (includes(list.pending, version) || includes(list.applied, version));
}

/** Returns whether a migrate or a rollback can be begun now. */
export function isPossible(kind) {
  const migrations = kind === 'migrate' ? list.pending : list.applied;
  return Boolean(list.database) && !list.running && !operation.underWay && migrations.length > 0;
}

/** Returns whether the next answer is likely to differ from the last one. */
export function isBusy() {
  return operation.underWay || ['running', 'waiting'].includes(list?.state);
}

export function beginOperation(kind) {
  change({ kind, database: list.database.name, choice: {}, plan: null, reason: '' });
}

export function choose(choice) {
  change({ choice });
}

export function rememberPlan(plan) {
  change({ plan });
}

export function rememberReason(reason) {
  change({ reason });
}

/** Returns the number of the run. */
export function startRun() {
  const others = list.running?.operationId ?? null;
  change({ run: operation.run + 1, underWay: true, lost: false, refusal: null, others, seen: null, idle: 0 });
  return operation.run;
}

export function isUnderWay(run) {
  return operation.run === run && operation.underWay;
}

/** A run of the same kind that was not there before is taken for the own one. */
export function noticeRunning({ operation: kind, operationId }) {
  if (kind === operation.kind && operationId !== operation.others) {
    change({ seen: operationId });
  }
}

export function loseRun(refusal) {
  change({ lost: true, refusal, idle: 0 });
}

/** Returns how many answers in a row have named no run. */
export function countIdle() {
  change({ idle: list.running ? 0 : operation.idle + 1 });
  return operation.idle;
}

export function endRun() {
  change({ underWay: false, lost: false });
}
