/** The list of migrations, the newest first, with search and filter. */

import { byId, element, setText, stateLabel, time } from './elements.js';
import { count, duration, marks, MIGRATION_STATES, NUMBER, present } from './words.js';

/** The row of each version, in the document or hidden. */
const rows = new Map();

/** The rows that fit search and filter, from top to bottom. */
let shown = [];

let filterRequested = 0;

/** Calls `open` with the version that somebody wants to see. */
export function startTimeline(open) {
  const states = { all: 'All', ...MIGRATION_STATES };
  byId('filter').append(...Object.entries(states).map(([value, text]) => element('option', { value }, text)));
  byId('search').addEventListener('input', requestFilter);
  byId('filter').addEventListener('input', requestFilter);
  byId('timeline').addEventListener('click', (event) => openEntry(event.target.closest('.entry'), open));
  byId('timeline').addEventListener('keydown', moveInTimeline);
}

function openEntry(entry, open) {
  if (entry) {
    setTabStop(entry);
    open(entry.parentElement.dataset.version);
  }
}

/** Returns the versions that are new, gone, moved, or differ from what was shown before. */
export function renderTimeline(list) {
  const entries = [...list.pending].reverse().concat([...list.applied].reverse());
  const gone = removeAllBut(new Set(entries.map(({ version }) => version)));
  const changed = entries.filter(renderRow).map(({ version }) => version);
  const changes = new Set([...gone, ...changed, ...placeRows(entries)]);
  if (changes.size > 0) {
    const longest = Math.max(3, ...entries.map(({ version }) => version.length));
    byId('timeline').style.setProperty('--version-width', `${Math.min(longest, 20)}ch`);
    renderFilter(entries);
    applyFilter();
  }
  return changes;
}

function removeAllBut(versions) {
  const gone = [...rows.keys()].filter((version) => !versions.has(version));
  gone.forEach(removeRow);
  return gone;
}

/** Returns whether anything of it has changed. */
function renderRow(entry) {
  const signature = JSON.stringify(entry);
  const row = rows.get(entry.version) ?? createRow(entry.version);
  if (row.signature === signature) {
    return false;
  }
  Object.assign(row, { signature, entry, words: searchable(entry) });
  row.item.dataset.state = entry.state;
  row.button.replaceChildren(...rowContent(entry));
  return true;
}

function createRow(version) {
  const entry = element('button', { 'type': 'button', 'class': 'entry', 'tabindex': -1 });
  const item = element('li', { 'data-version': version }, entry);
  const row = { item, button: entry };
  rows.set(version, row);
  return row;
}

function removeRow(version) {
  rows.get(version).item.remove();
  rows.delete(version);
}

/** Moves only what stands elsewhere, so that focus and scroll position stay; returns the versions of what was moved. */
function placeRows(entries) {
  const timeline = byId('timeline');
  if (!timeline.firstElementChild) {
    timeline.append(...entries.map(({ version }) => rows.get(version).item));
    return entries.map(({ version }) => version);
  }
  const focused = document.activeElement;
  const moved = moveRows(timeline, entries);
  if (focused !== document.activeElement) {
    focused.focus({ preventScroll: true });
  }
  return moved;
}

function moveRows(timeline, entries) {
  const moved = [];
  let place = timeline.firstElementChild;
  for (const { version } of entries) {
    const { item } = rows.get(version);
    if (item === place) {
      place = place.nextElementSibling;
    } else {
      timeline.insertBefore(item, place);
      moved.push(version);
    }
  }
  return moved;
}

function searchable(entry) {
  return [entry.version, entry.description, entry.author, MIGRATION_STATES[entry.state], entry.appliedBy, entry.heldBy,
    ...marks(entry)].join(' ').toLowerCase();
}

/** The blanks between the parts keep them apart for screen readers. */
function rowContent(entry) {
  return [
    stateLabel(entry.state), ' ',
    element('span', { 'class': 'version' }, entry.version), ' ',
    element('span', { 'class': 'what' },
      element('span', { 'class': 'description' }, entry.description),
      marks(entry).map((mark) => [' ', element('span', { 'class': 'mark' }, mark)]),
      entry.author && [' ', element('span', { 'class': 'author' }, entry.author)]), ' ',
    element('span', { 'class': 'when' }, ...when(entry)), ' ',
    element('span', { 'class': 'took' }, entry.executionTimeMs === undefined ? '' : duration(entry.executionTimeMs)),
  ];
}

function when(entry) {
  if (entry.heldSince) {
    return present(['rolled back ', time(entry.heldSince), entry.heldBy && ` by ${entry.heldBy}`]);
  }
  return present([entry.appliedAt && time(entry.appliedAt), entry.appliedBy && ` by ${entry.appliedBy}`]);
}

function renderFilter(entries) {
  const amounts = new Map();
  entries.forEach(({ state }) => amounts.set(state, (amounts.get(state) ?? 0) + 1));
  for (const option of byId('filter').options) {
    const amount = option.value === 'all' ? entries.length : amounts.get(option.value) ?? 0;
    setText(option, `${MIGRATION_STATES[option.value] ?? 'All'} (${NUMBER.format(amount)})`);
  }
}

function applyFilter() {
  const words = byId('search').value.toLowerCase().split(/\s+/);
  const state = byId('filter').value;
  shown = [];
  for (const item of byId('timeline').children) {
    const row = rows.get(item.dataset.version);
    const fits = (state === 'all' || row.entry.state === state) && words.every((word) => row.words.includes(word));
    item.hidden = !fits;
    if (fits) {
      shown.push(row);
    }
  }
  renderCount();
  ensureTabStop();
}

function renderCount() {
  const all = rows.size;
  const fitting = shown.length;
  setText(byId('count'), fitting === all ? count(all, 'migration') : `${NUMBER.format(fitting)} of ${count(all, 'migration')}`);
  byId('empty').hidden = fitting > 0;
  setText(byId('empty'), all > 0 ? 'No migration fits the search and the filter.' : 'There are no migrations.');
}

function requestFilter() {
  cancelAnimationFrame(filterRequested);
  filterRequested = requestAnimationFrame(applyFilter);
}

/** The tab key reaches one row; the arrow keys reach the others. */
function ensureTabStop() {
  const current = shown.find((row) => row.button.tabIndex === 0);
  if (!current && shown.length > 0) {
    setTabStop(shown[0].button);
  }
}

function setTabStop(target) {
  byId('timeline').querySelector('.entry[tabindex="0"]')?.setAttribute('tabindex', -1);
  target.tabIndex = 0;
}

function moveInTimeline(event) {
  const index = shown.findIndex((row) => row.button === event.target);
  const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: shown.length - 1 }[event.key];
  if (index < 0 || !shown[next]) {
    return;
  }
  event.preventDefault();
  setTabStop(shown[next].button);
  shown[next].button.focus();
}

/** Marks the version that is shown beside the list. */
export function markSelected(version) {
  byId('timeline').querySelector('.entry[aria-current]')?.removeAttribute('aria-current');
  rows.get(version)?.button.setAttribute('aria-current', 'true');
}

export function focusRow(version) {
  (rows.get(version)?.button ?? byId('timeline')).focus();
}
