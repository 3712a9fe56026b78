// Shows the JSON in the element "data". Data becomes text nodes and attributes, never HTML.
(() => {
  "use strict";

  // A report with few migrations shows them at once.
  const MAX_OPEN = 3;
  const MAX_TABLES = 100;
  const MAX_STATEMENTS = 300;
  const MAX_DIFFERENCES = 300;
  const MAX_DEFINITION = 5000;
  // The least share of a timeline that a statement takes, so that it can be seen.
  const LEAST_SHARE = 0.03;
  const EXCERPT_WIDTH = 120;

  const LOCKS = ["ACCESS SHARE", "ROW SHARE", "ROW EXCLUSIVE", "SHARE UPDATE EXCLUSIVE", "SHARE", "SHARE ROW EXCLUSIVE",
    "EXCLUSIVE", "ACCESS EXCLUSIVE"];

  const VERDICTS = {
    "exact": { text: "DOWN restores exactly", sign: "✓", style: "good" },
    "except-column-order": { text: "DOWN restores all but the column order", sign: "≈", style: "near" },
    "except-white-space": { text: "DOWN restores all but white space in functions", sign: "≈", style: "near" },
    "no": { text: "DOWN does not restore", sign: "✗", style: "bad" },
    "down-failed": { text: "DOWN fails", sign: "✗", style: "bad" },
    "up-failed": { text: "UP fails", sign: "✗", style: "bad" }
  };

  const SECOND_TIMES = {
    "same": "UP works again",
    "different": "UP leaves something else the second time",
    "failed": "UP fails the second time"
  };

  const SEVERITIES = ["error", "warning", "advice"];

  // ---- elements

  function element(tag, attributes, ...children) {
    const created = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== false) {
        created.setAttribute(name, value === true ? "" : value);
      }
    }
    created.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return created;
  }

  const badge = (style, text) => element("span", { class: "badge " + style }, text);

  const code = (text) => element("code", {}, text);

  const heads = (titles) => element("thead", {}, element("tr", {},
    titles.map((title) => element("th", { scope: "col" }, title))));

  const more = (count, limit, what) => (count > limit ? element("p", {}, `… and ${count - limit} more${what}`) : null);

  // ---- words

  function duration(ms) {
    if (ms >= 10000) {
      return (ms / 1000).toFixed(1) + " s";
    }
    return (ms >= 10 || ms === 0 ? String(Math.round(ms)) : ms.toFixed(1)) + " ms";
  }

  function plural(severity, count) {
    return severity === "advice" || count === 1 ? severity : severity + "s";
  }

  function cut(text, limit) {
    return text.length <= limit ? text : text.slice(0, limit).replace(/[\uD800-\uDBFF]$/, "");
  }

  const linesOf = (text) => text.split(/\r\n|\r|\n/);

  const kinds = (migration) => (migration.kinds.length === 0 ? "no change" : migration.kinds.join(", "));

  function difference(rows) {
    const changed = rows.changed < 0 ? "an unknown number" : rows.changed;
    const counts = `table ${rows.table}: ${rows.gone} row(s) gone, ${rows.added} added, ${changed} changed`;
    return rows.keys.length === 0 ? counts : counts + ", such as " + rows.keys.join(", ");
  }

  function place(at) {
    if (at.line === 0) {
      return at.file;
    }
    return at.column === 0 ? `${at.file}:${at.line}` : `${at.file}:${at.line}:${at.column}`;
  }

  function excerpt(line, column) {
    if (line === undefined) {
      return "";
    }
    const caret = Array.from(line).slice(0, Math.max(column - 1, 0)).join("").length;
    const from = Math.max(0, caret - EXCERPT_WIDTH / 2);
    const shown = "\n  " + line.slice(from, from + EXCERPT_WIDTH);
    return column === 0 ? shown : shown + "\n  " + line.slice(from, caret).replace(/[^\t]/g, " ") + "^";
  }

  function failureText(failure) {
    const labels = { Detail: failure.detail, Hint: failure.hint, Context: failure.context, Action: failure.advice };
    const state = failure.sqlState === undefined ? "" : ` (SQLSTATE ${failure.sqlState})`;
    return `${place(failure)}: ${failure.message}${state}` + excerpt(failure.sourceLine, failure.column)
      + Object.entries(labels).map(([label, text]) => (text === undefined ? "" : `\n${label}: ${text}`)).join("");
  }

  // ---- locks

  const atLeast = (lock, weakest) => LOCKS.indexOf(lock) >= LOCKS.indexOf(weakest);

  function lockStyle(lock) {
    if (lock === "ACCESS EXCLUSIVE") {
      return "lock-all";
    }
    if (atLeast(lock, "SHARE")) {
      return "lock-writes";
    }
    return lock === "SHARE UPDATE EXCLUSIVE" ? "lock-maintenance" : "lock-weak";
  }

  function waiting(lock) {
    if (lock === "ACCESS EXCLUSIVE") {
      return ": reads and writes wait";
    }
    return atLeast(lock, "SHARE") ? ": writes wait" : "";
  }

  const isTableOfOthers = (relation) => relation.existed && relation.kind !== "index" && relation.kind !== "sequence";

  // The locks that statements took on tables that were there before, in their order.
  function takenLocks(section, weakest) {
    return section.statements.flatMap((statement, index) => statement.relations
      .filter((relation) => isTableOfOthers(relation) && relation.lockTaken && atLeast(relation.lock, weakest))
      .map((relation) => ({ table: relation.relation, lock: relation.lock, from: index })));
  }

  // By table: each lock is held until a stronger one on the same table is taken, or the transaction ends.
  function lockSpans(section) {
    const spans = new Map();
    for (const { table, lock, from } of takenLocks(section, "ROW EXCLUSIVE")) {
      const ofTable = spans.get(table) ?? [];
      const last = ofTable.at(-1);
      if (last !== undefined && last.to > from) {
        last.to = from;
      }
      ofTable.push({ lock, from, to: section.transactional ? section.statements.length : from + 1 });
      spans.set(table, ofTable);
    }
    return spans;
  }

  function spanText(section, span) {
    const held = section.statements.slice(span.from, span.to).reduce((sum, { durationMs }) => sum + durationMs, 0);
    return `${span.lock} from line ${section.statements[span.from].line} for ${duration(held)}${waiting(span.lock)}`;
  }

  function strongestLock(section) {
    const locks = takenLocks(section, "SHARE UPDATE EXCLUSIVE").map(({ lock }) => lock);
    return locks.sort((one, other) => LOCKS.indexOf(other) - LOCKS.indexOf(one))[0] ?? null;
  }

  // ---- summary and overview

  function verdictBadge(migration) {
    const verdict = VERDICTS[migration.reversibility];
    if (migration.irreversible === undefined) {
      return badge(verdict.style, `${verdict.sign} ${verdict.text}`);
    }
    return badge("neutral",
      "→ " + (migration.reversibility === "up-failed" ? verdict.text : "irreversible, as the file says"));
  }

  function countBadges(findings) {
    return SEVERITIES.flatMap((severity) => {
      const count = findings.filter((finding) => finding.accepted === undefined && finding.severity === severity).length;
      return count === 0 ? [] : [badge(severity, `${count} ${plural(severity, count)}`), " "];
    });
  }

  function header(report) {
    const prepared = report.prepared.length === 0 ? "" : ` · after ${report.prepared.length} applied before`;
    return element("header", {}, element("h1", {}, "Rehearsal of migrations"),
      element("p", { class: "facts" }, `PostgreSQL ${report.server} · scratch database ${report.database} · `
        + `${report.startedAt.replace(/\.\d+/, "")} · took ${duration(report.durationMs)}${prepared}`));
  }

  function tile(label, count, style) {
    return element("div", { class: count > 0 ? "tile " + style : "tile none" }, element("dt", {}, label),
      element("dd", {}, String(count)));
  }

  const tileUnlessNone = (label, count, style) => (count > 0 ? tile(label, count, style) : null);

  function summary({ summary: numbers }) {
    const verdicts = numbers.reversibility;
    const failed = numbers.errors > 0;
    return element("section", { "aria-labelledby": "summary" }, element("h2", { id: "summary" }, "Summary"),
      element("p", { class: failed ? "outcome bad" : "outcome good" }, failed
        ? `✗ Failed: ${numbers.errors} ${plural("error", numbers.errors)} to settle.` : "✓ Passed: no finding is an error."),
      element("dl", { class: "tiles" },
        tile("Migrations", numbers.migrations, "neutral"),
        tile("Restore exactly", verdicts.exact, "good"),
        tile("All but column order", verdicts["except-column-order"], "near"),
        tile("Do not restore", verdicts.no, "bad"),
        tile("DOWN fails", verdicts["down-failed"], "bad"),
        tileUnlessNone("UP fails", verdicts["up-failed"], "bad"),
        tileUnlessNone("All but white space", verdicts["except-white-space"], "near"),
        tileUnlessNone("Irreversible", numbers.irreversible, "neutral"),
        tile("Errors", numbers.errors, "error"),
        tile("Warnings", numbers.warnings, "warning"),
        tile("Advice", numbers.advice, "advice"),
        tileUnlessNone("Accepted", numbers.accepted, "neutral")));
  }

  function notRun(versions) {
    return versions.length === 0 ? null : element("p", { class: "notice" },
      `Not reached, because a migration before them cannot be applied: ${versions.join(", ")}.`);
  }

  const idOf = (migration) => "m-" + migration.version;

  function overviewRow(migration) {
    const lock = strongestLock(migration.up);
    return element("tr", {},
      element("th", { scope: "row" }, element("a", { href: "#" + idOf(migration) }, migration.version)),
      element("td", { class: "name" }, migration.description),
      element("td", {}, verdictBadge(migration)),
      element("td", {}, kinds(migration)),
      element("td", { class: "number" }, duration(migration.up.durationMs)),
      element("td", { class: "number" }, migration.down === undefined ? "–" : duration(migration.down.durationMs)),
      element("td", {}, lock === null ? null : badge(lockStyle(lock), lock)),
      element("td", { class: "findings" }, countBadges(migration.findings)));
  }

  function overview(migrations) {
    return element("section", { "aria-labelledby": "overview" }, element("h2", { id: "overview" }, "Overview"),
      element("div", { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": "overview" },
        element("table", { class: "overview" },
          element("caption", {}, "Every migration with its verdict. The version leads to the details."),
          heads(["Version", "Description", "Verdict", "Kinds", "UP", "DOWN", "Strongest lock of UP", "Findings"]),
          element("tbody", {}, migrations.map(overviewRow)))));
  }

  // ---- one migration

  function sourceLine(migration, line) {
    for (const section of [migration.up, migration.down]) {
      for (const statement of section?.statements ?? []) {
        const text = linesOf(statement.sql)[line - statement.line];
        if (text !== undefined) {
          return text;
        }
      }
    }
    return null;
  }

  function findingCard(migration, finding) {
    const accepted = finding.accepted !== undefined;
    const severity = accepted ? "accepted" : finding.severity;
    const line = sourceLine(migration, finding.line);
    const rewrite = accepted || finding.rewrite.trim() === "" ? []
      : [element("p", { class: "instead" }, "Instead:"), element("pre", { class: "rewrite" }, finding.rewrite)];
    return element("article", { class: "finding " + severity },
      element("h5", {}, badge(severity, severity), " ", code(finding.code)),
      element("p", { class: "place" }, place(finding)),
      line === null ? null : element("pre", { class: "source" }, cut(line.trim(), 300)),
      element("p", {}, finding.message),
      element("p", {}, element("strong", {}, accepted ? "Accepted: " : "In production: "),
        accepted ? finding.accepted : finding.consequence),
      rewrite);
  }

  function definition(tag, text, none) {
    return element("td", { "data-label": tag === "del" ? "Before" : "After" }, text === undefined
      ? element("em", {}, none) : element(tag, {}, code(cut(text, MAX_DEFINITION))));
  }

  function differences(title, caption, open, changes) {
    return changes.length === 0 ? null : element("details", { open },
      element("summary", {}, `${title} (${changes.length})`),
      element("table", { class: "differences" }, element("caption", {}, caption), heads(["Object", "Before", "After"]),
        element("tbody", {}, changes.slice(0, MAX_DIFFERENCES).map((change) => element("tr", {},
          element("th", { scope: "row" }, element("span", { class: "kind" }, change.kind), " ", code(change.identity)),
          definition("del", change.before, "was not there"), definition("ins", change.after, "is not there"))))),
      more(changes.length, MAX_DIFFERENCES, ", see the JSON file."));
  }

  // Where each statement begins, and at last where the last one ends, in percent.
  function bordersOf(statements) {
    const total = statements.reduce((sum, { durationMs }) => sum + durationMs, 0);
    const least = Math.max(total * Math.min(LEAST_SHARE, 1 / (2 * statements.length)), 1e-6);
    const borders = [0];
    statements.forEach(({ durationMs }) => borders.push(borders.at(-1) + Math.max(durationMs, least)));
    return borders.map((border) => 100 * border / borders.at(-1));
  }

  function bar(borders, { from, to }, style, text, title) {
    const shown = element("span", { class: ("bar " + style).trim(), title }, text);
    shown.style.left = borders[from].toFixed(2) + "%";
    shown.style.width = (borders[to] - borders[from]).toFixed(2) + "%";
    return shown;
  }

  function timelineRow(title, bars, notes) {
    return element("tr", {}, element("th", { scope: "row" }, title),
      element("td", {}, element("div", { class: "track", "aria-hidden": "true" }, bars),
        notes.map((note) => element("span", { class: "note" }, note))));
  }

  function timeline(name, section) {
    const { statements } = section;
    if (statements.length === 0) {
      return null;
    }
    const borders = bordersOf(statements);
    const bars = statements.map((statement, index) => bar(borders, { from: index, to: index + 1 }, "", String(index + 1),
      `line ${statement.line}, ${duration(statement.durationMs)}: ${cut(statement.sql, 200)}`));
    return element("table", { class: "timeline" },
      element("caption", {}, element("span", { class: "unseen" },
        name + ": statements in time, and the locks on tables that were there before")),
      element("tbody", {},
        timelineRow("Statements", bars, [`${statements.length} in ${duration(section.durationMs)}`]),
        [...lockSpans(section)].slice(0, MAX_TABLES).map(([table, spans]) => timelineRow(table,
          spans.map((span) => bar(borders, span, lockStyle(span.lock), span.lock, spanText(section, span))),
          spans.map((span) => spanText(section, span))))));
  }

  function sectionDetails(name, section) {
    return section === undefined ? [] : [
      element("h4", {}, name + " ", element("small", {},
        `${duration(section.durationMs)}, ${section.transactional ? "in one transaction" : "statement by statement"}`)),
      section.failure === undefined ? null : element("pre", { class: "failure" }, failureText(section.failure)),
      timeline(name, section)];
  }

  function effectText(relation) {
    const counts = { inserted: relation.rowsInserted, updated: relation.rowsUpdated, deleted: relation.rowsDeleted };
    return [
      `${relation.lockTaken ? "took" : "held"} ${relation.lock}`,
      relation.existed ? null : "new in this section",
      relation.rewritten ? "rewritten" : null,
      relation.truncated ? "emptied" : null,
      relation.scans > 0 ? `read from end to end ${relation.scans} time(s), ${relation.rowsRead} row(s)` : null,
      ...Object.entries(counts).map(([what, count]) => (count > 0 ? `${count} row(s) ${what}` : null))
    ].filter((part) => part !== null).join(", ");
  }

  function statementItem(statement) {
    const text = " ".repeat(statement.column - 1) + statement.sql;
    const rest = statement.truncated ? ", the rest of its text is left out" : "";
    const documented = statement.observation === "documented"
      ? ", locks as documented, because they were gone when it ended" : "";
    return element("li", {},
      element("pre", { class: "sql" }, linesOf(text).flatMap((line, index) => [
        element("span", { "data-line": String(statement.line + index) }, line), "\n"])),
      element("p", { class: "note" }, duration(statement.durationMs) + rest + documented),
      statement.relations.length === 0 ? null : element("ul", { class: "effects" },
        statement.relations.map((relation) => element("li", {}, relation.kind + " ", code(relation.relation),
          ": " + effectText(relation)))));
  }

  function sqlListing(name, section) {
    const statements = section?.statements ?? [];
    return statements.length === 0 ? null : element("details", {},
      element("summary", {}, `SQL of the ${name} (${statements.length})`),
      element("ol", { class: "statements" }, statements.slice(0, MAX_STATEMENTS).map(statementItem)),
      more(statements.length, MAX_STATEMENTS, " statements."));
  }

  function facts(migration) {
    const down = migration.down === undefined ? "" : `, DOWN ${duration(migration.down.durationMs)}`;
    const second = SECOND_TIMES[migration.secondTime];
    return element("p", { class: "facts" }, code(migration.file),
      ` · ${kinds(migration)} · UP ${duration(migration.up.durationMs)}${down}${second ? " · " + second : ""}`);
  }

  function titled(title, items) {
    return items.length === 0 ? [] : [element("h4", {}, title), items];
  }

  function migrationDetails(migration, open) {
    const rows = migration.data.map((changed) => element("li", {}, difference(changed)));
    return element("details", { class: "migration", open },
      element("summary", {},
        element("h3", {}, element("span", { class: "version" }, migration.version), " ",
          element("span", { class: "name" }, migration.description)),
        " ", verdictBadge(migration), " ", countBadges(migration.findings)),
      element("div", { class: "body", id: idOf(migration) },
        facts(migration),
        titled("Findings", migration.findings.map((finding) => findingCard(migration, finding))).flat(),
        differences("Not restored by the DOWN", "How it was before the UP, and how it is after the DOWN.", true,
          migration.notRestored),
        titled("Rows that UP and DOWN together have changed", rows.length === 0 ? [] : [element("ul", {}, rows)]).flat(),
        sectionDetails("UP", migration.up),
        sectionDetails("DOWN", migration.down),
        sectionDetails("UP again", migration.again),
        differences("Changes of the schema by the UP", "How it was before the UP, and how it is after it.", false,
          migration.up.changes),
        sqlListing("UP", migration.up),
        sqlListing("DOWN", migration.down)));
  }

  function toggle() {
    const button = element("button", { type: "button", id: "toggle" }, "Expand all");
    button.addEventListener("click", () => {
      const open = button.textContent === "Expand all";
      document.querySelectorAll("details.migration").forEach((details) => {
        details.open = open;
      });
      button.textContent = open ? "Collapse all" : "Expand all";
    });
    return button;
  }

  function migrationList(migrations) {
    return element("section", { "aria-labelledby": "migrations" },
      element("div", { class: "heading" }, element("h2", { id: "migrations" }, "Migrations"), toggle()),
      migrations.map((migration) => migrationDetails(migration, migrations.length <= MAX_OPEN)));
  }

  function openTarget() {
    const details = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest("details.migration");
    if (details) {
      details.open = true;
      details.scrollIntoView();
    }
  }

  const report = JSON.parse(document.getElementById("data").textContent);
  document.getElementById("report").replaceWith(header(report), element("main", {},
    summary(report), notRun(report.notRun) ?? "", overview(report.migrations), migrationList(report.migrations)));
  window.addEventListener("hashchange", openTarget);
  openTarget();
})();
