// Builds elements. Texts are never read as HTML, so no text of an event can become part of the page.

const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const el = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

export const svg = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

// A labelled choice. `options` are [value, text].
export function choice(id, label, options, onchange) {
  const select = el("select", { id, onchange: () => onchange(select.value) }, options.map(([value, text]) => el("option", { value }, text)));
  return { field: el("div", { class: "field" }, el("label", { for: id }, label), select), select };
}

// Replaces the options and keeps the choice if it is still there.
export function setOptions(select, options) {
  const wanted = options.map(([value, text]) => `${value}\n${text}`).join("\r");
  if (select.dataset.options === wanted) return;
  const chosen = select.value;
  select.dataset.options = wanted;
  select.replaceChildren(...options.map(([value, text]) => el("option", { value }, text)));
  select.value = options.some(([value]) => value === chosen) ? chosen : options[0][0];
}

// Rows of a description list; those without a value are left out.
export function facts(rows, attributes = { class: "facts" }) {
  return el("dl", attributes, rows.filter(([, value]) => value !== undefined && value !== null && value !== "" && value !== false)
    .map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

export const pill = (tone, text) => el("span", { class: `pill ${tone}` }, text);
