// gtm/pinrelay.tpl: its sections fit together, its own scenarios pass, and they notice when it breaks.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fieldsOf, readTemplate} from './template.mjs';
import {APIS, grantsOf} from './sandbox.mjs';
import {play} from './scenario.mjs';

const template = readTemplate(new URL('../../gtm/pinrelay.tpl', import.meta.url));
const LEAST_SCENARIOS = 20;

// What Google's sandbox does not run, in the code without its comments and texts.
const UNKNOWN_SYNTAX =
    /\b(new|this|class|async|await|try|throw|yield|instanceof|delete|import|export)\b|`|\.\.\.|\?\.|\?\?|\//;

// Each breaks one promise: at least one scenario must fail.
const BREAKAGES = [
  ['a failed answer counts as success', 'data.gtmOnFailure();\n    return;', 'data.gtmOnSuccess();\n    return;'],
  ['no answer is not reported', "failure.reason);\n      data.gtmOnFailure();", 'failure.reason);'],
  ['a redirect counts as success', 'answer.statusCode >= 300', 'answer.statusCode >= 400'],
  ['the relay is not asked for JSON', "'Accept': 'application/json'", ''],
  ['the timeout is ignored', ', timeout: timeout()', ''],
  ['the key is not sent', "if (data.sharedKey)", 'if (false)'],
  ['the click id of the cookie is forgotten', 'event.common_cookie = cookies;', ''],
  ['any cookie is written', 'if (WRITABLE_COOKIES.indexOf(cookie.name) === -1) return;', ''],
  ['cookies live for a session', "if (cookie.max_age) options['max-age'] = cookie.max_age;", ''],
  ['the consent fields always count', "if (data.consent !== 'fields') return;", ''],
  ['a refusal counts as a grant', 'state[name] = false;', 'state[name] = true;'],
  ['a drop never fails', 'data.failOnDrop && events.some(isLost)', 'false'],
  ['a drop always fails', 'data.failOnDrop && events.some(isLost)', 'events.some(isLost)'],
  ['a duplicate counts as lost', "outcome.status === 'rejected'", "outcome.status === 'duplicate'"],
  ['what became of the event is not logged', 'events.forEach(logOutcome);', ''],
  ['people are logged', "'Pinrelay', event.event_name", "'Pinrelay', JSON.stringify(event)"],
];

const namesIn = (text, pattern) => new Set([...text.matchAll(pattern)].map((found) => found[1]));

test('has the sections of an importable template in their order', () => {
  assert.deepEqual(template.names, ['TERMS_OF_SERVICE', 'INFO', 'TEMPLATE_PARAMETERS', 'SANDBOXED_JS_FOR_SERVER',
    'SERVER_PERMISSIONS', 'TESTS', 'NOTES']);
  assert.equal(template.info.type, 'TAG');
  assert.deepEqual(template.info.containerContexts, ['SERVER']);
});

test('asks for the permissions that its APIs need and for no others', () => {
  const used = [...namesIn(template.code, /require\('(\w+)'\)/g)];

  const needed = new Set(used.map((name) => APIS[name]?.permission).filter(Boolean));

  assert.deepEqual(used.filter((name) => !(name in APIS)), []);
  assert.deepEqual(Object.keys(grantsOf(template.permissions)).sort(), [...needed].sort());
});

test('may set and read exactly the cookies that the code names', () => {
  const grants = grantsOf(template.permissions);

  assert.match(template.code, /^const WRITABLE_COOKIES = \[CLICK_ID_COOKIE\];$/m);
  assert.match(template.code, /^const CLICK_ID_COOKIE = '_epik';$/m);
  assert.deepEqual(grants.get_cookies.cookieNames, ['_epik']);
  assert.deepEqual(grants.set_cookies.allowedCookies.map((row) => row.name), ['_epik']);
  assert.equal(grants.logging.environments, 'debug');
});

test('reads every field of its form, and none that is not there', () => {
  const fields = fieldsOf(template.parameters).map((field) => field.name);

  const read = namesIn(template.code, /\bdata\.(\w+)/g);

  assert.deepEqual([...read].filter((name) => !name.startsWith('gtmOn')).sort(), fields.sort());
});

test('refuses a URL that is none, and takes the usual ones', () => {
  const [field] = fieldsOf(template.parameters).filter(({name}) => name === 'relayUrl');
  const pattern = new RegExp(field.valueValidators.find(({type}) => type === 'REGEX').args[0]);

  for (const url of ['https://shop.example/collect', 'http://relay:8080/collect', 'https://shop.example'])
    assert.match(url, pattern);
  for (const url of ['shop.example/collect', 'ftp://shop.example', 'https:///collect', 'https://shop.example/a b'])
    assert.doesNotMatch(url, pattern);
});

test('uses no syntax that the sandbox lacks', () => {
  const bare = template.code.replace(/\/\/.*$/gm, '').replace(/'[^'\n]*'/g, "''");

  assert.doesNotMatch(bare, UNKNOWN_SYNTAX);
});

test(`has at least ${LEAST_SCENARIOS} scenarios with names of their own`, () => {
  const names = new Set(template.scenarios.map(({name}) => name));

  assert.equal(names.size, template.scenarios.length);
  assert.ok(names.size >= LEAST_SCENARIOS, `${names.size}`);
});

for (const scenario of template.scenarios) test(scenario.name, () => play(template, scenario));

for (const [what, from, to] of BREAKAGES) {
  test(`the scenarios notice when ${what}`, () => {
    assert.ok(template.code.includes(from), `the template has no ${from}`);
    const broken = {...template, code: template.code.replace(from, to)};

    const failed = template.scenarios.filter((scenario) => fails(broken, scenario));

    assert.ok(failed.length > 0 && failed.length < template.scenarios.length, `${failed.length} failed`);
  });
}

for (const permission of template.permissions) {
  const name = permission.instance.key.publicId;
  test(`the scenarios notice when the permission ${name} is missing`, () => {
    const broken = {...template, permissions: template.permissions.filter((other) => other !== permission)};

    assert.ok(template.scenarios.some((scenario) => fails(broken, scenario)));
  });
}

function fails(broken, scenario) {
  try {
    play(broken, scenario);
    return false;
  } catch {
    return true;
  }
}
