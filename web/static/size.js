/* The three text sizes: remembered, and changed by one key. */
(function () {
  "use strict";
  var SIZES = { 1: "大", 2: "更大", 3: "最大" };

  window.TextSize = {
    /* The key, where the size's name stands, where a change is announced, and what is done after it. */
    start: function (key, name, announce, changed) {
      function show(size) {
        document.documentElement.setAttribute("data-size", String(size));
        name.textContent = SIZES[size];
        key.setAttribute("aria-label", "字号，现在是" + SIZES[size] + "，按一下换一种");
        changed();
      }
      key.addEventListener("click", function () {
        var size = Store.size() % 3 + 1;
        Store.setSize(size);
        show(size);
        announce.textContent = "字号换成" + SIZES[size];
      });
      show(Store.size());
    }
  };
}());
