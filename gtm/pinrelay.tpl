___TERMS_OF_SERVICE___

By creating or modifying this file you agree to Google Tag Manager's Community
Template Gallery Developer Terms of Service available at
https://developers.google.com/tag-manager/gallery-tos (or such other URL as
Google may provide), as modified from time to time.


___INFO___

{
  "type": "TAG",
  "id": "cvt_temp_public_id",
  "version": 1,
  "securityGroups": [],
  "displayName": "Pinrelay",
  "categories": [
    "ADVERTISING",
    "CONVERSIONS"
  ],
  "brand": {
    "id": "brand_dummy",
    "displayName": ""
  },
  "description": "Sends the event data to your own Pinrelay, which delivers it to Pinterest's Conversions API.",
  "containerContexts": [
    "SERVER"
  ]
}


___TEMPLATE_PARAMETERS___

[
  {
    "type": "TEXT",
    "name": "relayUrl",
    "displayName": "Relay URL",
    "simpleValueType": true,
    "valueHint": "https://shop.example/collect",
    "help": "Where Pinrelay takes events. Inside a private network http will do.",
    "valueValidators": [
      {
        "type": "NON_EMPTY"
      },
      {
        "type": "REGEX",
        "args": [
          "^https?://[^/\\s]+(/\\S*)?$"
        ],
        "errorMessage": "A URL that begins with https:// or http://"
      }
    ]
  },
  {
    "type": "TEXT",
    "name": "sharedKey",
    "displayName": "Shared key (optional)",
    "simpleValueType": true,
    "help": "Sent in the header X-Pinrelay-Key. Leave it empty unless the relay asks for one."
  },
  {
    "type": "TEXT",
    "name": "timeout",
    "displayName": "Timeout in milliseconds",
    "simpleValueType": true,
    "defaultValue": 5000,
    "help": "How long the tag waits for the relay. The relay answers once the event is on disk, within milliseconds.",
    "valueValidators": [
      {
        "type": "NON_EMPTY"
      },
      {
        "type": "POSITIVE_NUMBER"
      }
    ]
  },
  {
    "type": "GROUP",
    "name": "clickId",
    "displayName": "Click id",
    "groupStyle": "ZIPPY_OPEN",
    "subParams": [
      {
        "type": "CHECKBOX",
        "name": "sendClickId",
        "checkboxText": "Send the cookie _epik",
        "simpleValueType": true,
        "defaultValue": true,
        "help": "Pinterest's click id, where an earlier page of the visit kept it."
      },
      {
        "type": "CHECKBOX",
        "name": "writeCookies",
        "checkboxText": "Write the cookie _epik that the relay answers with",
        "simpleValueType": true,
        "defaultValue": true,
        "help": "Keeps the landing page's click id for the purchase. Needs a container on the site's own domain."
      }
    ]
  },
  {
    "type": "GROUP",
    "name": "consentGroup",
    "displayName": "Consent",
    "groupStyle": "ZIPPY_CLOSED",
    "subParams": [
      {
        "type": "RADIO",
        "name": "consent",
        "simpleValueType": true,
        "defaultValue": "event",
        "radioItems": [
          {
            "value": "event",
            "displayValue": "As the event says",
            "help": "Google's consent mode travels in x-ga-gcs and x-ga-gcd, and Pinrelay reads both."
          },
          {
            "value": "fields",
            "displayValue": "As these fields say, on top of the event"
          }
        ]
      },
      {
        "type": "TEXT",
        "name": "adStorage",
        "displayName": "ad_storage",
        "simpleValueType": true,
        "valueHint": "granted or denied",
        "enablingConditions": [
          {
            "paramName": "consent",
            "paramValue": "fields",
            "type": "EQUALS"
          }
        ]
      },
      {
        "type": "TEXT",
        "name": "adUserData",
        "displayName": "ad_user_data",
        "simpleValueType": true,
        "valueHint": "granted or denied",
        "enablingConditions": [
          {
            "paramName": "consent",
            "paramValue": "fields",
            "type": "EQUALS"
          }
        ]
      }
    ]
  },
  {
    "type": "CHECKBOX",
    "name": "log",
    "checkboxText": "Log to the console in preview mode",
    "simpleValueType": true,
    "defaultValue": false,
    "help": "The event's name, the relay's status, and what became of the event (sent, dropped, duplicate, rejected) with the reason; never people's data."
  },
  {
    "type": "CHECKBOX",
    "name": "failOnDrop",
    "checkboxText": "Fail when the relay does not send the event",
    "simpleValueType": true,
    "defaultValue": false,
    "help": "The tag then fails for a dropped or rejected event too, so that its failures show in monitoring. A duplicate is no failure: its first copy was sent."
  }
]


___SANDBOXED_JS_FOR_SERVER___

// Sends the event data to Pinrelay and takes its answer for the tag's. Pinrelay maps, hashes and delivers.
const JSON = require('JSON');
const getAllEventData = require('getAllEventData');
const getCookieValues = require('getCookieValues');
const getType = require('getType');
const logToConsole = require('logToConsole');
const makeInteger = require('makeInteger');
const makeString = require('makeString');
const sendHttpRequest = require('sendHttpRequest');
const setCookie = require('setCookie');

// Where Pinterest's own tag and the relay keep the click id.
const CLICK_ID_COOKIE = '_epik';
// What an answer may set. The permission to set cookies names the same ones.
const WRITABLE_COOKIES = [CLICK_ID_COOKIE];
const DEFAULT_TIMEOUT = 5000;  // milliseconds

const event = getAllEventData();
addClickIdCookie(event);
addConsent(event);

sendHttpRequest(data.relayUrl, {method: 'POST', headers: headers(), timeout: timeout()}, JSON.stringify(event))
    .then(settle, (failure) => {
      log('no answer', failure && failure.reason);
      data.gtmOnFailure();
    });

function headers() {
  const all = {'Content-Type': 'application/json', 'Accept': 'application/json'};
  if (data.sharedKey) all['X-Pinrelay-Key'] = data.sharedKey;
  return all;
}

function timeout() {
  const milliseconds = makeInteger(data.timeout);
  return milliseconds > 0 ? milliseconds : DEFAULT_TIMEOUT;
}

// A click id that the container's client read from the request stays.
function addClickIdCookie(event) {
  if (!data.sendClickId) return;
  const clickId = getCookieValues(CLICK_ID_COOKIE)[0];
  if (!clickId) return;
  const cookies = {};
  cookies[CLICK_ID_COOKIE] = clickId;
  for (const name in event.common_cookie || {}) cookies[name] = event.common_cookie[name];
  event.common_cookie = cookies;
}

// The signals of consent mode (x-ga-gcs, x-ga-gcd) are in the event data already; these come on top.
function addConsent(event) {
  if (data.consent !== 'fields') return;
  const state = {};
  for (const name in event.consent_state || {}) state[name] = event.consent_state[name];
  addGrant(state, 'ad_storage', data.adStorage);
  addGrant(state, 'ad_user_data', data.adUserData);
  event.consent_state = state;
}

// What is neither granted nor denied says nothing; the relay's policy then decides.
function addGrant(state, name, value) {
  const text = makeString(value).trim().toLowerCase();
  if (text === 'granted' || text === 'true') state[name] = true;
  if (text === 'denied' || text === 'false') state[name] = false;
}

function settle(answer) {
  log('answer', answer.statusCode);
  if (answer.statusCode < 200 || answer.statusCode >= 300) {
    data.gtmOnFailure();
    return;
  }
  const told = JSON.parse(answer.body);
  // Before success is said: with it the container may send its response, and cookies come too late.
  if (data.writeCookies) writeCookies(listOf(told, 'cookies'));
  const events = listOf(told, 'events');
  events.forEach(logOutcome);
  if (data.failOnDrop && events.some(isLost)) {
    data.gtmOnFailure();
  } else {
    data.gtmOnSuccess();
  }
}

// The answer's list of that name; an empty one where it has none.
function listOf(told, name) {
  return getType(told) === 'object' && getType(told[name]) === 'array' ? told[name] : [];
}

function logOutcome(outcome) {
  if (getType(outcome) !== 'object') return;
  log(outcome.status, outcome.reason ? outcome.reason + ': ' + outcome.message : outcome.destination || '');
  listOf(outcome, 'warnings').forEach((warning) => log('warning', warning.code + ': ' + warning.message));
}

function isLost(outcome) {
  return getType(outcome) === 'object' && (outcome.status === 'dropped' || outcome.status === 'rejected');
}

function writeCookies(cookies) {
  cookies.forEach((cookie) => {
    if (getType(cookie) !== 'object' || getType(cookie.value) !== 'string') return;
    if (WRITABLE_COOKIES.indexOf(cookie.name) === -1) return;
    setCookie(cookie.name, cookie.value, cookieOptions(cookie));
  });
}

function cookieOptions(cookie) {
  const options = {domain: 'auto', path: cookie.path || '/', secure: cookie.secure !== false};
  if (cookie.max_age) options['max-age'] = cookie.max_age;
  if (cookie.same_site) options.sameSite = makeString(cookie.same_site).toLowerCase();
  return options;
}

// Names and numbers only: nothing of a person, no key.
function log(what, detail) {
  if (data.log) logToConsole('Pinrelay', event.event_name, what, detail);
}


___SERVER_PERMISSIONS___

[
  {
    "instance": {
      "key": {
        "publicId": "read_event_data",
        "versionId": "1"
      },
      "param": [
        {
          "key": "eventDataAccess",
          "value": {
            "type": 1,
            "string": "any"
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": {
        "publicId": "get_cookies",
        "versionId": "1"
      },
      "param": [
        {
          "key": "cookieAccess",
          "value": {
            "type": 1,
            "string": "specific"
          }
        },
        {
          "key": "cookieNames",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 1,
                "string": "_epik"
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": {
        "publicId": "set_cookies",
        "versionId": "1"
      },
      "param": [
        {
          "key": "allowedCookies",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "name"
                  },
                  {
                    "type": 1,
                    "string": "domain"
                  },
                  {
                    "type": 1,
                    "string": "path"
                  },
                  {
                    "type": 1,
                    "string": "secure"
                  },
                  {
                    "type": 1,
                    "string": "session"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "_epik"
                  },
                  {
                    "type": 1,
                    "string": "*"
                  },
                  {
                    "type": 1,
                    "string": "*"
                  },
                  {
                    "type": 1,
                    "string": "any"
                  },
                  {
                    "type": 1,
                    "string": "any"
                  }
                ]
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": {
        "publicId": "send_http",
        "versionId": "1"
      },
      "param": [
        {
          "key": "allowedUrls",
          "value": {
            "type": 1,
            "string": "any"
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": {
        "publicId": "logging",
        "versionId": "1"
      },
      "param": [
        {
          "key": "environments",
          "value": {
            "type": 1,
            "string": "debug"
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  }
]


___TESTS___

scenarios:
- name: Posts the whole event data to the relay
  code: |-
    runCode(fields);

    assertThat(sent.url).isEqualTo('https://shop.example/collect');
    assertThat(sent.options.method).isEqualTo('POST');
    assertThat(sent.event).isEqualTo(purchase);
- name: Says that it sends JSON and wants JSON
  code: |-
    runCode(fields);

    assertThat(sent.options.headers).isEqualTo({'Content-Type': 'application/json', 'Accept': 'application/json'});
- name: Succeeds when the relay answers 204
  code: |-
    answer = {statusCode: 204, headers: {}, body: ''};

    runCode(fields);

    assertSucceeded();
- name: Succeeds when the relay answers 200
  code: |-
    answer = {statusCode: 200, headers: {}, body: ''};

    runCode(fields);

    assertSucceeded();
- name: Fails when the relay answers 302
  code: |-
    answer = {statusCode: 302, headers: {}, body: ''};

    runCode(fields);

    assertFailed();
- name: Fails when the relay answers 400
  code: |-
    answer = {statusCode: 400, headers: {}, body: ''};

    runCode(fields);

    assertFailed();
- name: Fails when the relay answers 503
  code: |-
    answer = {statusCode: 503, headers: {}, body: ''};

    runCode(fields);

    assertFailed();
- name: Fails when there is no answer in time
  code: |-
    answer = undefined;

    runCode(fields);

    assertFailed();
- name: Waits as long as the field says
  code: |-
    fields.timeout = '1500';

    runCode(fields);

    assertThat(sent.options.timeout).isEqualTo(1500);
- name: Waits five seconds where the field is no number
  code: |-
    fields.timeout = 'soon';

    runCode(fields);

    assertThat(sent.options.timeout).isEqualTo(5000);
- name: Sends the shared key in its header
  code: |-
    fields.sharedKey = 'a-shared-key';

    runCode(fields);

    assertThat(sent.options.headers['X-Pinrelay-Key']).isEqualTo('a-shared-key');
- name: Keeps the shared key out of the event
  code: |-
    fields.sharedKey = 'a-shared-key';

    runCode(fields);

    assertThat(sent.event).isEqualTo(purchase);
- name: Adds the click id of the cookie
  code: |-
    cookieValues = ['dj0yJnU9abc'];

    runCode(fields);

    assertApi('getCookieValues').wasCalledWith('_epik');
    assertThat(sent.event.common_cookie).isEqualTo({_epik: 'dj0yJnU9abc'});
- name: Keeps cookies that the client put into the event
  code: |-
    cookieValues = ['dj0yJnU9abc'];
    event.common_cookie = {_ga: 'GA1.1.1.2', _epik: 'dj0yJnU9first'};

    runCode(fields);

    assertThat(sent.event.common_cookie).isEqualTo({_epik: 'dj0yJnU9first', _ga: 'GA1.1.1.2'});
- name: Adds nothing without a cookie
  code: |-
    runCode(fields);

    assertThat(sent.event.common_cookie).isUndefined();
- name: Reads no cookie when that is switched off
  code: |-
    fields.sendClickId = false;
    cookieValues = ['dj0yJnU9abc'];

    runCode(fields);

    assertApi('getCookieValues').wasNotCalled();
    assertThat(sent.event.common_cookie).isUndefined();
- name: Leaves the consent of the event as it is
  code: |-
    fields.adStorage = 'denied';
    event.consent_state = {ad_storage: true};

    runCode(fields);

    assertThat(sent.event.consent_state).isEqualTo({ad_storage: true});
    assertThat(sent.event['x-ga-gcs']).isEqualTo('G111');
- name: Sends the consent of the fields
  code: |-
    fields.consent = 'fields';
    fields.adStorage = 'granted';
    fields.adUserData = 'denied';

    runCode(fields);

    assertThat(sent.event.consent_state).isEqualTo({ad_storage: true, ad_user_data: false});
- name: Takes true and false for a grant and keeps other signals
  code: |-
    fields.consent = 'fields';
    fields.adStorage = false;
    fields.adUserData = ' True ';
    event.consent_state = {ad_storage: true, analytics_storage: true};

    runCode(fields);

    assertThat(sent.event.consent_state).isEqualTo({ad_storage: false, analytics_storage: true, ad_user_data: true});
- name: Takes anything else for no word on consent
  code: |-
    fields.consent = 'fields';
    fields.adStorage = undefined;
    fields.adUserData = 'perhaps';

    runCode(fields);

    assertThat(sent.event.consent_state).isEqualTo({});
- name: Writes the cookie of the answer
  code: |-
    answer = {statusCode: 200, headers: {}, body: JSON.stringify({cookies: [epikCookie]})};

    runCode(fields);

    assertApi('setCookie').wasCalledWith('_epik', 'dj0yJnU9new',
        {domain: 'auto', path: '/', secure: true, 'max-age': 31536000, sameSite: 'lax'});
- name: Writes cookies before it says that it succeeded
  code: |-
    answer = {statusCode: 200, headers: {}, body: JSON.stringify({cookies: [epikCookie]})};
    mock('setCookie', () => { assertApi('gtmOnSuccess').wasNotCalled(); });

    runCode(fields);

    assertApi('setCookie').wasCalled();
    assertSucceeded();
- name: Writes no cookie of another name
  code: |-
    epikCookie.name = 'session';
    answer = {statusCode: 200, headers: {}, body: JSON.stringify({cookies: [epikCookie, null, {name: '_epik'}]})};

    runCode(fields);

    assertApi('setCookie').wasNotCalled();
    assertSucceeded();
- name: Writes no cookie when that is switched off
  code: |-
    fields.writeCookies = false;
    answer = {statusCode: 200, headers: {}, body: JSON.stringify({cookies: [epikCookie]})};

    runCode(fields);

    assertApi('setCookie').wasNotCalled();
- name: Writes no cookie of an answer that refuses
  code: |-
    answer = {statusCode: 400, headers: {}, body: JSON.stringify({cookies: [epikCookie]})};

    runCode(fields);

    assertApi('setCookie').wasNotCalled();
- name: Succeeds when the body is no JSON
  code: |-
    answer = {statusCode: 200, headers: {}, body: '<html>'};

    runCode(fields);

    assertApi('setCookie').wasNotCalled();
    assertSucceeded();
- name: Succeeds when the answer has no list of cookies
  code: |-
    answer = {statusCode: 200, headers: {}, body: '{"cookies":"none"}'};

    runCode(fields);

    assertSucceeded();
- name: Logs nothing unless that is asked for
  code: |-
    runCode(fields);

    assertApi('logToConsole').wasNotCalled();
- name: Logs the name and the status and nothing of the person
  code: |-
    fields.log = true;
    fields.sharedKey = 'a-shared-key';

    runCode(fields);

    assertThat(logged).isEqualTo(['["Pinrelay","purchase","answer",204]']);
- name: Logs why there was no answer
  code: |-
    fields.log = true;
    answer = undefined;

    runCode(fields);

    assertThat(logged).isEqualTo(['["Pinrelay","purchase","no answer","timed_out"]']);
- name: Logs what became of the event and why
  code: |-
    fields.log = true;
    answer = {statusCode: 200, headers: {}, body: JSON.stringify({cookies: [], events: [
      {status: 'dropped', reason: 'consent', message: 'refused', warnings: []},
      {status: 'sent', destination: 'pinterest:1', warnings: [{code: 'value_invalid', message: 'left out'}]}]})};

    runCode(fields);

    assertThat(logged).isEqualTo([
      '["Pinrelay","purchase","answer",200]',
      '["Pinrelay","purchase","dropped","consent: refused"]',
      '["Pinrelay","purchase","sent","pinterest:1"]',
      '["Pinrelay","purchase","warning","value_invalid: left out"]']);
- name: Succeeds when the event is dropped
  code: |-
    answer = {statusCode: 200, headers: {}, body: JSON.stringify({events: [{status: 'dropped', reason: 'consent'}]})};

    runCode(fields);

    assertSucceeded();
- name: Fails when the event is dropped and that is asked for
  code: |-
    fields.failOnDrop = true;
    answer = {statusCode: 200, headers: {}, body: JSON.stringify({events: [{status: 'dropped', reason: 'consent'}]})};

    runCode(fields);

    assertFailed();
- name: Fails when the event is rejected and that is asked for
  code: |-
    fields.failOnDrop = true;
    answer = {statusCode: 200, headers: {}, body: JSON.stringify({events: [{status: 'rejected', reason: 'x'}]})};

    runCode(fields);

    assertFailed();
- name: Succeeds for a duplicate and a sent event where drops fail
  code: |-
    fields.failOnDrop = true;
    answer = {statusCode: 200, headers: {}, body: JSON.stringify({events: [{status: 'duplicate'}, {status: 'sent'}]})};

    runCode(fields);

    assertSucceeded();
- name: Succeeds when the answer tells nothing where drops fail
  code: |-
    fields.failOnDrop = true;

    runCode(fields);

    assertSucceeded();
- name: Names no visitor where the event names none
  code: |-
    event.ip_override = undefined;
    event.user_agent = undefined;

    runCode(fields);

    assertThat(sent.event.ip_override).isUndefined();
    assertThat(sent.event.user_agent).isUndefined();
setup: |-
  const JSON = require('JSON');

  const clone = (value) => JSON.parse(JSON.stringify(value));

  // The fields as a new tag has them.
  const fields = {
    relayUrl: 'https://shop.example/collect',
    sharedKey: undefined,
    sendClickId: true,
    writeCookies: true,
    consent: 'event',
    timeout: '5000',
    log: false,
    failOnDrop: false
  };

  const purchase = {
    event_name: 'purchase',
    event_id: 'order-1',
    page_location: 'https://shop.example/thanks',
    ip_override: '203.0.113.45',
    user_agent: 'Mozilla/5.0 (X11; Linux x86_64)',
    'x-ga-gcs': 'G111',
    currency: 'EUR',
    value: 79.99,
    transaction_id: 'order-1',
    user_data: {email_address: 'jane@example.com'},
    items: [{item_id: 'SKU-A', price: 79.99, quantity: 1}]
  };
  const event = clone(purchase);

  const epikCookie = {
    name: '_epik', value: 'dj0yJnU9new', max_age: 31536000, path: '/', same_site: 'Lax', secure: true
  };

  // What the relay says; without one the request fails.
  let answer = {statusCode: 204, headers: {}, body: ''};
  let cookieValues = [];
  let sent;
  const logged = [];

  mock('getAllEventData', () => event);
  mock('getCookieValues', () => cookieValues);
  mock('setCookie', () => {});
  mock('logToConsole', (a, b, c, d) => { logged.push(JSON.stringify([a, b, c, d])); });
  mock('sendHttpRequest', (url, options, body) => {
    sent = {url: url, options: options, event: JSON.parse(body)};
    return {then: (onAnswer, onFailure) => answer ? onAnswer(answer) : onFailure({reason: 'timed_out'})};
  });

  const assertSucceeded = () => {
    assertApi('gtmOnSuccess').wasCalled();
    assertApi('gtmOnFailure').wasNotCalled();
  };
  const assertFailed = () => {
    assertApi('gtmOnFailure').wasCalled();
    assertApi('gtmOnSuccess').wasNotCalled();
  };


___NOTES___

Part of Pinrelay, MIT licence; gtm/README.md of the project says more. The scenarios of this file run in the
project's own test suite (tests/gtm), and in the template editor under Tests.
