/* Sends what waits in the outbox, one after the other, until each has arrived exactly once.
   A message keeps its id through every attempt, so the other side can tell a second delivery from a second wish. */
(function () {
  "use strict";
  var TIMEOUT = 25000; // ms for one attempt
  var PAUSES = [2000, 4000, 8000, 15000, 30000]; // ms between attempts
  var TOO_OLD = 6 * 60 * 60 * 1000; // "明天" said so long ago may mean another day now
  var WAITING = "没发出去，网好了自动再发";
  var OLD = "放得太久了，没有发。要是还需要，请再说一遍";
  var failures = 0;
  var flying = {};
  var timer = null;
  var on = {};

  function deliver(entry) {
    var request = new XMLHttpRequest();
    flying[entry.id] = entry;
    if (!failures) { on.busy(true); } // a message tried again in the background is not being thought about
    request.open("POST", "/api/chat");
    request.timeout = TIMEOUT;
    request.setRequestHeader("Content-Type", "application/json");
    request.onload = function () { arrived(entry, request); };
    request.onerror = request.ontimeout = request.onabort = function () { missed(entry, 0); };
    request.send(JSON.stringify({
      conversation: entry.conversation, text: entry.text, channel: "web", caller: null, message_id: entry.id
    }));
  }

  function parsed(request) {
    try { return JSON.parse(request.responseText); } catch (error) { return null; }
  }

  function arrived(entry, request) {
    var answer = parsed(request);
    if (request.status === 200 && answer && Array.isArray(answer.replies)) {
      finished(entry);
      on.answer(entry, answer);
      pump();
    } else if (request.status >= 400 && request.status < 500 && request.status !== 408 && request.status !== 429 && answer && answer.error) {
      finished(entry);
      on.refused(entry, answer.error);
      pump();
    } else {
      missed(entry, Number(request.getResponseHeader("Retry-After")) * 1000 || 0);
    }
  }

  function finished(entry) {
    failures = 0;
    delete flying[entry.id];
    Store.sent(entry.id);
    on.busy(Object.keys(flying).length > 0);
  }

  function missed(entry, pause) {
    delete flying[entry.id];
    on.busy(Object.keys(flying).length > 0);
    Store.outbox().forEach(function (waiting) {
      if (!flying[waiting.id]) { on.waiting(waiting, WAITING); }
    });
    pause = Math.max(pause, PAUSES[Math.min(failures, PAUSES.length - 1)]);
    failures += 1;
    window.clearTimeout(timer);
    timer = window.setTimeout(pump, pause);
  }

  /* Starts the next delivery. An urgent message waits for nobody. */
  function pump() {
    window.clearTimeout(timer);
    var entries = Store.outbox();
    for (var i = 0; i < entries.length; i += 1) {
      var entry = entries[i];
      if (flying[entry.id]) {
        if (!entry.urgent) { return; }
      } else if (!entry.urgent && Date.now() - entry.at > TOO_OLD) {
        Store.sent(entry.id);
        on.refused(entry, OLD);
      } else {
        deliver(entry);
        if (!entry.urgent) { return; }
      }
    }
  }

  window.Sending = {
    /* Callbacks: answer(entry, answer), refused(entry, words), waiting(entry, words), busy(is). */
    start: function (callbacks) {
      on = callbacks;
      window.addEventListener("online", pump);
      document.addEventListener("visibilitychange", function () { if (!document.hidden) { pump(); } });
      pump();
    },
    send: function (entry) {
      Store.post(entry);
      failures = 0;
      pump();
    }
  };
}());
