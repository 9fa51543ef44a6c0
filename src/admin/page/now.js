// Now: the flow of events, per event name, and the state of each account.

import { get } from "./api.js";
import { TimeChart, sparkline } from "./chart.js";
import { accountCards } from "./accounts.js";
import { choice, el, setOptions } from "./dom.js";
import { accountName, clock, duration, eventName, number, percent, plural } from "./words.js";

const KINDS = [["accepted", "Accepted", "bar"], ["delivered", "Delivered", "line"], ["dropped", "Dropped", "line"]];
const sum = (values) => values.reduce((all, value) => all + value, 0);

// One series of those that are chosen.
function joined(series, length) {
  const all = Object.fromEntries(["accepted", "delivered", "dropped", "pending"].map((name) => [name, new Array(length).fill(0)]));
  for (const one of series)
    for (const [name, values] of Object.entries(all)) one[name].forEach((value, i) => { values[i] += value; });
  return all;
}

function byEvent(series, length) {
  const names = [...new Set(series.map((one) => one.event))];
  return names.map((name) => ({ name, ...joined(series.filter((one) => one.event === name), length) }))
    .sort((a, b) => (a.name === "") - (b.name === "") || sum(b.accepted) - sum(a.accepted));
}

export class Now {
  title = "Now";
  every = 5;
  span = "hour";
  account = "";
  event = "";

  constructor() {
    this.spans = [["hour", "Last hour"], ["day", "Last day"]].map(([span, text]) =>
      el("button", { type: "button", "aria-pressed": String(span === this.span), onclick: () => this.setSpan(span) }, text));
    const account = choice("now-account", "Account", [["", "All accounts"]], (value) => { this.account = value; this.render(); });
    const event = choice("now-event", "Event name", [["", "All events"]], (value) => { this.event = value; this.render(); });
    this.accountSelect = account.select;
    this.accountField = account.field;
    this.eventSelect = event.select;
    this.tiles = el("dl", { class: "tiles" });
    this.flow = new TimeChart(220);
    this.pending = new TimeChart(110);
    this.since = el("p", { class: "faint small" });
    this.rows = el("tbody");
    this.troubled = el("div", { class: "accounts" });
    this.trouble = el("section", { "aria-labelledby": "trouble-title", hidden: true },
      el("h2", { id: "trouble-title", class: "visually-hidden" }, "Accounts in trouble"), this.troubled);
    this.accounts = el("div", { class: "accounts" });
    this.table = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "The figures of the chart" });
    this.root = el("div", { class: "stack" }, this.top(event.field), this.trouble, this.chartCard(), this.eventCard(),
      this.healthy = el("section", { "aria-labelledby": "accounts-title" }, el("h2", { id: "accounts-title" }, "Accounts"), this.accounts));
  }

  top(eventField) {
    return el("div", { class: "head" }, el("h1", {}, "Now"),
      el("div", { class: "toolbar" }, this.accountField, eventField,
        el("div", { class: "toggle", role: "group", "aria-label": "Time span" }, this.spans)));
  }

  chartCard() {
    const legend = el("ul", { class: "legend small" }, KINDS.map(([name, text]) => el("li", { class: name }, text)));
    return el("section", { class: "card stack", "aria-label": "Flow of events" }, this.tiles,
      el("div", {}, el("div", { class: "head" }, this.flowTitle = el("h2"), legend), this.flow.root),
      el("div", {}, el("h2", {}, "Waiting to be delivered"), this.pending.root), this.since,
      el("details", {}, el("summary", {}, "Show the figures as a table"), this.table));
  }

  eventCard() {
    const heads = ["Event name", "Accepted", "Delivered", "Dropped", "Waiting", "Accepted over time"];
    return el("section", { class: "card", "aria-labelledby": "by-event" }, el("h2", { id: "by-event" }, "By event name"),
      el("table", { class: "figures" }, el("thead", {}, el("tr", {}, heads.map((text) => el("th", { scope: "col" }, text)))), this.rows));
  }

  async setSpan(span) {
    this.span = span;
    this.spans.forEach((button, i) => button.setAttribute("aria-pressed", String(["hour", "day"][i] === span)));
    this.history = null;
    await this.load().catch(() => {});  // the next round reports what is wrong
  }

  async refresh(status) {
    const { trouble, healthy } = accountCards(status);
    this.trouble.hidden = trouble.length === 0;
    this.healthy.hidden = healthy.length === 0;
    this.troubled.replaceChildren(...trouble);
    this.accounts.replaceChildren(...healthy);
    await this.load();
  }

  async load() {
    const span = this.span;
    const history = await get(`history?span=${span}`);
    if (span !== this.span) return;
    this.history = history;
    this.render();
  }

  render() {
    if (!this.history) return;
    const { step, end, since, series } = this.history;
    const length = this.span === "hour" ? 60 : 96;
    const accounts = [...new Set(series.map((one) => one.account))];
    setOptions(this.accountSelect, [["", "All accounts"], ...accounts.map((name) => [name, accountName(name)])]);
    this.accountField.hidden = accounts.length < 2;
    setOptions(this.eventSelect, [["", "All events"], ...[...new Set(series.map((one) => one.event))].filter(Boolean).sort().map((name) => [name, eventName(name)])]);
    this.event = this.eventSelect.value;
    this.account = this.accountSelect.value;
    const ofAccount = series.filter((one) => !this.account || one.account === this.account);
    const chosen = joined(ofAccount.filter((one) => !this.event || one.event === this.event), length);
    this.renderTiles(chosen);
    this.renderCharts(chosen, { length, step, end, since });
    this.renderRows(byEvent(ofAccount, length));
    const known = end - since;
    this.since.textContent = known < step * length
      ? `The relay started ${duration(known)} ago. Earlier figures are not known: this history is kept in memory only.` : "";
  }

  renderTiles(chosen) {
    const accepted = sum(chosen.accepted);
    const share = (name) => (accepted > 0 ? percent(sum(chosen[name]), accepted) : "");
    const tiles = [["accepted", "Accepted", accepted, ""], ["delivered", "Delivered", sum(chosen.delivered), share("delivered")],
      ["dropped", "Dropped", sum(chosen.dropped), share("dropped")], ["pending", "Waiting now", chosen.pending.at(-1), ""]];
    this.tiles.replaceChildren(...tiles.map(([name, text, value, more]) =>
      el("div", { class: `tile ${name}` }, el("dt", {}, text), el("dd", {}, number(value), more && el("span", { class: "faint" }, more)))));
  }

  renderCharts(chosen, frame) {
    const unit = this.span === "hour" ? "minute" : "15 minutes";
    const what = this.event ? eventName(this.event) : "All events";
    this.flowTitle.textContent = `${what} per ${unit}`;
    this.flow.show({ ...frame, series: KINDS.map(([name, label, kind]) => ({ name, label, kind, values: chosen[name] })) },
      `${what} per ${unit}: ${plural(sum(chosen.accepted), "event")} accepted, ${number(sum(chosen.delivered))} delivered, ${number(sum(chosen.dropped))} dropped.`);
    this.pending.show({ ...frame, series: [{ name: "pending", label: "Waiting", kind: "area", values: chosen.pending }] },
      `Events that wait to be delivered: ${number(chosen.pending.at(-1))} now, at most ${number(Math.max(...chosen.pending))}.`);
    const rows = chosen.accepted.map((_, i) => i).filter((i) => chosen.accepted[i] + chosen.delivered[i] + chosen.dropped[i] + chosen.pending[i] > 0).reverse();
    const names = ["accepted", "delivered", "dropped", "pending"];
    this.table.replaceChildren(el("table", { class: "figures plain" },
      el("thead", {}, el("tr", {}, ["Until", "Accepted", "Delivered", "Dropped", "Waiting"].map((text) => el("th", { scope: "col" }, text)))),
      el("tbody", {}, rows.map((i) => el("tr", {}, el("th", { scope: "row" }, clock(frame.end - (frame.length - 1 - i) * frame.step)),
        names.map((name) => el("td", {}, number(chosen[name][i]))))))));
  }

  renderRows(events) {
    if (events.length === 0) {
      this.rows.replaceChildren(el("tr", {}, el("td", { colspan: "6", class: "empty" },
        "No events so far. Send one to the collect port, or paste one into “Try it”.")));
      return;
    }
    const figure = (event, name, value) => el("td", { "data-label": name }, event.name === "" && value === 0 ? "–" : number(value));
    this.rows.replaceChildren(...events.map((event) => el("tr", {},
      el("th", { scope: "row" }, eventName(event.name)),
      ["accepted", "delivered", "dropped"].map((name) => figure(event, name, sum(event[name]))), figure(event, "waiting", event.pending.at(-1)),
      el("td", { class: "trend" }, sparkline(event.accepted, event.name === "" ? "dropped" : "accepted")))));
  }
}
