/** The first step: how much is migrated or rolled back. */

import { buttons } from './dialog.js';
import { byId, element, setText } from './elements.js';
import { applied, choose, includes, knows, operation, pending, rollbackTargets } from './model.js';
import { NUMBER, OPERATIONS } from './words.js';

const CHOICES = {
  rollback: {
    fields: rollbackFields,
    chosen: chosenRollback,
    offered: rollbackTargets,
    concerned: rolledBack,
    lost: (to) => (applied().at(-1)?.version === to ? 'is the newest one already' : 'is no longer applied'),
    leaves: (amount) => ` The newest one is then ${applied().at(-1 - amount)?.version ?? 'none'}.`,
  },
  migrate: {
    fields: migrateFields,
    chosen: chosenMigrate,
    offered: pending,
    concerned: migrated,
    lost: () => 'is no longer pending',
    leaves: () => '',
  },
};

/** Remembers what was chosen, and then calls `makePlan`. */
export function choiceForm(makePlan) {
  const { fields, chosen } = CHOICES[operation.kind];
  const submit = (event) => {
    event.preventDefault();
    choose(chosen());
    makePlan();
  };
  return element('form', { submit, input: renderPreview },
    fields(operation.choice),
    element('p', { 'id': 'preview', 'class': 'note', 'aria-live': 'polite' }),
    buttons(
      element('p', { 'class': 'muted' }, 'A plan executes nothing.'),
      element('button', { 'type': 'submit', 'id': 'make-plan', 'class': 'primary' }, 'Show the plan')));
}

function rollbackFields({ count: amount, to: version }) {
  const versions = versionOptions(version);
  return element('fieldset', null,
    element('legend', null, 'What is taken back?'),
    element('div', { 'class': 'choice' },
      amountLabel('count', 'The latest', !version), ' ',
      element('input', { 'type': 'number', 'id': 'count-value', 'min': 1, 'max': applied().length, 'value': amount ?? 1, 'required': true,
        'aria-label': 'How many migrations', 'input': () => chooseAmount('count') }),
      ` of ${NUMBER.format(applied().length)} applied`),
    versions.length > 0 && element('div', { 'class': 'choice' },
      amountLabel('to', 'Down to version', Boolean(version)), ' ',
      element('select', { 'id': 'to-value', 'aria-label': 'Version that stays as the newest one', 'input': () => chooseAmount('to') }, versions)));
}

function amountLabel(value, text, checked) {
  return element('label', null, element('input', { type: 'radio', name: 'amount', value, checked }), ` ${text}`);
}

function chooseAmount(value) {
  byId('operation-body').querySelector(`input[name=amount][value=${value}]`).checked = true;
}

function migrateFields({ to }) {
  return element('div', { 'class': 'choice' },
    element('label', { 'for': 'to-value' }, 'Apply up to'), ' ',
    element('select', { id: 'to-value' },
      element('option', { value: 'all' }, `the last one (all ${NUMBER.format(pending().length)})`), versionOptions(to)));
}

/** A version that was chosen stays chosen when it is gone, so that nothing else is taken in its place. */
function versionOptions(chosen) {
  const offered = CHOICES[operation.kind].offered();
  const gone = chosen !== undefined && !includes(offered, chosen);
  const options = offered.map(({ version, description }) =>
    element('option', { value: version, selected: version === chosen }, `${version} ${description}`));
  return gone ? [element('option', { value: chosen, selected: true }, chosen), ...options] : options;
}

function chosenRollback() {
  const amount = byId('operation-body').querySelector('input[name=amount]:checked').value;
  return amount === 'count' ? { count: Number(byId('count-value').value) } : { to: byId('to-value').value };
}

function chosenMigrate() {
  const to = byId('to-value').value;
  return to === 'all' ? {} : { to };
}

function rolledBack({ count: amount, to }) {
  const newestFirst = [...applied()].reverse();
  return newestFirst.slice(0, to ? newestFirst.findIndex(({ version }) => version === to) : amount);
}

function migrated({ to }) {
  return to ? pending().slice(0, pending().findIndex(({ version }) => version === to) + 1) : pending();
}

/** Says what the choice would do, if it can be seen. The browser submits no form with a list that is not valid. */
export function renderPreview() {
  const preview = byId('preview');
  if (!preview) {
    return;
  }
  const { chosen, concerned } = CHOICES[operation.kind];
  const choice = chosen();
  const refusal = refusalOf(choice);
  byId('to-value')?.setCustomValidity(refusal);
  preview.classList.toggle('bad', refusal !== '');
  setText(preview, refusal || previewText(concerned(choice)));
}

/** What is offered may have changed since the choice was made. */
function refusalOf({ to }) {
  const { offered, lost } = CHOICES[operation.kind];
  if (to === undefined || includes(offered(), to)) {
    return '';
  }
  return `Version ${to} ${knows(to) ? lost(to) : 'is no longer there'}. Choose again.`;
}

function previewText(migrations) {
  if (migrations.length === 0) {
    return '';
  }
  const first = migrations.slice(0, 5).map(({ version }) => version).join(', ');
  const more = migrations.length > 5 ? ', …' : '.';
  return OPERATIONS[operation.kind].does(migrations.length) + `: ${first}${more}` + CHOICES[operation.kind].leaves(migrations.length);
}
