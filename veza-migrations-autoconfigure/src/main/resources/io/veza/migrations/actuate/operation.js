/** An operation from the first click on: the choice, the plan, the confirmation. From there on it is a run. */

import { request } from './api.js';
import { clearBanner, showBanner } from './banner.js';
import { choiceForm, renderPreview } from './choose.js';
import { buttons, focusInDialog, openDialog, showStep } from './dialog.js';
import { button, byId, element } from './elements.js';
import { beginOperation, choose, operation, rememberPlan, rememberReason } from './model.js';
import { planContent } from './plan.js';
import { problemContent } from './problem.js';
import { followRun, run } from './run.js';
import { ERROR_TITLES, OPERATIONS } from './words.js';

export function openOperation(kind) {
  if (operation.underWay) {
    openDialog();
    return;
  }
  beginOperation(kind);
  clearBanner(true);
  showChoose();
  openDialog();
  focusInDialog('input, select');
}

/** A new list may change what can be chosen, and may tell how a run ended. */
export function refreshOperation(list) {
  renderPreview();
  if (operation.underWay) {
    followRun(list, showProblem);
  }
}

function showChoose() {
  showStep('choose', OPERATIONS[operation.kind].title, [choiceForm(makePlan)], 'input, select');
  renderPreview();
}

async function makePlan() {
  const { kind, choice } = operation;
  showStep('plan', OPERATIONS[kind].title, [element('p', { role: 'status' }, 'Making the plan …')]);
  const next = await request(`/plan?${new URLSearchParams({ operation: kind, ...choice })}`)
    .then((plan) => () => showPlan(plan), (error) => () => showProblem(error));
  if (operation.choice === choice) {
    next();
  }
}

function showPlan(plan) {
  rememberPlan(plan);
  const runnable = plan.problems.length === 0 && plan.migrations.length > 0;
  showStep('plan', `Plan: ${OPERATIONS[operation.kind].does(plan.migrations.length)}`, [
    planContent(plan, changeForce),
    buttons(
      button('Back', showChoose, { id: 'back' }),
      button('Continue …', showConfirm, { id: 'to-confirm', class: 'primary', disabled: !runnable })),
  ]);
}

function changeForce(forced) {
  const { force, ...choice } = operation.choice;
  choose(forced ? { ...choice, force: true } : choice);
  makePlan();
}

function showConfirm() {
  const { title, does } = OPERATIONS[operation.kind];
  showStep('confirm', `${title}: confirm`, [
    element('form', { submit: submitRun, input: renderRunnable },
      element('label', { for: 'reason' }, 'Why? The reason goes into the audit log, with your name.'),
      element('textarea', { id: 'reason', rows: 3, maxlength: 4000, required: true }),
      element('label', { for: 'typed' }, 'Type the name of the database, ', element('strong', { class: 'version' }, operation.database), ', to confirm.'),
      element('input', { type: 'text', id: 'typed', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', required: true }),
      buttons(
        button('Back', () => showPlan(operation.plan)),
        element('button', { type: 'submit', id: 'run', class: 'danger', disabled: true }, does(operation.plan.migrations.length)))),
  ], '#reason');
  byId('reason').value = operation.reason;
}

function renderRunnable() {
  rememberReason(byId('reason').value);
  byId('run').disabled = operation.reason.trim() === '' || byId('typed').value !== operation.database;
}

function submitRun(event) {
  event.preventDefault();
  if (!byId('run').disabled) {
    run(showProblem);
  }
}

function showProblem(error) {
  if (error.kind !== 'problem') {
    showBanner(error);
  }
  const problem = error.problem ?? {};
  showStep('problem', problem.title ?? ERROR_TITLES[error.kind], [
    element('div', { id: 'problem', role: 'alert' }, problemContent(problem, error.message)),
    buttons(
      problem.plan
        ? button('Look at the new plan', () => showPlan(problem.plan), { id: 'use-new-plan', class: 'primary' })
        : button('Choose again', showChoose)),
  ]);
}
