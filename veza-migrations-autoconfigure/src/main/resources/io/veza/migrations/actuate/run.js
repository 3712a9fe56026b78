/** A run of this page, from its first request to its end, also when the connection is lost meanwhile. */

import { request } from './api.js';
import { reloadDetails } from './details.js';
import { focusInDialog, isDialogOpen, openDialog, showStep } from './dialog.js';
import { forgetDrift } from './drift.js';
import { byId, element, setText } from './elements.js';
import { refreshActions } from './header.js';
import { countIdle, endRun, includes, isUnderWay, loseRun, noticeRunning, operation, running, startRun } from './model.js';
import { poll } from './polling.js';
import { followedContent, resultContent } from './result.js';
import { renderRunning } from './running.js';
import { FOLLOWED_TEXTS, OPERATIONS } from './words.js';

/** Calls `showProblem` with the error if the run fails. */
export async function run(showProblem) {
  const { kind, choice, plan, reason } = operation;
  const number = startRun();
  refreshActions();
  showRunning();
  poll();
  const next = await request(`/${kind}`, { ...choice, token: plan.token, reason: reason.trim() }).then(
    (report) => () => end(() => showStep('result', kind === 'rollback' ? 'Rolled back' : 'Migrated', [resultContent(report)])),
    (error) => (goesOn(error) ? () => follow(error) : () => end(() => showProblem(error))));
  if (isUnderWay(number)) {
    next();
  }
}

/**
 * Browsers send a POST again by themselves when a connection that they had used before breaks. The API refuses the
 * second one, because the first is running or has made the token stale: whose run it is, its events tell at its end.
 */
function goesOn({ kind, problem }) {
  const maybeSentAgain = problem?.status === 409 && operation.seen !== null;
  return kind === 'unreachable' || problem?.type === 'urn:veza:migrations:detached' || maybeSentAgain;
}

function showRunning() {
  showStep('running', `${OPERATIONS[operation.kind].does(operation.plan.migrations.length)} …`, [
    element('p', { 'id': 'lost', 'class': 'note bad', 'role': 'alert', 'hidden': true }),
    element('div', { 'class': 'progress', 'id': 'operation-progress', 'aria-live': 'polite' }),
    element('p', { 'class': 'muted' }, 'The operation does not depend on this page: closed, it goes on.'),
  ]);
  renderOwnRunning(running());
}

function renderOwnRunning(current) {
  const box = byId('operation-progress');
  if (!box) {
    return;
  }
  if (current) {
    noticeRunning(current);
    box.querySelector('.starting')?.remove();
    renderRunning(box, current);
  } else if (!box.firstChild) {
    box.append(element('p', { class: 'starting' }, 'Under way …'));
  }
}

/** Closing the dialog does not hide how it ended. */
function end(showEnd) {
  endRun();
  forgetDrift();
  showEnd();
  if (!isDialogOpen()) {
    openDialog();
    focusInDialog('#operation-heading');
  }
  poll();
  reloadDetails();
}

function follow(error) {
  const refused = error.problem?.status === 409;
  loseRun(refused ? error : null);
  const note = byId('lost');
  note.hidden = false;
  setText(note, FOLLOWED_TEXTS[refused ? 'refused' : error.kind === 'unreachable' ? 'unreachable' : 'detached']);
  poll();
}

/**
 * Some answers without a run: the first may be from before the operation began. The answer to the POST may never
 * come when something between has dropped the connection without a word.
 */
export function followRun(list, showProblem) {
  renderOwnRunning(list.running);
  const [begun, notSeen] = operation.lost ? [2, 5] : [5, 30];
  if (countIdle() === (operation.seen === null ? notSeen : begun)) {
    showFollowed(list, showProblem);
  }
}

async function showFollowed(list, showProblem) {
  const { run: number, kind, plan, refusal } = operation;
  const versions = plan.migrations.map(({ version }) => version);
  const done = versions.filter((version) => includes(list.applied, version) === (kind === 'migrate'));
  const events = await eventsOf(versions.find((version) => !done.includes(version)) ?? versions[0]);
  if (!isUnderWay(number)) {
    return;
  }
  const own = events.filter(({ operationId, token }) => operationId === operation.seen && token === plan.token);
  if (refusal && own.length === 0) {
    end(() => showProblem(refusal));
    return;
  }
  const error = done.length === versions.length ? null : own.at(-1)?.error;
  end(() => showStep('result', followedTitle(done.length, versions.length), [followedContent(versions, done, error, list.problems)]));
}

function followedTitle(done, all) {
  if (done === all) {
    return 'Done';
  }
  return done > 0 || operation.seen !== null ? 'Ended, but not all is done' : 'Not done, as far as the database says';
}

async function eventsOf(version) {
  try {
    return (await request(`/${encodeURIComponent(version)}`)).events;
  } catch {
    return [];
  }
}
