/** What differs in the schema from how the newest run left it. */

import { request } from './api.js';
import { showBanner } from './banner.js';
import { byId, element, setText } from './elements.js';
import { operation } from './model.js';
import { count } from './words.js';

export async function checkDrift() {
  const check = byId('check-drift');
  if (check.getAttribute('aria-disabled') === 'true') {
    return;
  }
  check.setAttribute('aria-disabled', 'true');
  setText(byId('drift-text'), 'looking …');
  const { run: before } = operation;
  try {
    const { drift } = await request('?drift=true');
    if (operation.run === before && !operation.underWay) {
      renderDrift(drift);
    } else {
      forgetDrift();
    }
  } catch (error) {
    setText(byId('drift-text'), 'not looked at');
    showBanner(error);
  } finally {
    check.removeAttribute('aria-disabled');
  }
}

/** What was found before an operation says nothing of the schema after it. */
export function forgetDrift() {
  delete byId('drift').dataset.drift;
  setText(byId('drift-text'), 'not looked at');
  byId('drift-differences').hidden = true;
}

function renderDrift(differences) {
  const found = differences?.length ?? 0;
  byId('drift').dataset.drift = differences ? String(found > 0) : 'unknown';
  setText(byId('drift-text'), driftText(differences));
  byId('drift-differences').hidden = found === 0;
  byId('drift-differences').replaceChildren(...(found > 0 ? driftContent(differences) : []));
}

function driftText(differences) {
  if (!differences) {
    return 'cannot be told';
  }
  return differences.length === 0 ? 'none' : `${count(differences.length, 'object')} changed by hand or by another tool`;
}

function driftContent(differences) {
  return [
    element('h2', null, 'Drift'),
    element('p', { 'class': 'muted' }, 'What differs from how the newest run left the schema:'),
    differenceList(differences),
  ];
}

export function differenceList(differences) {
  return element('ul', { 'class': 'differences' }, differences.map(({ kind, identity, before, after }) =>
    element('li', null,
      element('span', { 'class': 'muted' }, kind), ' ', element('strong', null, identity),
      before === undefined ? element('span', null, ' is there and was not') : element('del', null, before),
      after === undefined ? element('span', null, ' was there and is not') : element('ins', null, after))));
}
