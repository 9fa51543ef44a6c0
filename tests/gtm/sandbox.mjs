// A stand-in for the sandbox of a server container: a template gets the APIs that its permissions allow and nothing
// else, not even JavaScript's own globals.
import vm from 'node:vm';

// What the language brings and the sandbox does not.
const ABSENT = Object.getOwnPropertyNames(vm.runInNewContext('globalThis')).filter((name) => /^[A-Za-z]+$/.test(name))
    .filter((name) => !['undefined', 'NaN', 'Infinity'].includes(name));

// The APIs that are known here, each with its permission and the check of a call against it. null: needs none.
export const APIS = {
  JSON: null,
  getType: null,
  makeInteger: null,
  makeString: null,
  getAllEventData: {permission: 'read_event_data', allows: (grant) => grant.eventDataAccess === 'any'},
  getCookieValues: {
    permission: 'get_cookies',
    allows: (grant, name) => grant.cookieAccess === 'any' || grant.cookieNames.includes(name),
  },
  setCookie: {
    permission: 'set_cookies',
    allows: (grant, name) => grant.allowedCookies.some((row) => row.name === name),
  },
  sendHttpRequest: {permission: 'send_http', allows: (grant) => grant.allowedUrls === 'any'},
  logToConsole: {permission: 'logging', allows: (grant) => ['debug', 'all'].includes(grant.environments)},
};

// Those that reach nothing outside.
const PURE = {
  JSON: {
    stringify: JSON.stringify,
    // Google's gives undefined where the standard throws.
    parse: (text) => {
      try {
        return JSON.parse(text);
      } catch {
        return undefined;
      }
    },
  },
  getType: (value) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value),
  makeInteger: (value) => Math.trunc(Number(value)),
  makeString: (value) => String(value),
};

// {publicId: {key: value}} of the section with the permissions.
export function grantsOf(permissions) {
  return Object.fromEntries(permissions.map(({instance}) => [
    instance.key.publicId,
    Object.fromEntries(instance.param.map(({key, value}) => [key, plain(value)])),
  ]));
}

function plain(value) {
  if (value.listItem) return value.listItem.map(plain);
  if (value.mapKey) return Object.fromEntries(value.mapKey.map((key, n) => [plain(key), plain(value.mapValue[n])]));
  return value.string ?? value.boolean;
}

// `require` with the APIs of `host` behind the checks of the permissions.
export function requirer(grants, host) {
  return (name) => {
    if (!(name in APIS)) throw new Error(`there is no API ${name} here`);
    const rule = APIS[name];
    if (rule === null) return PURE[name];
    const grant = grants[rule.permission];
    if (grant === undefined) throw new Error(`${name} without the permission ${rule.permission}`);
    return (...values) => {
      if (!rule.allows(grant, ...values)) throw new Error(`${rule.permission} does not allow ${name}(${values[0]})`);
      return host[name](...values);
    };
  };
}

// Runs code with these names and no others.
export function run(code, names) {
  const parameters = [...ABSENT, ...Object.keys(names)].join(', ');
  const wrapped = `(function (${parameters}) { return function () { 'use strict';\n${code}\n}; })`;
  vm.runInNewContext(wrapped)(...ABSENT.map(() => undefined), ...Object.values(names))();
}
