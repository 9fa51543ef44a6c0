// Charts as plain SVG, drawn in the pixels of their place, so that texts keep their size on each screen.

import { svg, el } from "./dom.js";
import { clock, number } from "./words.js";

const MARGIN = { top: 10, right: 4, bottom: 22, left: 40 };

// The next 1, 2 or 5 times a power of ten.
function niceMaximum(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return Math.max(4, [1, 2, 4, 5, 10].find((factor) => factor * power >= value) * power);
}

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

function drawGrid(root, width, height, top, x, y, data) {
  for (let i = 0; i <= 4; i += 2) {
    const value = top * i / 4;
    root.append(svg("line", { x1: MARGIN.left, x2: width - MARGIN.right, y1: y(value), y2: y(value), class: "grid" }),
      svg("text", { x: MARGIN.left - 6, y: y(value) + 4, "text-anchor": "end" }, compact.format(value)));
  }
  root.append(svg("text", { x: width - MARGIN.right, y: height - 5, "text-anchor": "end" }, "now"));
  for (const time of ticks(data, width)) {
    const at = x(data.length - (data.end - time) / data.step);
    if (at > MARGIN.left + 15 && at < width - 50) root.append(svg("text", { x: at, y: height - 5, "text-anchor": "middle" }, clock(time)));
  }
}

// Round times, by the clock of the reader.
function ticks(data, width) {
  const isHour = data.step === 60;
  const every = width < 480 ? (isHour ? 1200 : 28800) : (isHour ? 600 : 14400);
  const shift = -60 * new Date(data.end * 1000).getTimezoneOffset();
  const times = [];
  for (let time = Math.floor((data.end + shift) / every) * every - shift; time > data.end - data.length * data.step; time -= every) times.push(time);
  return times;
}

// How many steps lie before the start of the process: nothing is known of them.
const unknownSteps = (data) => Math.max(0, data.length - Math.ceil((data.end - data.since) / data.step));

function drawSeries(root, series, first, x, y) {
  if (series.kind === "bar") {
    const path = series.values.map((value, i) => (value > 0 ? `M${x(i + 0.12)} ${y(0)}V${y(value)}H${x(i + 0.88)}V${y(0)}Z` : "")).join("");
    root.append(svg("path", { d: path, class: `fill ${series.name}` }));
    return;
  }
  const points = series.values.map((value, i) => `${x(i + 0.5)} ${y(value)}`).slice(first).join("L");
  if (series.kind === "area") root.append(svg("path", { d: `M${x(first + 0.5)} ${y(0)}L${points}L${x(series.values.length - 0.5)} ${y(0)}Z`, class: `area ${series.name}` }));
  root.append(svg("path", { d: `M${points}`, class: `line ${series.name}` }));
  const last = series.values.length - 1;
  if (first === last) root.append(svg("circle", { cx: x(last + 0.5), cy: y(series.values[last]), r: 3, class: `dot ${series.name}` }));
}

function drawUnknown(root, first, height, x) {
  if (first > 0)
    root.append(svg("rect", { x: x(0), width: x(first) - x(0), y: MARGIN.top, height: height - MARGIN.top - MARGIN.bottom, class: "unknown" }));
}

// `data`: {length, step, end, since, series: [{name, label, kind, values}]}. Redraws with the size of its place.
export class TimeChart {
  constructor(height) {
    this.height = height;
    this.canvas = el("div", { class: "canvas" });
    this.readout = el("p", { class: "readout small faint", "aria-hidden": "true" });
    this.root = el("figure", { class: "chart" }, this.canvas, this.readout);
    new ResizeObserver(() => this.draw()).observe(this.canvas);
    this.canvas.addEventListener("pointermove", (event) => this.point(event));
    this.canvas.addEventListener("pointerleave", () => this.unpoint());
  }

  show(data, label) {
    this.data = { ...data, timeOf: (i) => data.end - (data.length - 1 - i) * data.step };
    this.label = label;
    this.draw();
  }

  draw() {
    const width = this.canvas.clientWidth;
    if (!this.data || width === 0) return;
    const { data, height } = this;
    const top = niceMaximum(Math.max(...data.series.flatMap((series) => series.values), 0));
    const x = (i) => MARGIN.left + i * (width - MARGIN.left - MARGIN.right) / data.length;
    const y = (value) => height - MARGIN.bottom - value * (height - MARGIN.top - MARGIN.bottom) / top;
    this.x = x;
    const root = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": this.label });
    drawGrid(root, width, height, top, x, y, data);
    const first = Math.min(unknownSteps(data), data.length - 1);
    drawUnknown(root, first, height, x);
    for (const series of data.series) drawSeries(root, series, first, x, y);
    this.cursor = svg("rect", { class: "cursor", y: MARGIN.top, height: height - MARGIN.top - MARGIN.bottom, width: x(1) - x(0), x: -99 });
    root.append(this.cursor);
    this.canvas.replaceChildren(root);
    this.read();
  }

  point(event) {
    if (!this.x) return;
    const left = event.clientX - this.canvas.getBoundingClientRect().left;
    const i = Math.floor((left - this.x(0)) / (this.x(1) - this.x(0)));
    this.at = i >= 0 && i < this.data.length ? i : undefined;
    this.read();
  }

  unpoint() {
    this.at = undefined;
    this.read();
  }

  read() {
    this.cursor.setAttribute("x", this.at === undefined ? -99 : this.x(this.at));
    const { data, at } = this;
    this.readout.hidden = at === undefined;
    this.readout.textContent = at === undefined ? ""
      : [clock(data.timeOf(at)), ...data.series.map((series) => `${series.label.toLowerCase()} ${number(series.values[at])}`)].join(" · ");
  }
}

// A small chart of bars without axes, for a row of a table.
export function sparkline(values, name) {
  const top = Math.max(...values, 1);
  const bars = values.map((value, i) => (value > 0 ? `M${i + 0.1} 24V${24 - Math.max(1, 22 * value / top)}H${i + 0.9}V24Z` : "")).join("");
  return svg("svg", { class: "spark", viewBox: `0 0 ${values.length} 24`, preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("path", { d: `M0 24H${values.length}`, class: "grid" }), svg("path", { d: bars, class: `fill ${name}` }));
}
