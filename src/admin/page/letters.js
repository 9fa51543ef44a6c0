// Dead letters: what Pinterest refused and what became too old. Read them, replay them, save them.

import { get, getText, post } from "./api.js";
import { el, facts, pill } from "./dom.js";
import { identifierChips } from "./events.js";
import { DEAD, accountName, number, plural, when } from "./words.js";

const POLL_SECONDS = 0.7;
const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
const queryOf = (selection) => new URLSearchParams(selection).toString();
const total = (rows) => rows.reduce((sum, row) => sum + row.count, 0);

function countedList(title, rows) {
  return rows.length > 0 && el("div", {}, el("h3", {}, title), el("ul", { class: "counts" },
    rows.map((row) => el("li", {}, el("span", { class: "mono" }, number(row.count)), " ", row.what))));
}

// Replays a selection: first without a change, then, if the person agrees, for good.
class Replay {
  constructor(onmoved) {
    this.onmoved = onmoved;
    this.title = el("h2", { tabindex: "-1" });
    this.bar = el("progress", { "aria-label": "Progress of the replay" });
    this.state = el("p", { role: "status" });
    this.result = el("div", { class: "stack" });
    this.go = el("button", { type: "button", class: "primary", onclick: () => this.run(false) });
    this.dismiss = el("button", { type: "button", onclick: () => { this.root.hidden = true; } }, "Close");
    this.root = el("section", { class: "card stack replay", "aria-label": "Replay", hidden: true },
      this.title, this.state, this.bar, this.result, el("p", { class: "actions" }, this.go, this.dismiss));
  }

  begin(selection, what) {
    this.selection = selection;
    this.what = what;
    this.root.hidden = false;
    this.title.textContent = `Replay ${what}`;
    this.title.focus();
    this.run(true);
  }

  async run(isDry) {
    this.go.hidden = true;
    this.result.replaceChildren();
    this.bar.hidden = false;
    this.bar.removeAttribute("value");
    this.state.textContent = isDry ? "Checking with the current configuration. Nothing is sent." : "Sending again …";
    try {
      let progress = await post(`dead-letters/replay?${queryOf({ ...this.selection, dry_run: isDry })}`);
      while (progress.state === "running") {
        this.draw(progress);
        await pause(POLL_SECONDS);
        progress = await get("dead-letters/replay");
      }
      this.end(progress, isDry);
    } catch (failure) {
      this.bar.hidden = true;
      this.state.textContent = failure.message;
    }
  }

  draw({ selected, examined }) {
    if (!selected) return;
    this.bar.max = selected;
    this.bar.value = examined;
    this.state.textContent = `${number(examined)} of ${plural(selected, "dead letter")} …`;
  }

  end(progress, isDry) {
    this.bar.hidden = true;
    const sent = total(progress.sent);
    if (progress.state === "failed") this.state.textContent = progress.failure;
    else if (isDry) this.state.textContent = sent > 0 ? `The relay would send ${plural(sent, "event")} again.` : "The relay would send nothing again.";
    else this.state.textContent = `${plural(progress.moved, "event")} given to delivery again.`;
    this.result.replaceChildren(...[countedList(isDry ? "Would be sent" : "Sent", progress.sent), countedList("Stay where they are", progress.stays),
      countedList("Changed by the current configuration", progress.changed)].filter(Boolean));
    this.go.hidden = !isDry || sent === 0;
    this.go.textContent = `Replay ${plural(sent, "event")}`;
    if (!isDry) this.onmoved();
  }
}

export class DeadLetters {
  title = "Dead letters";
  every = 10;

  constructor() {
    this.replay = new Replay(() => this.refresh());
    this.groups = el("div", { class: "stack" });
    this.letters = el("div", { class: "rows" });
    this.problem = el("p", { class: "problem", role: "alert" });
    this.root = el("div", { class: "stack" },
      el("div", { class: "head" }, el("h1", {}, "Dead letters"),
        this.save = el("button", { type: "button", onclick: () => this.export() }, "Export as JSON lines")),
      el("p", { class: "faint" }, "Events that were not delivered and are not tried again by themselves. Fix the cause first, then replay them: a replay uses the current configuration and keeps the id and the time of each event."),
      this.problem, this.replay.root, this.groups,
      this.newest = el("section", { "aria-labelledby": "newest-title" }, el("h2", { id: "newest-title" }, "Newest dead letters"), this.letters));
  }

  async refresh() {
    const answer = await get("dead-letters?limit=100");
    const count = total(answer.groups);
    this.save.hidden = this.newest.hidden = count === 0;
    this.groups.replaceChildren(...(count === 0 ? [el("p", { class: "card empty" }, "There are no dead letters.")] : answer.groups.map((group) => this.groupCard(group))));
    this.showLetters(answer.letters);
  }

  groupCard(group) {
    const [meaning, advice] = DEAD[group.reason] ?? [group.meaning, ""];
    const what = `${plural(group.count, "dead letter")} of account ${accountName(group.account)}`;
    return el("article", { class: "card group" },
      el("div", { class: "head" }, el("h2", {}, meaning), pill("bad", number(group.count))),
      facts([["Account", accountName(group.account)], ["Reason", el("code", {}, group.reason)], ["What to do", advice],
        ["From", group.oldest === group.newest ? when(group.newest) : `${when(group.oldest)} to ${when(group.newest)}`]]),
      el("p", { class: "actions" }, el("button", { type: "button", onclick: () => this.replay.begin({ account: group.account, reason: group.reason }, what) }, "Check and replay …")));
  }

  // Keeps the rows that are there: one of them may be open.
  showLetters(letters) {
    const known = new Map([...this.letters.children].map((row) => [row.dataset.number, row]));
    this.letters.replaceChildren(...letters.map((letter) => known.get(String(letter.number)) ?? this.row(letter)));
  }

  row(letter) {
    return el("details", { class: "row", "data-number": letter.number },
      el("summary", {}, el("span", { class: "mono faint" }, when(letter.died)),
        el("span", { class: "what" }, letter.event || letter.name, letter.event && letter.event !== letter.name && [el("span", { class: "faint" }, " → "), letter.name]),
        el("span", {}, pill("bad", letter.reason)), el("span", { class: "faint why" }, letter.message), el("span", { class: "mono faint id" }, letter.event_id)),
      el("div", { class: "row-body" }, facts([
        ["Pinterest’s words", letter.message], ["Meaning", DEAD[letter.reason]?.[0] ?? letter.meaning], ["What to do", DEAD[letter.reason]?.[1]],
        ["Identifiers", identifierChips(letter.identifiers)], ["Event id", el("code", {}, letter.event_id)], ["Account", accountName(letter.account)],
        ["Event time", when(letter.time)], ["Received", when(letter.accepted)], ["Requests", number(letter.attempts)], ["Number", String(letter.number)]]),
      el("p", { class: "actions" }, el("button", { type: "button", onclick: () => this.replay.begin({ numbers: letter.number }, `dead letter ${letter.number}`) }, "Check and replay …"))));
  }

  async export() {
    this.problem.textContent = "";
    try {
      const file = new Blob([await getText("dead-letters/export")], { type: "application/x-ndjson" });
      const link = el("a", { href: URL.createObjectURL(file), download: "dead-letters.jsonl" });
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (failure) {
      this.problem.textContent = failure.message;
    }
  }
}
