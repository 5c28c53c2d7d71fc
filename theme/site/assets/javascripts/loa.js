/* Puts right what depends on the reader's own date, and adds a filter to registers. Works without it, too. */
(function () {
  "use strict";
  var DAY = 86400000;

  function today() {
    var parts = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Ho_Chi_Minh" }).format(new Date()).split("-");
    return Date.UTC(+parts[0], +parts[1] - 1, +parts[2]);
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
    var order = ["on", "next", "standing", "past"], best = null;
    var heroes = Array.prototype.slice.call(document.querySelectorAll(".loa-hero--home"));
    heroes.forEach(function (hero) {
      var found = state(hero, now), rank = order.indexOf(found.id) * 1e15 + found.far;
      if (!best || rank < best.rank) best = { hero: hero, rank: rank };
    });
    heroes.forEach(function (hero) { hero.hidden = hero !== best.hero; });
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
})();
