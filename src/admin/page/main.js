// The frame of the page: which section shows, how often it requests data, and what the head says.

import { get } from "./api.js";
import { Attention } from "./attention.js";
import { DeadLetters } from "./letters.js";
import { el } from "./dom.js";
import { Events } from "./events.js";
import { Now } from "./now.js";
import { Try } from "./explain.js";
import { clock, number } from "./words.js";

const MAKERS = { now: () => new Now(), events: () => new Events(), "dead-letters": () => new DeadLetters(), attention: () => new Attention(), try: () => new Try() };
const HEAD_SECONDS = 5;
const TICK = 1000;

const main = document.getElementById("main");
const problem = el("p", { class: "notice bad", role: "alert", hidden: true });
const views = new Map();
let paths = new Set();
let shown = null;
let status = null;

const part = (id) => document.getElementById(id);

function viewOf(name) {
  if (!views.has(name)) views.set(name, MAKERS[name]());
  return views.get(name);
}

function show() {
  const name = location.hash.slice(1) || "now";
  if (!Object.hasOwn(MAKERS, name)) return;  // "#main", of the link that skips the head
  const view = viewOf(name);
  if (view === shown?.view) return;
  const isFirst = shown === null;
  shown?.view.close?.();
  shown = { view, updated: 0 };
  for (const link of document.querySelectorAll(".tabs a"))
    if (link.hash === `#${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  document.title = `${view.title} – Pinrelay`;
  main.replaceChildren(problem, view.root);
  if (!isFirst) main.focus({ preventScroll: true });
  view.open?.(paths);
  refresh();
}

function complain(failure) {
  if (shown) shown.view.root.hidden = failure?.status === 403;  // nothing but the reason
  problem.hidden = !failure;
  problem.textContent = failure ? `${failure.message}${failure.status === 0 ? " The page tries again." : ""}` : "";
}

function showReady(tone, text) {
  part("ready").className = `pill ${tone}`;
  part("ready").textContent = text;
}

function showBadge(id, count, isUrgent) {
  const badge = part(id);
  badge.hidden = count === 0;
  badge.textContent = number(count);
  badge.classList.toggle("act", isUrgent);
}

function showHead(attention) {
  const paused = status.accounts.filter((account) => account.delivery === "paused").length;
  part("version").textContent = status.version ?? "";
  part("updated").textContent = `Updated ${clock(status.now ?? Date.now() / 1000, true)}`;
  if (status.ready === false) showReady("bad", `Not ready: ${status.not_ready}`);
  else if (paused > 0) showReady("bad", paused === 1 ? "1 account is paused" : `${paused} accounts are paused`);
  else showReady("good", "Accepting events");
  const letters = attention.items.find((item) => item.kind === "dead_letters");
  showBadge("badge-dead-letters", letters?.count ?? 0, false);
  showBadge("badge-attention", attention.items.length, attention.items.some((item) => item.urgency === "act"));
}

async function refreshHead() {
  const [now, attention] = await Promise.all([get(paths.has("/status") ? "status" : "accounts"), get("attention")]);
  status = now;
  showHead(attention);
}

// One round at a time, so that a slow relay gets no second request before its answer.
let isBusy = false;
let headUpdated = 0;

async function refresh() {
  if (isBusy || paths.size === 0) return;
  isBusy = true;
  const { view } = shown;
  try {
    if (Date.now() - headUpdated >= HEAD_SECONDS * TICK) {
      await refreshHead();
      headUpdated = Date.now();
    }
    shown.updated = Date.now();
    await view.refresh?.(status);
    complain(null);
  } catch (failure) {
    if (failure.status === 0) showReady("bad", "Not connected");
    complain(failure);
  } finally {
    isBusy = false;
    if (view !== shown.view) refresh();
  }
}

function tick() {
  if (document.hidden) return;
  const isDue = shown.view.every && Date.now() - shown.updated >= shown.view.every * TICK;
  if (isDue || Date.now() - headUpdated >= HEAD_SECONDS * TICK) refresh();
}

async function start() {
  try {
    paths = new Set((await get("page/paths")).paths);
    show();
    complain(null);
    addEventListener("hashchange", show);
    setInterval(tick, TICK);
  } catch (failure) {
    main.replaceChildren(problem);
    showReady("bad", "Not connected");
    complain(failure);
    setTimeout(start, HEAD_SECONDS * TICK);
  }
}

start();
