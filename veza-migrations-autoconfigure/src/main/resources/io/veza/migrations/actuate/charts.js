/** Two charts: how long each migration took, and how many were applied per month. */

import { byId, element, setText, svg } from './elements.js';
import { count, DATE, duration, isReal, MONTH, NUMBER } from './words.js';

const CHART_WIDTH = 400;
const CHART_HEIGHT = 100;
const MOST_POINTS = 120;
const LEAST_MONTHS = 12;
const MOST_MONTHS = 36;

export function renderCharts(applied) {
  renderDurations(applied.filter((entry) => entry.executionTimeMs !== undefined));
  renderMonths(applied.filter(({ appliedAt }) => isReal(new Date(appliedAt))));
}

function renderDurations(applied) {
  const points = slowestOfEach(applied, MOST_POINTS);
  const slowest = points.reduce((most, each) => (!most || each.executionTimeMs > most.executionTimeMs ? each : most), null);
  const decades = Math.max(1, Math.ceil(Math.log10(Math.max(slowest?.executionTimeMs ?? 1, 1))));
  const step = CHART_WIDTH / Math.max(points.length, 1);
  const y = (ms) => CHART_HEIGHT - 6 - (CHART_HEIGHT - 12) * Math.log10(Math.max(ms, 1)) / decades;
  drawChart('durations', 'Duration of each migration', durationsText(applied, slowest), [
    ...Array.from({ length: decades + 1 }, (_, decade) => gridLine(y(10 ** decade))),
    ...points.map((point, index) => stem((index + 0.5) * step, y(point.executionTimeMs), `${point.version}: ${duration(point.executionTimeMs)}`)),
  ]);
  setText(byId('durations-note'), slowest ? `slowest ${slowest.version}, ${duration(slowest.executionTimeMs)}` : 'nothing applied yet');
  renderAxis('durations-axis', slowest ? [dayOf(points[0]), 'logarithmic', dayOf(points.at(-1))] : []);
}

/** A point stands for several migrations when there are many: for the slowest of them. */
function slowestOfEach(applied, most) {
  const length = Math.ceil(applied.length / most);
  const points = [];
  for (let start = 0; start < applied.length; start += length) {
    points.push(applied.slice(start, start + length).reduce((a, b) => (b.executionTimeMs > a.executionTimeMs ? b : a)));
  }
  return points;
}

function durationsText(applied, slowest) {
  return slowest
    ? `How long ${count(applied.length, 'migration')} took, in the order of application, on a logarithmic scale. The slowest is ${slowest.version} with ${duration(slowest.executionTimeMs)}.`
    : 'Nothing is applied yet.';
}

function dayOf({ appliedAt }) {
  const instant = new Date(appliedAt);
  return isReal(instant) ? DATE.format(instant) : appliedAt ?? '';
}

function renderMonths(applied) {
  const months = appliedPerMonth(applied);
  const most = Math.max(1, ...months.map((month) => month.amount));
  const step = CHART_WIDTH / Math.max(months.length, 1);
  const width = Math.min(step * 0.7, 8);
  drawChart('months', 'Applied migrations per month', monthsText(months), [
    gridLine(CHART_HEIGHT),
    ...months.filter((month) => month.amount > 0).map((month) => bar(month, (months.indexOf(month) + 0.5) * step - width / 2, width, most)),
  ]);
  setText(byId('months-note'), months.length > 0 ? `at most ${NUMBER.format(most)}` : 'nothing applied yet');
  renderAxis('months-axis', [...new Set([months[0], months.at(-1)])].filter(Boolean).map(({ name }) => name));
}

function appliedPerMonth(applied) {
  const amounts = new Map();
  applied.forEach(({ appliedAt }) => {
    const date = new Date(appliedAt);
    const month = date.getFullYear() * 12 + date.getMonth();
    amounts.set(month, (amounts.get(month) ?? 0) + 1);
  });
  const known = [...amounts.keys()].sort((a, b) => a - b);
  const months = [];
  const first = Math.max(Math.min(known[0], known.at(-1) - LEAST_MONTHS + 1), known.at(-1) - MOST_MONTHS + 1);
  for (let month = first; month <= known.at(-1); month++) {
    months.push({ name: MONTH.format(new Date(Math.floor(month / 12), month % 12)), amount: amounts.get(month) ?? 0 });
  }
  return months;
}

function monthsText(months) {
  return months.length === 0 ? 'Nothing is applied yet.' : months.filter(({ amount }) => amount > 0).map(({ name, amount }) => `${name}: ${amount}`).join(', ');
}

function drawChart(name, title, description, shapes) {
  byId(`chart-${name}`).replaceChildren(
    svg('title', { id: `${name}-title` }, title),
    svg('desc', { id: `${name}-desc` }, description),
    ...shapes);
}

function gridLine(y) {
  return svg('path', { 'class': 'grid', 'd': `M0 ${y}H${CHART_WIDTH}` });
}

/** The dot is the round end of a line without length, because the chart is stretched to its place. */
function stem(x, y, text) {
  return svg('g', {},
    svg('title', {}, text),
    svg('path', { 'class': 'stem', 'd': `M${x} ${CHART_HEIGHT}V${y}` }),
    svg('path', { 'class': 'dot', 'd': `M${x} ${y}h0.01` }));
}

function bar({ name, amount }, x, width, most) {
  const height = (CHART_HEIGHT - 6) * amount / most;
  return svg('rect', { 'class': 'bar', 'x': x, 'y': CHART_HEIGHT - height, width, height },
    svg('title', {}, `${name}: ${amount}`));
}

function renderAxis(id, labels) {
  byId(id).replaceChildren(...labels.map((label) => element('span', null, label)));
}
