/* 听一听: reads a reply aloud in the hotline's own voice; pressed again it stops. Keeps nothing.
   Sentence by sentence, so that the first sounds while the next is made. */
(function () {
  "use strict";
  var RATE = 8000; // what the voice is made in; the browser brings it to the loudspeaker's rate
  var PAUSE = 0.25; // s between sentences
  var LONGEST = 200; // characters of one piece
  var TIMEOUT = 25000; // ms for one piece
  var FAULT = "这会儿念不出来，请您看字";
  var Context = window.AudioContext || window.webkitAudioContext;
  var context = null;
  var reading = null; // {key, request, sources, at, pieces}

  function pieces(text) {
    var found = [];
    (text.match(/[^。！？；\n]+[。！？；]?/g) || []).forEach(function (sentence) {
      for (var at = 0; at < sentence.length; at += LONGEST) {
        var piece = sentence.slice(at, at + LONGEST).trim();
        if (piece) { found.push(piece); }
      }
    });
    return found;
  }

  function opened() {
    if (!context) {
      try { context = new Context({ sampleRate: RATE }); } catch (error) { context = new Context(); }
    }
    if (navigator.audioSession) { navigator.audioSession.type = "playback"; } // sounds although the phone is muted
    context.resume();
    return context;
  }

  function label(key, speaking) {
    key.textContent = speaking ? "停" : "听一听";
    key.setAttribute("aria-pressed", String(speaking));
  }

  function stop() {
    var was = reading;
    if (!was) { return; }
    reading = null;
    was.request.abort();
    was.sources.forEach(function (source) { source.onended = null; source.stop(); });
    label(was.key, false);
  }

  function failed(mine) {
    if (reading !== mine) { return; }
    stop();
    note(mine.key, FAULT);
  }

  function note(key, words) {
    var old = key.parentNode.querySelector(".listen-note");
    if (old) { old.parentNode.removeChild(old); }
    if (!words) { return; }
    var line = document.createElement("p");
    line.className = "note listen-note";
    line.setAttribute("role", "status");
    key.parentNode.insertBefore(line, key.nextSibling);
    line.textContent = words;
  }

  function fetchNext(mine) {
    var piece = mine.pieces.shift();
    if (piece === undefined) { return; }
    var request = mine.request = new XMLHttpRequest();
    request.open("POST", "/api/speech");
    request.responseType = "arraybuffer";
    request.timeout = TIMEOUT;
    request.setRequestHeader("Content-Type", "application/json");
    request.onload = function () {
      if (request.status !== 200) { failed(mine); return; }
      context.decodeAudioData(request.response, function (sound) { play(mine, sound); }, function () { failed(mine); });
    };
    request.onerror = request.ontimeout = function () { failed(mine); };
    request.send(JSON.stringify({ text: piece, accent: Store.accent() }));
  }

  function play(mine, sound) {
    if (reading !== mine) { return; }
    var source = context.createBufferSource();
    source.buffer = sound;
    source.connect(context.destination);
    var begin = Math.max(context.currentTime, mine.at);
    source.start(begin);
    mine.at = begin + sound.duration + PAUSE;
    mine.sources.push(source);
    source.onended = function () {
      mine.sources.splice(mine.sources.indexOf(source), 1);
      if (!mine.sources.length && mine.done) { stop(); }
    };
    mine.done = !mine.pieces.length;
    fetchNext(mine);
  }

  function begin(key, say) {
    stop();
    note(key, "");
    opened();
    reading = { key: key, request: null, sources: [], at: 0, pieces: pieces(say), done: false };
    label(key, true);
    fetchNext(reading);
  }

  window.Listen = {
    /* Puts the key under a reply, where the browser can play sound at all. */
    offer: function (node, say) {
      if (!Context || !pieces(say).length) { return; }
      var key = document.createElement("button");
      key.type = "button";
      key.className = "listen";
      label(key, false);
      key.addEventListener("click", function () {
        if (reading && reading.key === key) { stop(); } else { begin(key, say); }
      });
      node.appendChild(key);
    },
    stop: stop
  };
}());
