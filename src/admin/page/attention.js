// Attention: what an operator should know or act on, the most urgent first.

import { get } from "./api.js";
import { el, facts, pill } from "./dom.js";
import { REASONS, accountName, plural, when } from "./words.js";

const TONES = { act: ["bad", "Act now"], look: ["warn", "Look at it"] };
const LINKS = { dead_letters: "#dead-letters", account_paused: "#now", account_failing: "#now", no_account: "#events", mostly_dropped: "#events" };

const NAMES = { destination: "Account", last_message: "Last message" };
const sentence = (text) => text && text[0].toUpperCase() + text.slice(1);

function fact({ name, value }) {
  return [NAMES[name] ?? sentence(name.replaceAll("_", " ")), name === "destination" ? accountName(value) : value];
}

function card(item) {
  const [tone, word] = TONES[item.urgency] ?? TONES.look;
  const reason = REASONS[item.facts?.find(({ name }) => name === "reason")?.value];
  return el("article", { class: `card item ${tone}` },
    el("div", { class: "head" }, el("h2", {}, item.title), pill(tone, word)),
    (item.detail || reason) && el("p", {}, item.detail || reason[0]),
    facts([["What to do", sentence(item.advice)], ...(item.facts ?? []).map(fact), ["Since", item.last && item.last !== item.since ? `${when(item.since)} to ${when(item.last)}, ${plural(item.count, "time")}` : item.since && when(item.since)]]),
    LINKS[item.kind] && el("p", {}, el("a", { href: LINKS[item.kind] }, "Open")));
}

export class Attention {
  title = "Attention";
  every = 10;

  constructor() {
    this.list = el("div", { class: "stack" });
    this.root = el("div", { class: "stack" }, el("h1", {}, "Attention"), this.list);
  }

  async refresh() {
    const { items } = await get("attention");
    this.list.replaceChildren(...(items.length > 0 ? items.map(card) : [el("p", { class: "card empty" }, "Nothing needs your attention.")]));
  }
}
