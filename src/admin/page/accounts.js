// The state of each account in words.

import { el, facts, pill } from "./dom.js";
import { accountName, accountState, duration, number, plural, when } from "./words.js";

const ONE_HOUR = 3600;

// The age of the oldest event beside the line of one hour: later, Pinterest counts a web event as an offline one.
function ageBar(age) {
  const share = Math.min(1, age / (ONE_HOUR * 4 / 3));
  const tone = age > ONE_HOUR ? "bad" : age > ONE_HOUR / 4 ? "warn" : "good";
  const bar = el("span", { class: `age ${tone}`, "aria-hidden": "true" }, el("span", { class: "age-fill" }), el("span", { class: "age-line" }));
  bar.firstChild.style.width = `${100 * share}%`;
  const words = age > ONE_HOUR ? "older than one hour: Pinterest counts it as an offline conversion" : "must be delivered within one hour";
  return el("span", { class: "age-row" }, bar, `${duration(age)} `, el("span", { class: "faint" }, words));
}

function trouble(account, now, advice) {
  return [
    ["What to do", advice],
    ["Why", account.reason],
    ["Since", account.since && `${when(account.since)} (${duration(now - account.since)} ago)`],
    ["Attempts", account.attempts && number(account.attempts)],
    ["Next attempt", account.next_try && (account.next_try > now ? `in ${duration(account.next_try - now)}` : "now")],
  ];
}

function card(account, now) {
  const [tone, word, meaning, advice] = accountState(account);
  const isFine = tone === "good";
  return el("article", { class: `card account ${tone}` },
    el("div", { class: "head" }, el("h3", {}, `Account ${accountName(account.account)}`), pill(tone, word)),
    el("p", {}, meaning),
    facts([
      ...(isFine ? [] : trouble(account, now, advice)),
      ["Waiting", plural(account.pending, "event")],
      ["Oldest event", account.oldest_event && account.pending > 0 ? ageBar(now - account.oldest_event) : ""],
      ["Waiting alone", account.waiting_alone > 0 && `${plural(account.waiting_alone, "event")} at which Pinterest fails`],
      ["Dead letters", account.dead_lettered > 0 && el("a", { href: "#dead-letters" }, number(account.dead_lettered))],
      ["Last answer", account.last_answer ? `${account.last_answer}, ${duration(now - account.answered)} ago` : "none yet"],
    ]));
}

// Cards of the accounts that need a look, and of the others.
export function accountCards(status) {
  const now = status.now ?? Date.now() / 1000;
  const cards = status.accounts.map((account) => card(account, now));
  return { trouble: cards.filter((each) => !each.classList.contains("good")), healthy: cards.filter((each) => each.classList.contains("good")) };
}
