/* What this phone remembers: the conversation's id, what was said, what is still to be sent, the text size.
   Everything lives in localStorage; where that is forbidden or full, in memory, so that talking still works. */
(function () {
  "use strict";
  var PREFIX = "yinling.";
  var KEEP = 200; // bubbles kept for the next visit
  var memory = {};

  function read(name, otherwise) {
    if (Object.prototype.hasOwnProperty.call(memory, name)) { return memory[name]; }
    try {
      var stored = window.localStorage.getItem(PREFIX + name);
      return stored === null ? otherwise : JSON.parse(stored);
    } catch (error) {
      return otherwise;
    }
  }

  function write(name, value) {
    try {
      window.localStorage.setItem(PREFIX + name, JSON.stringify(value));
      delete memory[name];
    } catch (error) {
      memory[name] = value;
    }
  }

  function list(name) {
    var found = read(name, []);
    return Array.isArray(found) ? found : [];
  }

  function randomId(prefix) {
    var bytes = new Uint8Array(16);
    window.crypto.getRandomValues(bytes);
    return prefix + Array.prototype.map.call(bytes, function (byte) {
      return ("0" + byte.toString(16)).slice(-2);
    }).join("");
  }

  window.Store = {
    randomId: randomId,
    conversation: function () {
      var id = read("conversation", "");
      if (!id) { id = randomId("web-"); write("conversation", id); }
      return id;
    },
    history: function () { return list("history"); },
    /* Adds a bubble, or replaces the one with the same id. */
    keep: function (item) {
      var items = list("history");
      var at = items.map(function (other) { return other.id; }).indexOf(item.id);
      if (at < 0) { items.push(item); } else { items[at] = item; }
      write("history", items.slice(-KEEP));
    },
    outbox: function () { return list("outbox"); },
    post: function (entry) {
      var entries = list("outbox");
      if (entry.urgent) { entries.unshift(entry); } else { entries.push(entry); }
      write("outbox", entries);
    },
    sent: function (id) {
      write("outbox", list("outbox").filter(function (entry) { return entry.id !== id; }));
    },
    size: function () { var size = read("size", 1); return size === 2 || size === 3 ? size : 1; },
    setSize: function (size) { write("size", size); },
    /* What replies are read aloud in: cmn (Mandarin) or yue (Cantonese). */
    accent: function () { return read("accent", "") === "yue" ? "yue" : "cmn"; },
    setAccent: function (accent) { write("accent", accent); },
    startAnew: function () {
      write("conversation", randomId("web-"));
      write("history", []);
      write("outbox", []);
    }
  };
}());
