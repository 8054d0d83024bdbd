/* canting.js: improvements only; every page works without them. No library, no inline handler. */
(function () {
  "use strict";
  var doc = document, body = doc.body;
  function all(query, root) { return Array.prototype.slice.call((root || doc).querySelectorAll(query)); }
  function typing(node) { return node && (/^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName) || node.isContentEditable); }
  function fire(node, name) { node.dispatchEvent(new Event(name, { bubbles: true })); }

  /* money: dots while typing, the caret stays by its digit; words from a million on */
  var ONES = ["", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"];
  function below(n) {
    if (n < 12) return ONES[n];
    if (n < 20) return ONES[n - 10] + " belas";
    if (n < 100) return ONES[Math.floor(n / 10)] + " puluh " + ONES[n % 10];
    return (n < 200 ? "seratus " : ONES[Math.floor(n / 100)] + " ratus ") + below(n % 100);
  }
  function terbilang(n) {
    if (!n) return "nol";
    var text = "", scale = ["", "ribu", "juta", "miliar", "triliun"];
    for (var i = 0; n > 0 && i < scale.length; i++, n = Math.floor(n / 1000)) {
      var part = n % 1000;
      if (part) text = (i === 1 && part === 1 ? "seribu" : below(part) + " " + scale[i]) + " " + text;
    }
    return text.replace(/\s+/g, " ").trim();
  }
  function words(box) {
    var amount = Number(box.value.replace(/\./g, "")), note = box.nextElementSibling;
    if (!note || !note.classList.contains("words")) {
      if (!(amount >= 1e6)) return;
      note = doc.createElement("p");
      note.className = "words hint"; note.lang = "id"; note.setAttribute("aria-live", "polite");
      box.insertAdjacentElement("afterend", note);
    }
    note.textContent = amount >= 1e6 && amount < 1e15 ? terbilang(amount) + " rupiah" : "";
  }
  function money(box) {
    var value = box.value;
    if (!/^[\d.]*$/.test(value)) { words(box); return; }
    var digits = value.replace(/\./g, "").replace(/^0+(?=\d)/, "");
    var shown = digits.replace(/\B(?=(\d{3})+$)/g, ".");
    if (shown !== value) {
      var after = value.slice(box.selectionEnd).replace(/\./g, "").length, caret = shown.length;
      while (after > 0 && caret > 0) { caret--; if (shown[caret] !== ".") after--; }
      box.value = shown;
      if (doc.activeElement === box) box.setSelectionRange(caret, caret);
    }
    words(box);
  }
  doc.addEventListener("input", function (event) { if (event.target.matches("[data-money]")) money(event.target); });

  /* grid: Enter goes down, a block from a sheet fills cells and adds rows */
  function cells(row) { return all("input:not([type=hidden]),select,textarea", row); }
  function addRow(table) {
    var name = table.getAttribute("data-grid"), total = doc.getElementById("id_" + name + "-TOTAL_FORMS");
    var most = doc.getElementById("id_" + name + "-MAX_NUM_FORMS"), mould = doc.querySelector("template[data-grid-row='" + name + "']");
    if (!total || !mould || (most && Number(total.value) >= Number(most.value))) return null;
    var made = doc.createElement("tbody");
    made.innerHTML = mould.innerHTML.replace(/__prefix__/g, total.value);
    total.value = Number(total.value) + 1;
    return table.tBodies[0].appendChild(made.rows[0]);
  }
  function put(cell, text) {
    text = text.trim();
    if (cell.type === "checkbox") cell.checked = /^(1|x|v|y|ya|yes|true)$/i.test(text);
    else if (cell.tagName === "SELECT") all("option", cell).forEach(function (option) {
      if (option.text.trim().toLowerCase() === text.toLowerCase() || option.value === text) cell.value = option.value;
    });
    else cell.value = text;
    fire(cell, "input"); fire(cell, "change");
  }
  doc.addEventListener("paste", function (event) {
    var table = event.target.closest && event.target.closest("[data-grid]");
    var text = table && event.clipboardData && event.clipboardData.getData("text/plain");
    if (!text || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    var row = event.target.closest("tr"), column = cells(row).indexOf(event.target);
    text.replace(/\r/g, "").replace(/\n$/, "").split("\n").forEach(function (line, at) {
      if (at) row = row && (row.nextElementSibling || addRow(table));
      var boxes = row ? cells(row) : [];
      line.split("\t").forEach(function (value, shift) { if (boxes[column + shift]) put(boxes[column + shift], value); });
    });
  });
  function gridKey(event, table) {
    var row = event.target.closest("tr"), column = cells(row).indexOf(event.target);
    var next = event.shiftKey ? row.previousElementSibling : row.nextElementSibling || addRow(table);
    event.preventDefault();
    if (next && cells(next)[column]) { cells(next)[column].focus(); if (cells(next)[column].select) cells(next)[column].select(); }
  }
  doc.addEventListener("click", function (event) {
    var add = event.target.closest("[data-grid-add]"), print = event.target.closest("[data-print]");
    if (add) { var row = addRow(doc.querySelector("[data-grid='" + add.getAttribute("data-grid-add") + "']")); if (row) cells(row)[0].focus(); }
    if (print) window.print();
    all("details.menu[open]").forEach(function (menu) { if (!menu.contains(event.target)) menu.open = false; });
  });

  /* an entry's lines: both sums and their difference while typing; the server counts for good */
  function rupiah(amount) { return (amount < 0 ? "\u2212" : "") + "Rp" + String(Math.abs(amount)).replace(/\B(?=(\d{3})+$)/g, "."); }
  function sums(box) {
    var total = {};
    ["debit", "credit"].forEach(function (side) {
      total[side] = all("input[name$='-" + side + "']", doc.querySelector("[data-grid='" + box.getAttribute("data-sums") + "']"))
        .reduce(function (sum, input) { return sum + (/^[\d.]+$/.test(input.value) ? Number(input.value.replace(/\./g, "")) : 0); }, 0);
    });
    total.left = total.debit - total.credit;
    all("[data-sum]", box).forEach(function (node) { node.textContent = rupiah(total[node.getAttribute("data-sum")]); });
  }
  doc.addEventListener("input", function (event) {
    if (event.target.closest("[data-grid]")) all("[data-sums]").forEach(sums);
  });

  /* a list to tick: Space ticks and goes on to the next row; the sum of the ticked rows stands below */
  function ticked(table) {
    var sum = 0, count = 0, told = table.parentElement.querySelector("[data-tick-sum]");
    all("tbody tr", table).forEach(function (row) {
      var box = row.querySelector("input[type=checkbox]"), amount = row.querySelector("[data-money]");
      if (box && box.checked && amount) { count++; sum += Number(amount.value.replace(/\D/g, "")) || 0; }
    });
    if (told) told.textContent = count ? count + " · Rp" + String(sum).replace(/\B(?=(\d{3})+$)/g, ".") : "";
  }
  var space = false;
  doc.addEventListener("keydown", function (event) { space = event.key === " "; });
  doc.addEventListener("change", function (event) {
    if (!space || !event.target.checked || !event.target.matches("[data-tick] input[type=checkbox]")) return;
    var next = event.target.closest("tr").nextElementSibling, box = next && next.querySelector("input[type=checkbox]");
    if (box) box.focus();
  });
  ["change", "input"].forEach(function (name) {
    doc.addEventListener(name, function (event) {
      var table = event.target.closest && event.target.closest("[data-tick]"); if (table) ticked(table);
    });
  });

  /* keys: single letters only outside fields, and only while they are not switched off */
  var store = { get: function () { try { return localStorage.getItem("keys") === "off"; } catch (e) { return false; } },
    set: function (off) { try { localStorage.setItem("keys", off ? "off" : "on"); } catch (e) { /* private window */ } } };
  function save(from) {
    var form = from && from.closest && from.closest("form"), button = (form || doc).querySelector("[data-save]:not([disabled])");
    if (button) button.form.requestSubmit(button);
  }
  function back() {
    var open = doc.querySelector("details.menu[open]"), link = doc.querySelector("[data-back]");
    if (open) { open.open = false; open.firstElementChild.focus(); } else if (link) link.click();
  }
  var LETTERS = {
    "/": function () { var box = doc.querySelector("[data-search]"); if (box) { box.focus(); box.select(); } },
    "n": function () { var link = doc.querySelector("[data-new]"); if (link) link.click(); },
    "?": function () { var box = doc.getElementById("keys"); if (box && box.showModal) box.showModal(); }
  };
  doc.addEventListener("keydown", function (event) {
    var node = event.target, scan = doc.querySelector("[data-scan]");
    if (event.isComposing || doc.querySelector("dialog[open]")) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); save(node); return; }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    var table = node.closest && node.closest("[data-grid]");
    if (event.key === "Enter" && table && /^(INPUT|SELECT)$/.test(node.tagName)) { gridKey(event, table); return; }
    if (event.key === "Escape") { if (typing(node)) node.blur(); else back(); return; }
    if (typing(node)) return;
    var act = LETTERS[event.key];
    if (scan && /^[0-9A-Za-z]$/.test(event.key)) { scan.focus(); return; }
    if (act && !store.get()) { event.preventDefault(); act(); }
  });
  doc.addEventListener("change", function (event) { if (event.target.matches("[data-keys-off]")) store.set(event.target.checked); });

  /* saving: a form is sent once; after 400 ms the pressed button says so */
  function busy(form, button) {
    form.setAttribute("data-sent", "1");
    var timer = setTimeout(function () {
      if (!button || !form.hasAttribute("data-sent")) return;
      button.setAttribute("data-was", button.innerHTML); button.textContent = body.dataset.saving; button.disabled = true;
    }, 400);
    setTimeout(function () { free(form); }, 20000);
    form.addEventListener("kit:free", function () { clearTimeout(timer); }, { once: true });
  }
  function free(form) {
    form.removeAttribute("data-sent"); fire(form, "kit:free");
    all("[data-was]", form).forEach(function (button) {
      button.innerHTML = button.getAttribute("data-was"); button.removeAttribute("data-was"); button.disabled = false;
    });
  }
  doc.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post") return;
    if (form.hasAttribute("data-sent") && !event.defaultPrevented) { event.preventDefault(); return; }
    if (navigator.onLine === false) {
      var told = doc.getElementById("offline");
      event.preventDefault(); line(body.dataset.failed, true); if (told) told.scrollIntoView({ block: "nearest" });
      return;
    }
    busy(form, event.submitter || form.querySelector("[data-save]") || form.querySelector("[type=submit]"));
  });
  window.addEventListener("pageshow", function () { all("form[data-sent]").forEach(free); });
  doc.addEventListener("htmx:afterRequest", function (event) {
    var form = event.target.closest && event.target.closest("form"); if (form) free(form);
  });

  /* one line that never says more than is true: offline, or not saved */
  var opened = new Date();
  function line(text, wrong) {
    var box = doc.getElementById("offline"); if (!box) return;
    box.textContent = text; box.hidden = !text; box.classList.toggle("wrong", !!wrong);
  }
  function clock() { return ("0" + opened.getHours()).slice(-2) + "." + ("0" + opened.getMinutes()).slice(-2); }
  function offline() { line(body.dataset.offline.replace("{time}", clock())); }
  window.addEventListener("offline", offline);
  window.addEventListener("online", function () { line(""); });
  doc.addEventListener("htmx:sendError", function () { line(body.dataset.failed, true); });
  doc.addEventListener("htmx:responseError", function () { line(body.dataset.fault, true); });
  doc.addEventListener("htmx:afterOnLoad", function () { opened = new Date(); line(""); });

  /* what a page or a fragment needs when it arrives */
  function arrive(root) {
    all("[data-money]", root).forEach(money);
    all("[data-tick]", root).forEach(ticked);
    all("[data-grid-add],[data-print]", root).forEach(function (button) { button.hidden = false; });
    all("[data-keys-off]", root).forEach(function (box) { box.checked = store.get(); });
    var first = (root || doc).querySelector(".errors") || (root || doc).querySelector("[data-scan]");
    if (first) first.focus();
  }
  doc.addEventListener("htmx:afterSettle", function (event) { arrive(event.target); });
  arrive(doc);
  if (navigator.onLine === false) offline();
})();
