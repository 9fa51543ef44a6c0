// Sends one purchase with a client library: node senders.cjs CLIENT URL, the event as JSON on standard input.
const {readFileSync} = require('node:fs');

const CLIENTS = {
  // A GET of the wire format.
  ga4mp(url, {event_name, user_agent, ip_override, ...parameters}) {
    const ga4mp = require('@analytics-debugger/ga4mp/dist/ga4mp.umd.js');
    ga4mp(['G-TEST123'], {endpoint: url, user_agent, user_ip_address: ip_override})
        .trackEvent(event_name, parameters);
  },

  // A POST of the Measurement Protocol.
  'ga4-mp'(url, {event_name, ...parameters}) {
    const client = require('ga4-mp').createClient('a-secret', 'G-TEST123', '1.2');
    client.GA_ENDPOINT = url;
    client.send([{name: event_name, params: parameters}]);
  },

  // A POST of event data, to HTTPS only.
  'stape-sgtm-nodejs'(url, {event_name, ...data}) {
    const StapeSGTM = require('stape-sgtm-nodejs').default;
    const {origin, pathname} = new URL(url);
    new StapeSGTM({gtm_server_domain: origin, request_path: pathname}).sendEventData(event_name, data);
  },
};

const [client, url] = process.argv.slice(2);
CLIENTS[client](url, JSON.parse(readFileSync(0, 'utf8')));
