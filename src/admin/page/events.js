// Events: the last few hundred, live. Each opens to its reason, its warnings and what to do.

import { Failure, get, stream } from "./api.js";
import { choice, el, facts, pill, setOptions } from "./dom.js";
import { IDENTIFIERS, STATUS, WARNINGS, accountName, clock, duration, plural, reasonOf } from "./words.js";

const MOST = 300;
const RETRY_SECONDS = 3;

const statusOf = (event) => STATUS[event.status] ?? ["", event.status];

export function identifierChips(keys) {
  if (!keys || keys.length === 0) return el("span", { class: "faint" }, "none");
  return el("span", { class: "chips" }, keys.map((key) => el("span", { class: "chip" }, IDENTIFIERS[key] ?? key)));
}

function details(event) {
  const [meaning, advice] = reasonOf(event.status, event.reason);
  return facts([
    ["Reason", event.reason && el("span", {}, meaning || event.reason, meaning && [" ", el("code", { class: "faint" }, event.reason)])],
    ["Message", event.message],
    ["What to do", event.advice ?? advice],
    ["Warnings", event.warnings?.length > 0 && el("ul", {}, event.warnings.map((code) => el("li", {}, WARNINGS[code] ?? "", " ", el("code", { class: "faint" }, code))))],
    ["Identifiers", identifierChips(event.identifiers)],
    ["Event id", event.event_id && el("code", {}, event.event_id)],
    ["Account", accountName(event.account ?? "none")],
    ["Received", clock(event.time, true)],
    ["Delivered after", event.latency !== undefined && (event.latency < 10 ? `${event.latency.toFixed(1)} s` : duration(event.latency))],
  ]);
}

class Row {
  constructor(event) {
    this.event = event;
    this.summary = el("summary");
    this.body = el("div", { class: "row-body" });
    this.root = el("details", { class: "row", ontoggle: () => this.draw() }, this.summary, this.body);
    this.draw();
  }

  draw() {
    const { event } = this;
    const [tone, word] = statusOf(event);
    this.summary.replaceChildren(el("span", { class: "mono faint" }, clock(event.time, true)),
      el("span", { class: "what" }, event.event || "(no name)", event.name && event.name !== event.event && [el("span", { class: "faint" }, " → "), event.name]),
      el("span", {}, pill(tone, word)), el("span", { class: "faint why" }, reasonOf(event.status, event.reason)[0] || event.reason || (event.warnings?.length > 0 ? plural(event.warnings.length, "warning") : "")),
      el("span", { class: "mono faint id" }, event.event_id ?? ""));
    if (this.root.open) this.body.replaceChildren(details(event));
  }
}

export class Events {
  title = "Events";
  rows = new Map();  // by seq, the newest last
  missed = 0;
  paused = false;

  constructor() {
    const draw = () => this.filter();
    const name = choice("events-name", "Event name", [["", "All"]], draw);
    const status = choice("events-status", "Outcome", [["", "All"], ...Object.entries(STATUS).slice(0, 8).map(([code, [, word]]) => [code, word])], draw);
    const account = choice("events-account", "Account", [["", "All"]], draw);
    [this.name, this.status, this.account] = [name.select, status.select, account.select];
    this.text = el("input", { id: "events-text", type: "search", autocomplete: "off", spellcheck: "false", oninput: draw });
    this.pause = el("button", { type: "button", "aria-pressed": "false", onclick: () => this.setPaused(!this.paused) }, "Pause");
    this.live = el("p", { class: "small faint", role: "status" });
    this.list = el("div", { class: "rows" });
    this.root = el("div", { class: "stack" },
      el("div", { class: "head" }, el("h1", {}, "Events"), this.live),
      this.tools = el("div", { class: "toolbar" }, name.field, status.field, account.field,
        el("div", { class: "field grow" }, el("label", { for: "events-text" }, "Event id contains"), this.text), this.pause),
      this.list);
  }

  open(paths) {
    if (!paths.has("/events")) return this.giveUp();
    this.stopped = new AbortController();
    this.follow(this.stopped.signal);
  }

  close() { this.stopped?.abort(); }

  async follow(signal) {
    while (!signal.aborted) {
      try {
        await this.load();
        await stream(`events/stream?since=${this.newest()}`, signal, () => this.report(), (kind, data) => this.take(kind, data));
      } catch (failure) {
        if (signal.aborted) return;
        if (!(failure instanceof Failure) && !(failure instanceof TypeError)) throw failure;  // no answer, or one cut off
      }
      this.report("Not live: connecting again …");
      await new Promise((resolve) => setTimeout(resolve, RETRY_SECONDS * 1000));
    }
  }

  giveUp() {
    this.tools.hidden = true;
    this.list.replaceChildren(el("p", { class: "notice" }, "This relay does not offer live events. Its log shows each event with log_level “debug”."));
  }

  async load() {
    const answer = await get(`events?limit=${MOST}`);
    this.missed = answer.missed ?? 0;
    if ((answer.events.at(-1)?.seq ?? 0) < this.newest()) this.rows.clear();  // another process counts from the beginning
    for (const event of answer.events) this.add(event);
    this.filter();
  }

  newest() { return [...this.rows.keys()].at(-1) ?? 0; }

  take(kind, data) {
    if (kind === "missed") this.missed += data.count;
    if (kind === "outcome") this.settle(data);
    if (kind === "event") this.add(data);
    if (this.drawing) return;
    this.drawing = requestAnimationFrame(() => { this.drawing = null; this.filter(); });
  }

  add(event) {
    const known = this.rows.get(event.seq);
    if (known) {
      known.event = event;
      known.draw();
      return;
    }
    this.rows.set(event.seq, new Row(event));
    if (this.rows.size > MOST) this.rows.delete(this.rows.keys().next().value);
  }

  // The relay knows the number of an event only if this connection has carried it; else its id tells which one it is.
  settle({ seq, account, event_id: id, status, reason = "", message = "", latency }) {
    const row = this.rows.get(seq) ?? [...this.rows.values()].findLast(({ event }) => event.event_id === id && event.account === account);
    if (!row) return;
    Object.assign(row.event, { status, reason, message, latency });
    row.draw();
  }

  setPaused(paused) {
    this.paused = paused;
    this.pause.setAttribute("aria-pressed", String(paused));
    this.pause.textContent = paused ? "Continue" : "Pause";
    this.report();
    if (!paused) this.filter();
  }

  report(text) {
    this.live.textContent = text ?? (this.paused ? "Paused: new events are collected and not shown" : `Live${this.missed > 0 ? `, ${plural(this.missed, "event")} not shown because there were too many` : ""}`);
  }

  isWanted({ event }) {
    return (!this.name.value || event.name === this.name.value || event.event === this.name.value) &&
      (!this.status.value || event.status === this.status.value) && (!this.account.value || event.account === this.account.value) &&
      (!this.text.value || (event.event_id ?? "").includes(this.text.value.trim()));
  }

  filter() {
    if (this.paused) return;
    const all = [...this.rows.values()];
    const names = [...new Set(all.map((row) => row.event.event || row.event.name).filter(Boolean))].sort();
    const accounts = [...new Set(all.map((row) => row.event.account).filter(Boolean))].sort();
    setOptions(this.name, [["", "All"], ...names.map((name) => [name, name])]);
    setOptions(this.account, [["", "All"], ...accounts.map((name) => [name, accountName(name)])]);
    const wanted = all.filter((row) => this.isWanted(row)).reverse().map((row) => row.root);
    this.arrange(wanted.length > 0 ? wanted : [el("p", { class: "empty" }, all.length === 0 ? "No events so far." : "No event fits the filters.")]);
  }

  // Moves as few elements as possible: one that has the focus or is open must stay in place.
  arrange(wanted) {
    const keep = new Set(wanted);
    for (const child of [...this.list.children]) if (!keep.has(child)) child.remove();
    let next = this.list.firstChild;
    for (const element of wanted) {
      if (element === next) next = next.nextSibling;
      else this.list.insertBefore(element, next);
    }
  }
}
