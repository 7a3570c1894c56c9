// Finds agreements by words, in the index beside this page. Without a script the page is a list of all of them.
(function () {
  "use strict";
  var box = document.getElementById("search");
  var field = document.getElementById("search-words");
  var said = document.getElementById("search-said");
  var list = document.getElementById("all-agreements");
  if (!box || !field || !said || !list) return;
  var items = Array.prototype.slice.call(list.children);
  var files = {};
  var waiting = {};

  // The index does the same to the words of the letters.
  function folded(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  }

  function wordsOf(text) {
    return folded(text).split(/[^\p{L}\p{N}]+/u).filter(function (word) { return Array.from(word).length > 1; });
  }

  function fileOf(word) {
    var first = Array.from(word).slice(0, 2).join("");
    return /^[a-z0-9]{2}$/.test(first) ? first : "_";
  }

  // A file of the index calls this with what it holds.
  window.sideletterFound = function (file, words) {
    files[file] = words;
  };

  function load(file) {
    if (files[file]) return Promise.resolve(true);
    if (!waiting[file]) {
      waiting[file] = new Promise(function (resolve) {
        var script = document.createElement("script");
        script.src = box.dataset.index + file + ".js";
        script.onload = function () { resolve(true); };
        // No agreement has a word that begins so, or the file cannot be read now.
        script.onerror = function () { files[file] = {}; resolve(false); };
        document.head.appendChild(script);
      });
    }
    return waiting[file];
  }

  // The numbers of the agreements with a word that begins so; nothing where nearly all have it.
  function numbersOf(word) {
    var words = files[fileOf(word)] || {};
    var numbers = new Set();
    var common = false;
    Object.keys(words).forEach(function (known) {
      if (!known.startsWith(word)) return;
      if (words[known] === true) common = true;
      else words[known].forEach(function (number) { numbers.add(number); });
    });
    return common ? null : numbers;
  }

  function show(numbers) {
    var shown = 0;
    items.forEach(function (item) {
      var is = !numbers || numbers.has(Number(item.dataset.number));
      item.hidden = !is;
      if (is) shown += 1;
    });
    return shown;
  }

  var turn = 0;
  function search() {
    var own = ++turn;
    var words = wordsOf(field.value);
    if (words.length === 0) {
      show(null);
      said.textContent = "";
      return;
    }
    Promise.all(words.map(function (word) { return load(fileOf(word)); })).then(function () {
      if (own !== turn) return;
      var found = null;
      var common = [];
      words.forEach(function (word) {
        var numbers = numbersOf(word);
        if (!numbers) common.push(word);
        else if (!found) found = numbers;
        else found = new Set(Array.from(found).filter(function (number) { return numbers.has(number); }));
      });
      var shown = show(found);
      var text = shown === 0 ? box.dataset.none : shown === 1 ? box.dataset.one : shown + " " + box.dataset.many;
      if (common.length > 0) text += " " + box.dataset.common + " " + common.join(", ") + ".";
      said.textContent = text;
    });
  }

  box.hidden = false;
  field.addEventListener("input", search);
  if (field.value) search();
}());
