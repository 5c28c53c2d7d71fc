/* Puts right what depends on the reader's own date, and adds a filter to registers. Works without it, too. */
(function () {
  "use strict";
  var DAY = 86400000;

  function today() {
    var parts = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Ho_Chi_Minh" }).format(new Date()).split("-");
    var built = document.querySelector("meta[name=loa-day]");
    /* A clock behind the day of the build is wrong (a phone that lost its battery): the build knows better. */
    return Math.max(Date.UTC(+parts[0], +parts[1] - 1, +parts[2]), built ? read(built.content) : 0);
  }

  function read(text) {
    return text ? Date.parse(text + "T00:00:00Z") : NaN;
  }

  /* The same words as generator/worklist/pages/words.py: find_state. */
  function state(element, now) {
    var starts = read(element.dataset.starts), ends = read(element.dataset.ends);
    if (isNaN(starts) && isNaN(ends)) return { id: "standing", words: "Thực hiện thường xuyên", far: 0 };
    if (now < starts) return { id: "next", words: "Còn " + (starts - now) / DAY + " ngày", far: starts - now };
    if (now > ends) return { id: "past", words: "Đã kết thúc", far: now - ends };
    return { id: "on", far: 0, words: isNaN(ends) ? "Đang diễn ra" : "Đang diễn ra, còn " + ((ends - now) / DAY + 1) + " ngày" };
  }

  function setDates(now) {
    document.querySelectorAll(".loa-when").forEach(function (label) {
      var found = state(label, now);
      label.textContent = found.words;
      label.className = "loa-when loa-when--" + found.id;
    });
    document.querySelectorAll(".loa-days > li").forEach(function (row) {
      row.classList.toggle("loa-days__past", state(row, now).id === "past");
    });
    setStage(now);
  }

  /* The same order and places as generator/worklist/pages/shared.py: sort_campaigns, place_campaigns. */
  function setStage(now) {
    var order = ["on", "standing", "next", "past"], lead = null;
    function rank(found) { return order.indexOf(found.id) * 1e15 + found.far; }
    document.querySelectorAll(".loa-rest .loa-tile").forEach(function (tile) {
      var found = state(tile, now);
      if (!lead || rank(found) < rank(lead)) lead = found;
    });
    function place(element) {
      var found = state(element, now);
      var isSame = found.id === lead.id && (found.id === "on" || found.id === "standing" || found.far === lead.far);
      return isSame ? "now" : found.id === "next" ? "next" : "rest";
    }
    function pick(selector, wanted) {
      return Array.prototype.filter.call(document.querySelectorAll(selector), function (element) { return place(element) === wanted; });
    }
    if (!lead || !pick(".loa-stage > .loa-hero", "now").length) return;
    [[".loa-stage > .loa-hero", "now"], [".loa-next .loa-tile", "next"], [".loa-rest .loa-tile", "rest"]].forEach(function (pair) {
      var shown = pick(pair[0], pair[1]);
      document.querySelectorAll(pair[0]).forEach(function (element) { element.hidden = shown.indexOf(element) < 0; });
      document.querySelector(pair[0].split(" ")[0]).hidden = !shown.length;
    });
  }

  /* Real buttons for Material's two hidden switches: keyboard and screen reader use them like any button. */
  function addOpeners() {
    document.querySelectorAll("[data-opens]").forEach(function (button) {
      var toggle = document.getElementById(button.dataset.opens), isSearch = toggle && toggle.id === "__search";
      if (!toggle) return;
      function open(event) {
        event.preventDefault();
        if (!toggle.checked) toggle.click();
      }
      button.setAttribute("aria-expanded", "false");
      button.addEventListener("click", open);
      if (!isSearch) button.addEventListener("keydown", function (event) { if (event.key === " ") open(event); });
      toggle.addEventListener("change", function () {
        button.setAttribute("aria-expanded", String(toggle.checked));
        var inside = document.querySelector(isSearch ? ".md-search__input" : ".loa-drawer a[href]");
        setTimeout(function () {
          if (toggle.checked) inside.focus();
          else if (document.activeElement === document.body || document.activeElement === inside) button.focus();
        }, 60);
      });
      document.addEventListener("keydown", function (event) {
        var isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
        if (isSearch && event.key === "/" && !isTyping) open(event);
        if (!isSearch && event.key === "Escape" && toggle.checked) toggle.click();
      });
    });
  }

  /* The open part of a campaign's menu stands in sight; wide tables can be scrolled with the keyboard. */
  function showEdges() {
    document.querySelectorAll(".loa-menu [aria-current]").forEach(function (link) {
      var list = link.closest("ul");
      list.scrollLeft = link.offsetLeft - (list.clientWidth - link.offsetWidth) / 2;
    });
    document.querySelectorAll(".md-typeset__scrollwrap").forEach(function (box) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    });
  }

  function fold(text) {
    return text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  }

  function addFilter(box) {
    var table = document.getElementById(box.dataset.filter);
    if (!table || box.firstChild) return;
    var rows = Array.prototype.slice.call(table.tBodies[0].rows);
    var field = document.createElement("input"), choice = document.createElement("select"), count = document.createElement("p");
    field.type = "search";
    field.placeholder = "Tìm theo số, tên, cơ quan …";
    field.setAttribute("aria-label", "Tìm trong sổ");
    choice.setAttribute("aria-label", "Hình thức");
    count.setAttribute("role", "status");
    choice.add(new Option("Mọi hình thức", ""));
    rows.map(function (row) { return row.dataset.filter; })
      .filter(function (form, index, all) { return all.indexOf(form) === index; })
      .sort(function (a, b) { return a.localeCompare(b, "vi"); })
      .forEach(function (form) { choice.add(new Option(form, form)); });
    var texts = rows.map(function (row) { return fold(row.textContent); });
    function update() {
      var words = fold(field.value).split(/\s+/).filter(Boolean), shown = 0;
      rows.forEach(function (row, index) {
        var fits = (!choice.value || row.dataset.filter === choice.value) &&
          words.every(function (word) { return texts[index].indexOf(word) >= 0; });
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      count.textContent = shown + "/" + rows.length + " văn bản";
    }
    field.addEventListener("input", update);
    choice.addEventListener("change", update);
    [field, choice, count].forEach(function (part) { box.appendChild(part); });
    update();
  }

  setDates(today());
  document.querySelectorAll(".loa-filter").forEach(addFilter);
  addOpeners();
  showEdges();
  window.addEventListener("load", showEdges);
})();
