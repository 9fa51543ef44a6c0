// Try it: an event is pasted and explained stage by stage. Nothing is sent or stored.

import { post } from "./api.js";
import { el, facts, pill } from "./dom.js";
import { STATUS, accountName, reasonOf } from "./words.js";

const SAMPLE = JSON.stringify({
  event: "purchase", event_id: "order-4711", page_location: "https://shop.example/thank-you",
  user_data: { email: "jane@example.com" },
  ecommerce: { transaction_id: "4711", value: 79.99, currency: "EUR", items: [{ item_id: "SKU-1", price: 79.99, quantity: 1 }] },
}, null, 2);
const DIGEST = /^[0-9a-f]{64}$/;

function valueAt(event, path) {
  return path.split(".").reduce((value, key) => (Array.isArray(value) ? value.map((one) => one?.[key]) : value?.[key]), event);
}

function shown(value) {
  if (value === undefined) return "";
  if (Array.isArray(value)) return value.map(shown).join(", ");
  if (typeof value === "object" && value !== null) return JSON.stringify(value);
  const text = String(value);
  return DIGEST.test(text) ? `${text.slice(0, 8)}…${text.slice(-4)}` : text;
}

const because = (what, reason) => [what, reason && el("span", { class: "faint" }, what ? `: ${reason}` : reason)];

function stage(title, ...content) {
  return el("section", {}, el("h3", {}, title), ...content);
}

function input(event) {
  const sender = event.sender ?? {};
  return stage("Input", facts([
    ["Format", event.form],
    ["Sender", (sender.is || sender.because) && because(sender.is, sender.because)],
    ["Trust", sender.trust && because(sender.trust, sender.trust_because)],
    ["Address", sender.address && because(sender.address, `from ${sender.address_from}`)],
    ["User agent", sender.user_agent_from && `from ${sender.user_agent_from}`],
    ["Consent", sender.consent], ["Consent policy", sender.consent_policy],
    ["Account", event.destination && because(accountName(event.destination), event.destination_because)],
  ]));
}

function fields(event) {
  if (!event.pinterest || !event.origins) return false;
  const rows = event.origins.map((origin) => el("tr", {}, el("th", { scope: "row", class: "mono" }, origin.field),
    el("td", { class: "mono value" }, shown(valueAt(event.pinterest, origin.field))),
    el("td", {}, origin.from && el("span", { class: "mono" }, origin.from), origin.from && " – ", el("span", { class: "faint" }, origin.rule))));
  return stage("Fields of the Pinterest event", el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Fields of the Pinterest event" },
    el("table", { class: "origins" }, el("thead", {}, el("tr", {}, ["Field", "Value", "Source and rule"].map((text) => el("th", { scope: "col" }, text)))), el("tbody", {}, rows))));
}

function unused(event) {
  if (!event.unused?.length) return false;
  return stage("Keys that nothing reads", el("ul", {}, event.unused.map((one) =>
    el("li", {}, el("code", {}, one.key ?? one), one.did_you_mean && [" – did you mean ", el("code", {}, one.did_you_mean), "?"]))));
}

function warnings(event) {
  if (!event.warnings?.length) return false;
  return stage("Warnings", el("ul", { class: "stack" }, event.warnings.map((warning) =>
    el("li", {}, el("code", {}, warning.code), warning.field && [" at ", el("code", {}, warning.field)], warning.message && `: ${warning.message}`,
      warning.advice && el("p", { class: "faint" }, warning.advice)))));
}

function explained(event) {
  const [tone, word] = STATUS[event.status] ?? ["", event.status];
  const [meaning, advice] = reasonOf(event.status, event.reason);
  return el("article", { class: "card stack explained" },
    el("div", { class: "head" }, el("h2", {}, event.event || "Event", event.pinterest && [el("span", { class: "faint" }, " → "), event.pinterest.event_name]),
      pill(tone, event.status === "dropped" ? "Would be dropped" : word)),
    (event.reason || event.message) && facts([["Reason", event.reason && [meaning, " ", el("code", { class: "faint" }, event.reason)]],
      ["Field", event.field && el("code", {}, event.field)], ["Message", event.message], ["What to do", event.advice ?? advice]]),
    input(event), fields(event), unused(event), warnings(event),
    event.pinterest && el("details", {}, el("summary", {}, "Event as sent"), el("pre", { tabindex: "0" }, JSON.stringify(event.pinterest, null, 2))));
}

function reading({ request, refusal }) {
  return [
    request && el("p", { class: "faint" }, `Read as ${request.kind}: ${request.method} ${request.path}${request.from ? `, from ${request.from}` : ""}`),
    refusal && el("div", { class: "notice bad" }, el("p", {}, `The relay would refuse this request with status ${refusal.status}: ${refusal.answer?.error?.message ?? ""}`),
      refusal.advice && el("p", {}, refusal.advice), el("p", {}, "The rest shows the result for an authenticated sender.")),
  ].filter(Boolean);
}

export class Try {
  title = "Try it";

  constructor() {
    this.text = el("textarea", { id: "try-text", rows: "12", spellcheck: "false", autocomplete: "off" });
    this.result = el("div", { class: "stack" });
    this.status = el("p", { role: "status" });
    this.button = el("button", { type: "submit", class: "primary" }, "Explain");
    this.form = el("form", { class: "card stack", onsubmit: (event) => { event.preventDefault(); this.explain(); } },
      el("label", { for: "try-text" }, "An event as JSON, a URL, a recorded request or a curl command"), this.text,
      el("p", { class: "actions" }, this.button, el("button", { type: "button", onclick: () => { this.text.value = SAMPLE; } }, "Insert a sample"), this.status));
    this.root = el("div", { class: "stack" }, el("h1", {}, "Try it"),
      el("p", { class: "faint" }, "See what the relay makes of an event, and why. Nothing is sent to Pinterest and nothing is stored."), this.form, this.result);
  }

  open(paths) {
    if (paths.has("/explain")) return;
    this.form.replaceWith(el("p", { class: "notice" }, "This relay does not explain events on this page. “pinrelay explain” does it in a terminal."));
  }

  async explain() {
    this.button.disabled = true;
    this.status.textContent = "";
    this.result.replaceChildren();
    try {
      const answer = await post("explain", this.text.value);
      const events = answer.report?.events ?? [];
      this.result.replaceChildren(...reading(answer), ...events.map(explained));
      this.status.textContent = events.length === 1 ? "1 event explained." : `${events.length} events explained.`;
    } catch (failure) {
      this.status.textContent = failure.message;
    }
    this.button.disabled = false;
  }
}
