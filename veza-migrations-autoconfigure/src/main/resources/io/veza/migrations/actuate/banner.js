/** The line at the top that says what is wrong with the page itself: no connection, no permission. */

import { byId, setText } from './elements.js';

export function showBanner(error, suffix = '') {
  const banner = byId('error');
  banner.dataset.kind = error.kind;
  banner.hidden = false;
  setText(banner, error.message + suffix);
}

/** What is said of an operation stays until the next one; what is said of the connection, until there is one again. */
export function clearBanner(ofOperation) {
  const banner = byId('error');
  if (ofOperation || banner.dataset.kind !== 'read-only') {
    banner.hidden = true;
    setText(banner, '');
  }
}
