/* The page's behaviour: what each key does, and how an answer gets onto the screen. */
(function () {
  "use strict";
  var SLOW = 8000; // ms of thinking after which the page asks for patience
  var REPEAT = 1500; // ms within which the same key pressed again is the same wish
  var URGENT = "紧急求助";
  var HUMAN = "转人工";
  function get(id) { return document.getElementById(id); }
  var log = get("log"), talk = get("talk"), text = get("text"), typing = get("typing"), announce = get("announce");
  var calls = get("calls"), askNew = get("ask-new");
  var slowTimer = null;
  var urgentAt = 0; // when danger was last spoken of, in ms
  var pressed = {};

  /* Talking */

  function say(words, shown, urgent) {
    var entry = {
      id: Store.randomId("m-"), conversation: Store.conversation(), text: words, at: Date.now(), urgent: !!urgent
    };
    var item = { who: "me", id: entry.id, text: shown || words, at: entry.at };
    Bubbles.closeChoices();
    Store.keep(item);
    var node = Bubbles.mine(item);
    toEnd();
    Sending.send(entry);
    return node;
  }

  /* The key goes away with the answer; whoever uses the keyboard goes on from what was said. */
  function choose(choice) {
    var node = say(choice.value, choice.title);
    node.tabIndex = -1;
    node.focus({ preventScroll: true });
  }

  function showReplies(replies, state) {
    var first = null, open = openQuestion(replies);
    replies.forEach(function (reply, index) {
      if (reply.command && reply.command.name === "accent") { Store.setAccent(reply.command.accent); }
      var item = {
        who: "bot", id: Store.randomId("r-"), reply: reply, at: Date.now(),
        danger: state === "emergency"
      };
      Store.keep(item);
      var node = Bubbles.theirs(item, choose, index === open);
      first = first || node;
    });
    if (first) { bringIntoView(first); }
  }

  /* Which of several replies to one message still offers its choices: the last that has any. */
  function openQuestion(replies) {
    return replies.map(function (reply) { return !!(reply.choices && reply.choices.length); }).lastIndexOf(true);
  }

  function fault(entry, words) {
    var items = Store.history().filter(function (item) { return item.id === entry.id; });
    if (!items.length || (items[0].fault || "") === words) { return; }
    items[0].fault = words;
    Store.keep(items[0]);
    Bubbles.mark(entry.id, words);
    if (words) { announce.textContent = words; }
    toEnd();
  }

  function ofThisTalk(entry) { return entry.conversation === Store.conversation(); }

  var events = {
    answer: function (entry, answer) {
      if (!ofThisTalk(entry)) { return; }
      fault(entry, "");
      Bubbles.closeChoices();
      if (answer.state === "emergency") {
        urgentAt = Date.now();
        calls.hidden = false;
      } else if (entry.at > urgentAt) {
        calls.hidden = true; // the danger is over: this was said after it, and the answer speaks of something else
      }
      showReplies(answer.replies, answer.state);
    },
    refused: function (entry, words) { if (ofThisTalk(entry)) { fault(entry, words); } },
    waiting: function (entry, words) { if (ofThisTalk(entry)) { fault(entry, words); } },
    busy: function (is) {
      window.clearTimeout(slowTimer);
      typing.textContent = "";
      if (!is) { return; }
      typing.appendChild(document.createTextNode("正在想"));
      var dots = document.createElement("span");
      dots.className = "dots";
      dots.setAttribute("aria-hidden", "true");
      for (var i = 0; i < 3; i += 1) { dots.appendChild(document.createElement("i")).textContent = "·"; }
      typing.appendChild(dots);
      toEnd();
      slowTimer = window.setTimeout(function () { typing.textContent = "还在想，请您稍等一下"; }, SLOW);
    }
  };

  /* Scrolling */

  function toEnd() { talk.scrollTop = talk.scrollHeight; }

  /* Shows the end, unless that would hide the beginning of what was just answered. */
  function bringIntoView(node) {
    var top = node.getBoundingClientRect().top - talk.getBoundingClientRect().top + talk.scrollTop;
    talk.scrollTop = Math.min(talk.scrollHeight - talk.clientHeight, Math.max(0, top - 12));
  }

  /* After the room has changed: the last thing said, from its beginning. */
  function backToLast() {
    if (log.lastElementChild) { bringIntoView(log.lastElementChild); }
  }

  function fitScreen() {
    var view = window.visualViewport;
    if (view && view.scale === 1) { get("app").style.height = view.height + "px"; backToLast(); }
  }

  function fitText() {
    text.style.height = "auto";
    text.style.height = text.scrollHeight + 4 + "px";
  }

  /* Keys */

  function once(name, action) {
    return function () {
      var now = Date.now();
      if (now - (pressed[name] || 0) < REPEAT) { return; }
      pressed[name] = now;
      action();
    };
  }

  function submit() {
    var words = text.value.trim();
    if (!words) { text.focus(); return; }
    text.value = "";
    fitText();
    say(words);
  }

  function askForNew() {
    get("ask-new-text").textContent = Store.outbox().length
      ? "换新的对话，前面的话就不显示了，还有话没发出去，也不再发。要换吗？"
      : "换新的对话，前面的话就不显示了。要换吗？";
    askNew.hidden = false;
    get("new-no").focus();
  }

  function closeAsk() {
    askNew.hidden = true;
    get("new-key").focus();
  }

  get("write").addEventListener("submit", function (event) { event.preventDefault(); submit(); });
  text.addEventListener("keydown", function (event) {
    var composing = event.isComposing || event.keyCode === 229;
    if (event.key === "Enter" && !event.shiftKey && !composing) { event.preventDefault(); submit(); }
  });
  text.addEventListener("input", fitText);
  get("urgent-key").addEventListener("click", once("urgent", function () {
    urgentAt = Date.now();
    calls.hidden = false;
    say(URGENT, URGENT, true);
  }));
  get("human-key").addEventListener("click", once("human", function () { say(HUMAN); }));
  get("calls-close").addEventListener("click", function () {
    calls.hidden = true;
    get("urgent-key").focus();
  });
  get("new-key").addEventListener("click", askForNew);
  get("new-no").addEventListener("click", closeAsk);
  askNew.addEventListener("keydown", function (event) { if (event.key === "Escape") { closeAsk(); } });
  get("new-yes").addEventListener("click", function () {
    Listen.stop();
    Store.startAnew();
    Bubbles.clear();
    calls.hidden = true;
    closeAsk();
    greet();
  });

  /* Beginning */

  function greet() {
    var request = new XMLHttpRequest();
    request.open("GET", "/api/greeting");
    request.onload = function () {
      var answer = null;
      try { answer = JSON.parse(request.responseText); } catch (error) { return; }
      if (request.status === 200 && !Store.history().length) { showReplies(answer.replies, answer.state); }
    };
    request.send();
  }

  function restore() {
    var items = Store.history();
    var since = items.map(function (item) { return item.who; }).lastIndexOf("me") + 1;
    var open = since + openQuestion(items.slice(since).map(function (item) { return item.reply; }));
    items.forEach(function (item, index) {
      if (item.who === "me") {
        Bubbles.mine(item);
      } else {
        Bubbles.theirs(item, choose, index >= since && index === open);
      }
    });
    var last = items[items.length - 1];
    calls.hidden = !(last && last.danger);
    backToLast();
  }

  TextSize.start(get("size-key"), get("size-name"), announce, function () {
    fitText();
    backToLast();
  });
  restore();
  log.setAttribute("aria-live", "polite");
  if (!Store.history().length) { greet(); }
  if (window.visualViewport) { window.visualViewport.addEventListener("resize", fitScreen); }
  Sending.start(events);
}());
