// What the relay's codes mean in plain words, and how numbers and times are written.

export const number = (value) => Math.round(value).toLocaleString("en");
export const plural = (count, noun, nouns = `${noun}s`) => `${number(count)} ${count === 1 ? noun : nouns}`;
export const percent = (part, whole) => (whole > 0 ? `${(100 * part / whole).toFixed(part / whole < 0.1 && part > 0 ? 1 : 0)} %` : "–");
export const clock = (seconds, withSeconds = false) =>
  new Date(seconds * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", second: withSeconds ? "2-digit" : undefined });

export function when(seconds) {
  const date = new Date(seconds * 1000);
  const day = date.toDateString() === new Date().toDateString() ? "" : `${date.toLocaleDateString("en-GB", { day: "numeric", month: "short" })}, `;
  return day + clock(seconds);
}

export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min`;
  if (whole < 86400) return `${Math.floor(whole / 3600)} h ${Math.floor(whole % 3600 / 60)} min`;
  return `${Math.floor(whole / 86400)} d ${Math.floor(whole % 86400 / 3600)} h`;
}

export const accountName = (name) => (name === "none" ? "No account" : name.replace(/^pinterest:/, ""));
export const eventName = (name) => ({ "": "Dropped, any event", other: "Other events" }[name] ?? name);

const PAUSED = {
  401: ["Pinterest does not accept the access token.", "Create a new access token in Pinterest Ads Manager (Conversions, Conversion access token). Replace the token in the configuration or its file, then run “pinrelay reload”."],
  403: ["The access token may not send events for this ad account.", "Check that the token belongs to this ad account, and that you configured the ad account id and not the tag id. Then run “pinrelay reload”."],
  404: ["Pinterest does not know this ad account.", "Check the ad account id in the configuration: it is the id of the ad account, not of the tag. Then run “pinrelay reload”."],
  certificate_refused: ["The server that answered is not Pinterest: its certificate is not trusted.", "Check ca_file, and whether a proxy on the way opens TLS connections."],
};

// The state of an account: [tone, word, what it means, what to do].
export function accountState(account) {
  if (account.delivery === "paused") {
    const [meaning, advice] = PAUSED[account.last_answer] ?? ["Pinterest refuses the events of this account.", "Fix the cause below, then run “pinrelay reload”."];
    return ["bad", "Paused", meaning, `${advice} The relay keeps all events and sends them after that.`];
  }
  if (account.delivery === "failing")
    return ["warn", "Failing", "Events cannot be delivered at the moment. The relay keeps them and tries again.", "Nothing, if this ends within minutes. Otherwise check the network and Pinterest’s status page."];
  if (account.delivery === "working") return ["good", "Healthy", "Events are delivered.", ""];
  return ["warn", "Not configured", "The events of this account wait, but the configuration does not contain it.", "Add the account to the configuration, or delete its events."];
}

// The status of an event: [tone, word].
export const STATUS = {
  accepted: ["info", "Waiting"], delivered: ["good", "Delivered"], dropped: ["warn", "Dropped"], duplicate: ["", "Duplicate"],
  rejected: ["bad", "Rejected"], ignored: ["", "Ignored"], dead: ["bad", "Dead letter"], retried: ["warn", "Trying again"],
  would_send: ["good", "Would be sent"], sent: ["good", "Would be sent"],
};

// Reasons for which an event is not sent: [meaning, what to do].
export const REASONS = {
  no_account: ["No account accepts events from this host, path or measurement id.", "Add the host to “hosts” of an account, or leave “hosts” out to accept all."],
  no_match_keys: ["Pinterest could not match the event with a person: no e-mail, no advertising id, and not both address and user agent.", "Send an e-mail or a user id. If the address is missing in all events, add your proxy to collect.trusted_proxies."],
  duplicate: ["The same event was received before.", "Nothing: this is expected where browser and server both send an event."],
  not_forwarded: ["The profile of the account does not forward this event.", "Add a mapping rule if you want to send it."],
  rule_drop: ["A mapping rule drops this event.", "Change the rule if you want to send it."],
  unknown_event: ["Neither the profile nor a mapping rule knows this event name.", "Add a mapping rule that sends or drops it."],
  late: ["The event happened more than one hour ago, and late_policy drops such events.", "Check the clock and the queue of the sender."],
  too_old: ["The event is older than seven days. Pinterest does not accept it.", "Check the clock and the queue of the sender."],
  too_large: ["The event is larger than Pinterest accepts.", "Send fewer items or shorter texts."],
  schema: ["A required field does not have the form that Pinterest requires.", "Read the message below, and fix the field at the sender or with a mapping rule."],
  consent: ["The visitor did not consent.", "Nothing: the consent policy of the account decides."],
  consent_repeat: ["The visitor did not consent to the first event, and this one repeats it.", "Nothing: the consent policy of the account decides."],
  bot: ["The user agent is that of a bot or a program.", "Nothing, unless you test with such a program: see collect.bots."],
  prefetch: ["The browser loaded the page before anybody looked at it.", "Nothing: see collect.prefetches."],
  preview: ["The event comes from GTM’s preview mode.", "Nothing: see collect.previews."],
  debug_event: ["The event is marked with debug_mode.", "Nothing, unless the site left debug_mode on: see collect.debug_events."],
  internal_traffic: ["The event is marked as internal traffic.", "Nothing: see collect.internal_traffic."],
  untrusted_sender: ["The account requires a better known sender for this event.", "Let your server send it with a key or a signature."],
  credentials_missing: ["The sender has no key, no signature, and neither an allowed origin nor network.", "Configure the sender with a key, or add its origin or network to the account."],
};

// Reasons for which an event became a dead letter.
export const DEAD = {
  refused: ["Pinterest’s answer refused this event.", "Read Pinterest’s message, fix the mapping or the site, then replay."],
  request_refused: ["Pinterest refused a request that carried only this event.", "Read Pinterest’s message, fix the mapping or the site, then replay."],
  server_error: ["Pinterest failed at each request with this event, and accepted others.", "Look for what is special about the event. Replay it once Pinterest has fixed the problem."],
  ambiguous_offline: ["An offline event may have arrived: no answer came. A second one would count twice.", "Check in Ads Manager whether it was counted. Then replay or delete it."],
  displaced: ["A more trusted sender sent the same event. That one is sent instead.", "Nothing, usually."],
  maybe_delivered: ["The event comes from a damaged file that does not say whether it was delivered.", "Check in Ads Manager whether it was counted. Then replay or delete it."],
  lost: ["The event is gone from the store without a result. Only its count is left.", "Check the disk."],
  too_old: ["The event became older than seven days before it could be sent. Pinterest does not accept it.", "Find out why it waited. A replay does not help."],
  late: ["The event became older than one hour before it could be sent, and late_policy drops such events.", "Find out why it waited."],
};

// Of an event with this status: [meaning, what to do]; empty texts for a code that is not known.
export const reasonOf = (status, code) => (status === "dead" ? DEAD : REASONS)[code] ?? ["", ""];

// Warnings about an event that is sent nevertheless.
export const WARNINGS = {
  event_id_derived: "The sender sent no event id. The derived id cannot match the one of the browser tag.",
  event_time_replaced: "The time of the event cannot be right. The time of arrival is used.",
  action_source_unknown: "The sender’s action source is not known.",
  identifier_dropped: "An identifier could not be normalised and was left out.",
  address_not_public: "The visitor’s address is not a public one and was left out.",
  proxy_not_trusted: "The request came through a proxy that collect.trusted_proxies does not list.",
  address_unknown: "A trusted proxy did not send the visitor’s address.",
  address_not_believed: "The event names the address of another visitor, and the sender is not trusted.",
  user_agent_not_believed: "The event names the user agent of another visitor, and the sender is not trusted.",
  query_not_signed: "A part of the query is not covered by the signature and was left out.",
  clear_text_removed: "Personal data in plain text was removed.",
  value_invalid: "A value that is negative or unreadable was left out.",
  value_from_items: "The event has no value. The sum of its items is used.",
  value_without_currency: "The value was left out because there is no valid currency.",
  checkout_without_value: "A checkout has no value.",
  currency_invalid: "The currency is not a three-letter code.",
  item_without_id: "An item has neither id nor name.",
  item_id_not_mapped: "The map of item ids has no row for an item.",
  contents_left_out: "Some items are not listed. They count in value and number.",
  item_price_invalid: "A price that is negative or unreadable was left out.",
  quantity_invalid: "A quantity is not a whole number. 1 is used.",
  field_invalid: "A field does not have the form that Pinterest requires and was left out.",
  field_too_long: "A field is too long and was left out or cut.",
  parameter_unusable: "The value of a mapping rule does not fit its target.",
  consent_region_unknown: "A consent default for some regions refuses. It counts, because the region is not known.",
  items_left_out: "The event has more items than are listed.",
  items_unreadable: "Some items could not be read.",
  key_misspelt: "A key is probably misspelt.",
  list_left_out: "A list has more than 10 values. The rest was left out.",
  parameters_left_out: "The event has more parameters than are read.",
  shared_left_out: "The common part of the request is too long for mapping rules.",
  url_cut: "A URL is too long and was cut.",
  time_corrected: "The clock of the sender is wrong. The time was corrected.",
};

// Keys of Pinterest's user_data.
export const IDENTIFIERS = {
  em: "e-mail", ph: "phone", external_id: "user id", fn: "first name", ln: "last name", ge: "gender", db: "date of birth", ct: "city",
  st: "state", zp: "postal code", country: "country", click_id: "click id", client_ip_address: "address", client_user_agent: "user agent",
  hashed_maids: "advertising id", partner_id: "partner id",
};
