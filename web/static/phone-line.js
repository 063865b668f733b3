/* One call: microphone, WebSocket and loudspeaker. What is said over the socket: voice_gateway/browser/protocol.py. */
(function () {
  "use strict";
  var RATE = 8000; // samples a second of the telephone; the browser brings its devices to it and back
  var CALLING = 15000; // ms until a call that nobody takes is given up
  var DRAIN = 2500; // ms that the last words may still sound
  var STUCK = 1; // s of sound waiting for the network, beyond which it is left out
  var BYE = 1000;
  var ENDS = { 1012: "down", 4400: "broken", 4429: "often", 4486: "busy", 4503: "down" };
  var REASONS = { bye: "ended", limit: "limit", error: "broken", lost: "lost" };
  var WORKLETS = document.currentScript.getAttribute("data-worklets");
  var LISTENING = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 };

  function refusal(error) {
    if (error && (error.name === "NotFoundError" || error.name === "OverconstrainedError")) { return "no_microphone"; }
    if (error && (error.name === "NotReadableError" || error.name === "AbortError")) { return "taken"; }
    return "refused";
  }

  /* Why this browser cannot call; empty if it can. */
  function hindrance() {
    if (window.isSecureContext === false) { return "insecure"; }
    if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia || !window.AudioWorkletNode) { return "too_old"; }
    return "";
  }

  function Call(on) {
    this.on = on;
    this.over = false;
    this.answered = false;
    this.contexts = [];
    this.stream = null;
    this.socket = null;
    this.player = null;
    this.wake = null;
    this.timer = null;
  }

  Call.prototype.begin = function () {
    var me = this;
    var ear = this.context(RATE); // now, while the press of the key still counts
    navigator.mediaDevices.getUserMedia({ audio: LISTENING }).then(function (stream) {
      me.stream = stream;
      if (me.over) { me.release(); return null; }
      me.on.calling();
      return ear.audioWorklet.addModule(WORKLETS).then(function () { return me.microphone(ear); }).then(function (mouth) {
        if (!me.over) { me.connect(ear, mouth); }
      });
    }).catch(function (error) { me.finish(me.stream ? "broken" : refusal(error)); });
  };

  Call.prototype.context = function (rate) {
    var context = new window.AudioContext(rate ? { sampleRate: rate, latencyHint: "interactive" } : {});
    this.contexts.push(context);
    context.resume();
    return context;
  };

  /* The microphone's frames; in a context of its own where the browser cannot bring the microphone to another rate. */
  Call.prototype.microphone = function (ear) {
    var me = this;
    try {
      return Promise.resolve(me.frames(ear));
    } catch (error) {
      var own = me.context(0);
      return own.audioWorklet.addModule(WORKLETS).then(function () { return me.frames(own); });
    }
  };

  Call.prototype.frames = function (context) {
    var source = context.createMediaStreamSource(this.stream);
    var mouth = new window.AudioWorkletNode(context, "phone-microphone", {
      channelCount: 1, channelCountMode: "explicit", outputChannelCount: [1]
    });
    source.connect(mouth);
    mouth.connect(context.destination); // it is silent; a node that leads nowhere might not run
    return mouth;
  };

  Call.prototype.connect = function (ear, mouth) {
    var me = this;
    var track = this.stream.getAudioTracks()[0];
    var rate = mouth.context.sampleRate;
    var player = this.player = new window.AudioWorkletNode(ear, "phone-player", { numberOfInputs: 0, outputChannelCount: [1] });
    var scheme = window.location.protocol === "https:" ? "wss://" : "ws://";
    var socket = this.socket = new WebSocket(scheme + window.location.host + "/phone/socket");
    player.connect(ear.destination);
    socket.binaryType = "arraybuffer";
    socket.onopen = function () {
      var cancelling = track.getSettings().echoCancellation;
      me.send({ type: "start", rate: rate, echo_cancelled: cancelling === true || cancelling === "all" });
    };
    socket.onmessage = function (event) { me.heard(event.data); };
    socket.onclose = function (event) { me.closed(event); };
    mouth.port.onmessage = function (event) {
      if (me.answered && socket.readyState === WebSocket.OPEN && socket.bufferedAmount < STUCK * rate * 2) { socket.send(event.data); }
    };
    player.port.onmessage = function (event) {
      if (event.data.done) {
        me.finish(me.reason);
      } else if (me.answered) {
        me.send({ type: "quality", gaps: event.data.gaps, playout_ms: event.data.playout_ms });
      }
    };
    track.onended = function () { me.hangUp("no_microphone"); };
    track.onmute = function () { me.send({ type: "hold", on: true }); };
    track.onunmute = function () { me.send({ type: "hold", on: false }); };
    this.timer = window.setTimeout(function () { me.hangUp("down"); }, CALLING);
  };

  Call.prototype.heard = function (data) {
    if (this.over) { return; }
    if (typeof data !== "string") { this.player.port.postMessage(data, [data]); return; }
    var message = JSON.parse(data);
    if (message.type === "answered") {
      this.answered = true;
      window.clearTimeout(this.timer);
      this.stayAwake();
      this.on.answered();
    } else if (message.type === "caption") {
      this.on.caption(message);
    }
  };

  /* The screen stays on: a phone that falls asleep takes the microphone away. */
  Call.prototype.stayAwake = function () {
    var me = this;
    if (!navigator.wakeLock) { return; }
    navigator.wakeLock.request("screen").then(function (lock) {
      me.wake = lock;
      if (me.over) { lock.release(); }
    }).catch(function () { /* on a low battery it is refused; the call goes on */ });
  };

  Call.prototype.send = function (message) {
    if (this.socket && this.socket.readyState === WebSocket.OPEN) { this.socket.send(JSON.stringify(message)); }
  };

  Call.prototype.key = function (digit) { this.send({ type: "key", digit: digit }); };

  Call.prototype.closed = function (event) {
    var me = this;
    if (this.over) { return; }
    this.reason = event.code === BYE ? REASONS[event.reason] || "ended" : ENDS[event.code] || (this.answered ? "lost" : "down");
    if (event.code !== BYE || !this.answered) { this.finish(this.reason); return; }
    this.player.port.postMessage("last");
    this.timer = window.setTimeout(function () { me.finish(me.reason); }, DRAIN);
  };

  /* Ends the call from here; the reason is the name of a sentence. */
  Call.prototype.hangUp = function (reason) {
    this.send({ type: "hang_up" });
    this.finish(reason || "ended");
  };

  Call.prototype.release = function () {
    if (this.stream) {
      this.stream.getTracks().forEach(function (track) { track.onended = null; track.stop(); });
    }
    this.contexts.forEach(function (context) { context.close(); });
    this.contexts = [];
    if (this.wake) { this.wake.release(); }
  };

  Call.prototype.finish = function (reason) {
    if (this.over) { return; }
    this.over = true;
    window.clearTimeout(this.timer);
    if (this.socket) { this.socket.close(BYE); }
    this.release();
    this.on.ended(reason);
  };

  window.Line = {
    hindrance: hindrance,
    /* Callbacks: calling() once there is a microphone, answered(), caption({who, text, final}), ended(name of a sentence). Gives key(digit) and hangUp(). */
    dial: function (on) {
      var call = new Call(on);
      call.begin();
      return call;
    }
  };
}());
