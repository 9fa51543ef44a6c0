// Pinrelay for sites without a tag manager. Serve it from your own site, best as snippet.min.js, and load it in the
// head:
//
// <script>window.pinrelay = window.pinrelay || function () { (pinrelay.q = pinrelay.q || []).push(arguments) }</script>
// <script async src="/pinrelay.js"></script>
//
// It sends page_view by itself, and further events when the page says so:
//
//   pinrelay('purchase', {event_id: 'A-1', transaction_id: 'A-1', currency: 'EUR', value: 79.99,
//                         items: [{item_id: 'SKU-A', price: 79.99, quantity: 1}]})
//
// Attributes of the second script element: data-endpoint="/collect" for another path, data-wait to hold all events
// until pinrelay('consent', {…}) has been called. gtm/web.md says more.
//
// snippet.min.js is this file written short by hand. Change both; tests/browser/test_snippet.py runs both.
(function (window, document) {
  const script = document.currentScript;
  const settings = script ? script.dataset : {};
  const endpoint = settings.endpoint || '/collect';
  const held = [];  // events until the visitor has chosen
  let waiting = 'wait' in settings;
  let consent;

  // Pages that are not served over HTTPS have no randomUUID.
  function newId() {
    return window.crypto && crypto.randomUUID ? crypto.randomUUID()
        : Date.now().toString(36) + Math.random().toString(36).slice(2);
  }

  // A beacon outlives the page and so does fetch with keepalive; a browser may refuse a beacon that is too large.
  function send(event) {
    const body = JSON.stringify(Object.assign({consent}, event));
    if (navigator.sendBeacon && navigator.sendBeacon(endpoint, body)) return;
    fetch(endpoint, {method: 'POST', body, keepalive: true}).catch(function () {});
  }

  // The latest choice goes with every event from now on, and with those that were held.
  function choose(signals) {
    consent = Object.assign({}, consent, signals);
    waiting = false;
    held.splice(0).forEach(send);
  }

  // Gives the event's id, for the same event of the Pinterest tag.
  function pinrelay(name, parameters) {
    if (name === 'consent') return choose(parameters);
    // The click id of Pinterest, epik, is in the page's address.
    const event = Object.assign({
      event: name,
      event_id: newId(),
      page_location: location.href,
      page_referrer: document.referrer,
      page_title: document.title,
    }, parameters);
    if (waiting) held.push(event);
    else send(event);
    return event.event_id;
  }

  // A page that the browser loads ahead is viewed when it is shown, if ever.
  function start() {
    const early = Array.from(window.pinrelay && window.pinrelay.q || []);
    window.pinrelay = pinrelay;
    // Consent first: it holds for the page view, too.
    early.filter(isConsent).forEach(run);
    pinrelay('page_view');
    early.filter(function (call) { return !isConsent(call); }).forEach(run);
  }

  function isConsent(call) {
    return call[0] === 'consent';
  }

  function run(call) {
    pinrelay(call[0], call[1]);
  }

  if (document.prerendering) document.addEventListener('prerenderingchange', start, {once: true});
  else start();
})(window, document);
