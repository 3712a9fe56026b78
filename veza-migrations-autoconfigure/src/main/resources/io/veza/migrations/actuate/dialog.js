/** The dialog that leads through an operation, one step at a time. */

import { byId, element, setText } from './elements.js';
import { present } from './words.js';

export function startDialog() {
  byId('operation-close').addEventListener('click', () => byId('operation').close());
  byId('operation').addEventListener('close', afterClose);
}

export function openDialog() {
  byId('operation').showModal();
}

export function isDialogOpen() {
  return byId('operation').open;
}

export function showStep(step, title, content, focus = '#operation-heading') {
  const dialog = byId('operation');
  dialog.dataset.step = step;
  setText(byId('operation-heading'), title);
  byId('operation-body').replaceChildren(...present(content));
  if (dialog.open) {
    focusInDialog(focus);
    byId('operation-body').scrollTop = 0;
  }
}

export function focusInDialog(selector) {
  (byId('operation-body').querySelector(selector) ?? byId('operation-heading')).focus();
}

export function buttons(...all) {
  return element('div', { 'class': 'buttons' }, all);
}

/** The browser gives the focus back to the button that opened the dialog, unless that is disabled now. */
function afterClose() {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body || document.activeElement.disabled) {
      byId('timeline').focus({ preventScroll: true });
    }
  });
}
