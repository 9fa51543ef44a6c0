// Plays the scenarios of a template's own ___TESTS___, with the test APIs of Google's template editor that they use.
import assert from 'node:assert/strict';
import {grantsOf, requirer, run} from './sandbox.mjs';

// Objects of the sandbox have prototypes of another context, which nobody means to compare.
const same = (value) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

export function play({code, permissions, setup}, scenario) {
  const mocks = {};
  const calls = {};
  const recorded = (name) => (...values) => {
    (calls[name] ??= []).push(values);
    return typeof mocks[name] === 'function' ? mocks[name](...values) : mocks[name];
  };
  const host = new Proxy({}, {get: (_, name) => {
    assert.ok(name in mocks, `${name} is called and not mocked`);
    return recorded(name);
  }});
  const require = requirer(grantsOf(permissions), host);
  run(`${setup}\n${scenario.code}`, {
    require,
    mock: (name, value) => { mocks[name] = value; },
    runCode: (data) => run(code, {
      require, data: {gtmOnSuccess: recorded('gtmOnSuccess'), gtmOnFailure: recorded('gtmOnFailure'), ...data},
    }),
    assertApi: (name) => assertions(name, calls[name] ?? []),
    assertThat: (value) => ({
      isEqualTo: (expected) => assert.deepEqual(same(value), same(expected)),
      isUndefined: () => assert.equal(value, undefined),
    }),
  });
}

function assertions(name, calls) {
  return {
    wasCalled: () => assert.ok(calls.length > 0, `${name} was not called`),
    wasNotCalled: () => assert.equal(calls.length, 0, `${name} was called`),
    wasCalledWith: (...expected) => assert.ok(
        calls.some((values) => JSON.stringify(sorted(values)) === JSON.stringify(sorted(expected))),
        `${name} was not called with ${JSON.stringify(expected)} but with ${JSON.stringify(calls)}`),
  };
}

// The same with the keys of objects in order.
function sorted(value) {
  if (Array.isArray(value)) return Array.from(value, sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}
