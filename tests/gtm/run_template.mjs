// Runs gtm/pinrelay.tpl once, as a server container would, with real HTTP. Standard input: {fields, event, cookies};
// standard output: {outcome, cookies}, the cookies as they were set.
import {readFileSync} from 'node:fs';
import {readTemplate} from './template.mjs';
import {grantsOf, requirer, run} from './sandbox.mjs';

const {fields, event, cookies = {}} = JSON.parse(readFileSync(0, 'utf8'));
const template = readTemplate(new URL('../../gtm/pinrelay.tpl', import.meta.url));
const set = [];

const host = {
  getAllEventData: () => event,
  getCookieValues: (name) => cookies[name] ?? [],
  setCookie: (...values) => { set.push(values); },
  logToConsole: () => {},
  sendHttpRequest: async (url, {timeout, ...options}, body) => {
    const answer = await fetch(url, {...options, body, redirect: 'manual', signal: AbortSignal.timeout(timeout)});
    return {statusCode: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text()};
  },
};
const end = (outcome) => () => process.stdout.write(JSON.stringify({outcome, cookies: set}));

run(template.code, {
  require: requirer(grantsOf(template.permissions), host),
  data: {...fields, gtmOnSuccess: end('success'), gtmOnFailure: end('failure')},
});
