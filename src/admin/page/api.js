// Requests to the admin port that this page came from, and to nobody else.

const TOKEN_KEY = "pinrelay-admin-token";
let token = sessionStorage.getItem(TOKEN_KEY) ?? "";
let waiting = null;

// `status` is 0 where no answer came.
export class Failure extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

function requestToken(problem) {
  waiting ??= new Promise((resolve) => {
    const dialog = document.getElementById("token-dialog");
    const input = document.getElementById("token");
    document.getElementById("token-problem").textContent = problem;
    document.getElementById("token-form").onsubmit = (event) => {
      event.preventDefault();
      token = input.value.trim();
      input.value = "";
      sessionStorage.setItem(TOKEN_KEY, token);
      dialog.close();
      waiting = null;
      resolve();
    };
    dialog.oncancel = (event) => event.preventDefault();
    dialog.showModal();
  });
  return waiting;
}

async function send(path, options) {
  for (;;) {
    const used = token;
    const headers = { ...options.headers };
    if (used) headers.Authorization = `Bearer ${used}`;
    let response;
    try {
      response = await fetch(path, { ...options, headers, cache: "no-store" });
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw new Failure(0, "The relay does not answer.");
    }
    if (response.ok) return response;
    if (response.status !== 401) throw await failureOf(response);
    if (used === token) await requestToken(used ? "The relay does not accept this token." : "");
  }
}

async function failureOf(response) {
  const text = await response.text();
  try {
    return new Failure(response.status, JSON.parse(text).error.message);
  } catch {
    return new Failure(response.status, text.trim() || `The relay answered with status ${response.status}.`);
  }
}

export const get = async (path) => (await send(path, {})).json();
export const getText = async (path, options = {}) => (await send(path, options)).text();

// An action: the header tells the relay that this page sends it and no form of another site.
export const post = async (path, body) =>
  (await send(path, { method: "POST", body, headers: { "X-Pinrelay-Action": "page" } })).json();

// Reads server-sent events until the stream ends. EventSource cannot send a token.
export async function stream(path, signal, onopen, onevent) {
  const response = await send(path, { signal });
  onopen();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split(/\r?\n\r?\n/);
    rest = blocks.pop();
    for (const block of blocks) dispatch(block, onevent);
  }
}

function dispatch(block, onevent) {
  let name = "message";
  const data = [];
  for (const line of block.split(/\r?\n/)) {
    if (line.startsWith("event:")) name = line.slice(6).trim();
    if (line.startsWith("data:")) data.push(line.slice(5).trimStart());
  }
  if (data.length > 0) onevent(name, JSON.parse(data.join("\n")));
}
