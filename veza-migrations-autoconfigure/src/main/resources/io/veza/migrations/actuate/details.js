/** One migration: its metadata, SQL, findings and events. */

import { request } from './api.js';
import { button, byId, element, scrollable, stateLabel, time } from './elements.js';
import { events } from './events.js';
import { select, selected } from './model.js';
import { findings } from './rehearsal.js';
import { highlighted } from './sql.js';
import { focusRow, markSelected } from './timeline.js';
import { duration, EXACT_TIME, marks, present } from './words.js';

export async function openDetails(version) {
  setShown(version);
  byId('details').hidden = false;
  await loadDetails(version);
  if (selected === version) {
    byId('details').scrollTop = 0;
    focusDetails();
  }
}

/** On a small screen the details stand in the place of the timeline. */
function focusDetails() {
  const alone = getComputedStyle(byId('timeline').parentElement).display === 'none';
  if (alone) {
    byId('details').scrollIntoView();
  }
  byId('details-heading').focus({ preventScroll: alone });
}

/** Shows the newest answer only: another migration may have been chosen meanwhile. */
async function loadDetails(version) {
  try {
    const details = await request(`/${encodeURIComponent(version)}`);
    if (selected === version) {
      renderDetails(details);
    }
  } catch (error) {
    if (selected === version) {
      renderDetailsProblem(version, error);
    }
  }
}

/** Asks again for what is shown, because something of it has changed. */
export function reloadDetails() {
  if (selected !== null) {
    loadDetails(selected);
  }
}

function setShown(version) {
  select(version);
  markSelected(version);
  document.body.classList.toggle('with-details', version !== null);
  history.replaceState(null, '', version === null ? location.pathname + location.search : `#/${encodeURIComponent(version)}`);
}

function closeDetails() {
  const closed = selected;
  setShown(null);
  byId('details').hidden = true;
  byId('details').replaceChildren();
  focusRow(closed);
}

function renderDetailsProblem(version, error) {
  byId('details').dataset.version = version;
  byId('details').replaceChildren(
    detailsHead(version, error.problem?.title ?? 'Not shown'),
    element('p', { 'role': 'alert' }, error.message));
}

function renderDetails(details) {
  const box = byId('details');
  const hadFocus = box.contains(document.activeElement);
  const { scrollTop } = box;
  box.dataset.version = details.version;
  box.replaceChildren(...present([
    detailsHead(details.version, details.description),
    element('p', { 'class': 'badges' }, stateLabel(details.state), marks(details).map((mark) => [' ', element('span', { 'class': 'mark' }, mark)])),
    metadata(details),
    findings(details.rehearsal),
    sqlSection('up', 'UP', null, details.up ?? null, 'There is no file for it here.'),
    sqlSection('down', 'DOWN', sourceText(details.downSource), details.down ?? null, 'There is no DOWN.'),
    details.truncated && element('p', { 'class': 'note' }, 'SQL over 256 KB is cut here; the file has all of it.'),
    events(details.events),
  ]));
  box.scrollTop = scrollTop;
  if (hadFocus) {
    byId('details-heading').focus();
  }
}

function detailsHead(version, description) {
  return element('div', { 'class': 'details-head' },
    element('h2', { 'id': 'details-heading', 'tabindex': -1 },
      element('span', { 'class': 'version' }, version), ' ', element('span', null, description)),
    button('Close', closeDetails, { 'id': 'details-close', 'class': 'quiet', 'aria-label': 'Close the migration' }));
}

function metadata(details) {
  const { Author: author, Date: date, ...others } = details.metadata;
  const known = {
    'Author': details.author ?? author,
    'Written': details.date ?? date,
    'Applied': details.appliedAt && [time(details.appliedAt, EXACT_TIME), details.appliedBy && ` by ${details.appliedBy}`],
    'Took': details.executionTimeMs !== undefined && duration(details.executionTimeMs),
    'Held': details.heldSince && heldText(details),
    'Runs': details.transactional !== undefined && (details.transactional ? 'in a transaction' : 'statement by statement, without a transaction'),
    'Reversible': details.reversible !== undefined && (details.reversible ? 'yes, as far as its file says' : 'no'),
    'Checksum': details.checksum && element('code', null, details.checksum),
  };
  const pairs = Object.entries({ ...others, ...known }).filter(([, value]) => value);
  return element('dl', { id: 'metadata' }, pairs.map(([term, value]) =>
    element('div', null, element('dt', null, term), element('dd', null, value))));
}

function heldText(details) {
  return ['rolled back ', time(details.heldSince, EXACT_TIME), details.heldBy && ` by ${details.heldBy}`,
    details.heldReason && [', because: ', element('q', null, details.heldReason)]];
}

function sourceText(source) {
  return { stored: 'as it was stored when the UP was applied', file: 'of the file' }[source];
}

function sqlSection(name, title, note, sql, absent) {
  return element('section', { 'data-section': name },
    element('h3', null, title, note && element('small', null, ` ${note}`)),
    sql === null
      ? element('p', { 'class': 'muted' }, absent)
      : scrollable(`SQL of the ${title}`, 'sql', element('pre', null, element('code', null, highlighted(sql)))));
}
