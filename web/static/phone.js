/* The phone page's behaviour: one key to call and to hang up, what both sides say, the keypad. */
(function () {
  "use strict";
  var TWICE = 1500; // ms within which a second press is meant for the first: it does not hang up at once
  var WORDS = JSON.parse(document.getElementById("words").textContent);
  function get(id) { return document.getElementById(id); }
  var log = get("log"), partial = get("partial"), talk = get("talk"), state = get("state"), announce = get("announce");
  var dial = get("dial-key"), pad = get("pad"), padKey = get("pad-key");
  var call = null;
  var pressedAt = 0;
  var began = 0;
  var ticking = null;
  var human = false; // a human was asked for before the call was taken

  /* What is said */

  function bubble(caption) {
    var row = document.createElement("div"), box = document.createElement("div");
    var who = document.createElement("span"), words = document.createElement("span");
    row.className = "row " + (caption.who === "caller" ? "me" : "bot");
    box.className = "bubble";
    who.className = "unseen";
    who.textContent = caption.who === "caller" ? "我说：" : "热线说：";
    words.className = "words";
    words.textContent = caption.text;
    box.appendChild(who);
    box.appendChild(words);
    row.appendChild(box);
    return row;
  }

  function shown(caption) {
    var open = partial.querySelector(caption.who === "caller" ? ".me" : ".bot");
    if (open) { partial.removeChild(open); }
    if (caption.text) { (caption.final ? log : partial).appendChild(bubble(caption)); }
    talk.scrollTop = talk.scrollHeight;
  }

  /* How the call stands */

  function tell(name) {
    state.textContent = WORDS[name];
    talk.scrollTop = talk.scrollHeight;
  }

  function tick() {
    var seconds = Math.floor((Date.now() - began) / 1000);
    get("clock").textContent = Math.floor(seconds / 60) + ":" + ("0" + seconds % 60).slice(-2);
  }

  function look(talking) {
    document.body.setAttribute("data-call", call ? (talking ? "talking" : "calling") : "none");
    get("dial-name").textContent = call ? "挂断" : "打电话";
    padKey.hidden = !talking;
    get("clock").hidden = !talking;
    if (!talking) { openPad(false); }
  }

  var events = {
    calling: function () { tell(human ? "human" : "calling"); },
    answered: function () {
      began = Date.now();
      tick();
      ticking = window.setInterval(tick, 1000);
      look(true);
      tell("talking");
      if (human) { askHuman(); }
    },
    caption: shown,
    ended: function (reason) {
      window.clearInterval(ticking);
      call = null;
      human = false;
      partial.textContent = "";
      pressedAt = Date.now();
      look(false);
      tell(reason);
    }
  };

  function begin() {
    var hindrance = Line.hindrance();
    if (hindrance) { human = false; tell(hindrance); return; }
    get("intro").hidden = true;
    log.textContent = "";
    tell("asking");
    call = Line.dial(events);
    look(false);
  }

  function askHuman() {
    human = false;
    call.key("0");
    tell("human");
  }

  /* Keys */

  function openPad(open) {
    if (!open && pad.contains(document.activeElement)) { dial.focus(); }
    pad.hidden = !open;
    padKey.setAttribute("aria-expanded", String(open));
    padKey.textContent = open ? "收起" : "键盘";
    talk.scrollTop = talk.scrollHeight;
  }

  function press(digit) {
    if (!call || !call.answered) { return; }
    call.key(digit);
    state.textContent = WORDS["key_" + digit];
  }

  dial.addEventListener("click", function () {
    var now = Date.now();
    if (now - pressedAt < TWICE) { return; }
    pressedAt = now;
    if (call) { call.hangUp(); } else { begin(); }
  });
  get("human-key").addEventListener("click", function () {
    if (call && call.answered) { askHuman(); return; }
    human = true;
    if (call) { tell("human"); } else { pressedAt = Date.now(); begin(); }
  });
  get("urgent-key").addEventListener("click", function () { tell("dial_120"); });
  padKey.addEventListener("click", function () { openPad(pad.hidden); });
  pad.addEventListener("click", function (event) {
    var key = event.target.closest("button");
    if (key) { press(key.getAttribute("data-digit")); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) { return; }
    if (event.key === "Escape" && !pad.hidden) {
      openPad(false);
      padKey.focus();
    } else if (/^[0-9*#]$/.test(event.key)) {
      press(event.key);
    }
  });
  window.addEventListener("pagehide", function () { if (call) { call.hangUp(); } });

  TextSize.start(get("size-key"), get("size-name"), announce, function () { talk.scrollTop = talk.scrollHeight; });
  look(false);
  tell(Line.hindrance() || "ready");
}());
