/* Draws what was said. Every text goes in as text, never as markup. */
(function () {
  "use strict";
  var GAP = 5 * 60 * 1000; // a time is shown after so long a pause, in ms
  var log = document.getElementById("log");
  var lastTime = 0;

  function make(tag, kind, text) {
    var node = document.createElement(tag);
    if (kind) { node.className = kind; }
    if (text !== undefined) { node.textContent = text; }
    return node;
  }

  function clock(time) {
    var at = new Date(time), today = new Date();
    var hour = at.getHours(), minute = ("0" + at.getMinutes()).slice(-2);
    var part = hour < 5 ? "夜里" : hour < 9 ? "早上" : hour < 11 ? "上午" : hour < 13 ? "中午" : hour < 18 ? "下午" : "晚上";
    var day = at.toDateString() === today.toDateString() ? "" : (at.getMonth() + 1) + "月" + at.getDate() + "日 ";
    return day + part + " " + (hour > 12 ? hour - 12 : hour) + ":" + minute;
  }

  function timeLine(time) {
    if (time - lastTime > GAP) { log.appendChild(make("p", "when", clock(time))); }
    lastTime = time;
  }

  function spaced(number) {
    return String(number).split("").join(" ");
  }

  /* Digits set apart by spaces stay on one line. */
  function together(words) {
    return words.replace(/(\d) (?=\d)/g, "$1\u00a0");
  }

  function line(list, name, value) {
    var row = make("div");
    var data = make("dd", "", String(value));
    row.appendChild(make("dt", "", name));
    row.appendChild(data);
    list.appendChild(row);
    return data;
  }

  function orderCard(card) {
    var box = make("section", "card");
    var list = make("dl");
    box.setAttribute("aria-label", "订单 " + spaced(card.number));
    box.appendChild(make("h2", "", card.title));
    var number = make("p", "number", "单号 ");
    number.appendChild(make("b", "", spaced(card.number)));
    box.appendChild(number);
    card.lines.forEach(function (entry) {
      var data = line(list, entry.name, entry.value);
      if (entry.demo) {
        data.appendChild(document.createTextNode(" "));
        data.appendChild(make("span", "demo", "演示"));
      }
    });
    box.appendChild(list);
    return box;
  }

  function choiceButtons(choices, choose) {
    var group = make("div", "choices");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", "可以直接点");
    choices.forEach(function (choice) {
      var button = make("button", "", choice.title);
      button.type = "button";
      button.addEventListener("click", function () { choose(choice); });
      group.appendChild(button);
    });
    return group;
  }

  function row(who, text) {
    var node = make("div", "row " + who);
    var bubble = make("div", "bubble");
    bubble.appendChild(make("span", "unseen", who === "me" ? "我说：" : "助手说："));
    bubble.appendChild(make("span", "words", text));
    node.appendChild(bubble);
    return node;
  }

  window.Bubbles = {
    /* One of the person's own messages: {id, text, at, fault}. */
    mine: function (item) {
      var node = row("me", item.text);
      timeLine(item.at);
      node.id = item.id;
      log.appendChild(node);
      if (item.fault) { this.mark(item.id, item.fault); }
      return node;
    },
    /* One of the assistant's replies: {reply, at, danger}; its choices only while it is `open` to an answer. */
    theirs: function (item, choose, open) {
      var reply = item.reply;
      var node = row("bot" + (item.danger ? " danger" : ""), together(reply.show || reply.say));
      timeLine(item.at);
      if (reply.card && reply.card.kind === "order") { node.appendChild(orderCard(reply.card)); }
      window.Listen.offer(node, reply.say);
      if (open) { node.appendChild(choiceButtons(reply.choices, choose)); }
      log.appendChild(node);
      return node;
    },
    /* Puts words under a message of one's own, or takes them away. */
    mark: function (id, words) {
      var node = document.getElementById(id);
      if (!node) { return; }
      var note = node.querySelector(".note");
      if (!words) {
        if (note) { node.removeChild(note); }
      } else if (note) {
        note.textContent = words;
      } else {
        node.appendChild(make("p", "note", words));
      }
    },
    /* Choices that were answered, or passed over, are no longer offered. */
    closeChoices: function () {
      Array.prototype.forEach.call(log.querySelectorAll(".choices"), function (group) {
        group.parentNode.removeChild(group);
      });
    },
    clear: function () { log.textContent = ""; lastTime = 0; }
  };
}());
