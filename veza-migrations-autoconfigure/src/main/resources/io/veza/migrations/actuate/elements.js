/** Elements of the document: making them, finding them, and those that several parts of the page have in common. */

import { DATE_TIME, isReal, MIGRATION_STATES, present } from './words.js';

const ZONED = /(?:Z|[+-]\d\d:?\d\d)$/;

/**
 * Makes an element. What is given as text stays text, so that nothing of a migration is ever read as HTML; a
 * function listens to the event of that name; children that are missing are left out.
 */
export function element(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (typeof value === 'function') {
      node.addEventListener(key, value);
    } else if (value !== undefined && value !== null && value !== false) {
      node.setAttribute(key, value === true ? '' : value);
    }
  }
  node.append(...present(children));
  return node;
}

export function svg(name, attributes, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
  node.append(...children);
  return node;
}

export function byId(id) {
  return document.getElementById(id);
}

export function field(box, name) {
  return box.querySelector(`[data-field=${name}]`);
}

/** Leaves a text that is the same alone, because live regions speak whatever is set. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

export function button(text, listener, attributes) {
  return element('button', { type: 'button', click: listener, ...attributes }, text);
}

export function bulleted(texts) {
  return element('ul', null, texts.map((text) => element('li', null, text)));
}

/** A time in the zone of the reader; one without a zone is that of the server of another runner, and stays as it is. */
export function time(text, format = DATE_TIME) {
  const datetime = text.replace(/(\.\d{3})\d+/, '$1');
  if (!ZONED.test(text)) {
    const local = text.replace('T', ' ').replace(/\.\d+$/, '');
    return element('time', { datetime, title: 'Written without a zone by another runner' }, `${local} (server time)`);
  }
  const instant = new Date(text);
  return isReal(instant) ? element('time', { datetime, title: text }, format.format(instant)) : element('span', null, text);
}

/** A box that scrolls by itself, also by keyboard. */
export function scrollable(label, className, ...children) {
  return element('div', { 'class': className, 'tabindex': 0, 'role': 'region', 'aria-label': label }, children);
}

export function stateLabel(state) {
  return element('span', { 'class': `state state-${state}` }, MIGRATION_STATES[state] ?? state);
}
