/// What moves on a page: the search, and the members on a day. Texts of the registry only ever become text.
enum SiteScript {
  static let text = #"""
    "use strict";
    (function () {
      var root = document.documentElement.dataset.root || "";
      function make(name, of, text) {
        var element = document.createElement(name);
        if (of) element.className = of;
        if (text !== undefined) element.textContent = text;
        return element;
      }

      /* The day that the site is of is in a file of its own, so that pages stay as they are. */
      var asOf = window.ententeDate || null;
      if (asOf) {
        document.querySelectorAll("[data-as-of]").forEach(function (place) {
          place.textContent = "As of " + asOf.date + (asOf.isToday ? ", the day of publication" : "") + ".";
        });
      }

      /* Search */
      var index = null;
      function fold(text) {
        return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
          .replace(/[\u2010-\u2015]/g, "-").replace(/[\u2018\u2019\u02bc]/g, "'");
      }
      function load(then) {
        if (index) return then();
        var script = document.createElement("script");
        script.src = root + "search.js";
        script.onload = function () {
          var found = window.ententeSearch;
          index = found.things.map(function (thing) {
            return {
              name: thing[0], type: found.types[thing[1]], path: "things/" + thing[2] + ".html", key: thing[3],
              start: fold(thing[0]), text: fold(thing[0] + "\n" + thing[3] + "\n" + (thing[4] || ""))
            };
          });
          then();
        };
        document.head.appendChild(script);
      }
      function look(words) {
        var parts = fold(words).split(/\s+/).filter(Boolean);
        if (!parts.length) return [];
        var found = [];
        index.forEach(function (thing) {
          var score = 0;
          for (var i = 0; i < parts.length; i++) {
            var place = thing.text.indexOf(parts[i]);
            if (place < 0) return;
            if (thing.key.toLowerCase() === parts[i]) score += 8;
            if (thing.start === parts[i]) score += 8;
            if (thing.start.indexOf(parts[i]) === 0) score += 4;
            if (place === 0 || /[\s\-(\/]/.test(thing.text[place - 1])) score += 2;
          }
          if (thing.type === "source") score -= 1;
          found.push({ thing: thing, score: score });
        });
        found.sort(function (one, other) {
          return other.score - one.score || (one.thing.start < other.thing.start ? -1 : one.thing.start > other.thing.start ? 1 : 0);
        });
        return found.map(function (entry) { return entry.thing; });
      }
      document.querySelectorAll(".search").forEach(function (box, number) {
        var input = box.querySelector("input"), list = box.querySelector("ul"), said = box.querySelector(".quiet[role=status]");
        var chosen = -1;
        function choose(place) {
          var all = list.children;
          if (all[chosen]) all[chosen].setAttribute("aria-selected", "false");
          chosen = all.length ? (place + all.length) % all.length : -1;
          if (all[chosen]) {
            all[chosen].setAttribute("aria-selected", "true");
            all[chosen].scrollIntoView({ block: "nearest" });
            input.setAttribute("aria-activedescendant", all[chosen].id);
          } else input.removeAttribute("aria-activedescendant");
        }
        function close() {
          list.hidden = true;
          chosen = -1;
          input.setAttribute("aria-expanded", "false");
          input.removeAttribute("aria-activedescendant");
        }
        function show() {
          if (!input.value.trim()) return close();
          load(function () {
            var found = look(input.value), most = 20;
            list.textContent = "";
            chosen = -1;
            input.removeAttribute("aria-activedescendant");
            found.slice(0, most).forEach(function (thing, place) {
              var item = make("li");
              item.id = "found-" + number + "-" + place;
              item.setAttribute("role", "option");
              item.setAttribute("aria-selected", "false");
              var link = make("a", "", thing.name);
              link.href = root + thing.path;
              link.tabIndex = -1;
              item.appendChild(link);
              item.appendChild(make("span", "", " " + thing.type + " \u00b7 " + thing.key));
              item.addEventListener("click", function () { location.href = link.href; });
              list.appendChild(item);
            });
            if (!found.length) {
              var none = make("li", "", "Nothing is called so.");
              none.setAttribute("role", "option");
              none.setAttribute("aria-disabled", "true");
              none.id = "found-" + number + "-none";
              list.appendChild(none);
            }
            said.textContent = found.length > most ? "the first " + most + " of " + found.length : found.length + " found";
            list.hidden = false;
            input.setAttribute("aria-expanded", "true");
          });
        }
        box.hidden = false;
        input.addEventListener("input", show);
        input.addEventListener("focus", function () { load(function () {}); });
        input.addEventListener("keydown", function (event) {
          if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            if (list.hidden) return show();
            choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? -1 : chosen - 1);
            event.preventDefault();
          } else if (event.key === "Enter") {
            var link = list.hidden ? null : (list.children[chosen < 0 ? 0 : chosen] || list).querySelector("a");
            if (link) location.href = link.href;
          } else if (event.key === "Escape") close();
        });
        document.addEventListener("click", function (event) { if (!box.contains(event.target)) close(); });
        box.addEventListener("focusout", function (event) {
          if (event.relatedTarget && !box.contains(event.relatedTarget)) close();
        });
      });

      /* Members */
      var members = document.getElementById("members-data");
      if (!members) return;
      var data = JSON.parse(members.textContent);
      function date(day) { return new Date(day * 864e5).toISOString().slice(0, 10); }
      function dayOf(text) { return Math.floor(Date.parse(text + "T00:00:00Z") / 864e5); }
      var today = asOf ? dayOf(asOf.date) : dayOf(new Date().toISOString().slice(0, 10));
      var known = asOf && asOf.today ? dayOf(asOf.today) : today;
      var far = 1e9;
      var order = data.rows.map(function (row, place) { return place; }).sort(function (one, other) {
        return data.rows[one].name.localeCompare(data.rows[other].name);
      });
      var steps = [today];
      data.lives.forEach(function (life) {
        for (var i = 0; i < life.length; i += 2) if (Math.abs(life[i]) < far) steps.push(life[i]);
      });
      var first = Math.min.apply(null, steps) - 1, last = Math.max.apply(null, steps);
      var cuts = data.cuts, outs = cuts.map(function (cut) { return cut.day; }).filter(function (day) {
        return day !== null && Math.abs(day) < far;
      });
      var on = document.getElementById("members-on"), by = document.getElementById("members-by");
      var all = (outs.length ? outs[outs.length - 1] : today) + 1;
      on.min = first; on.max = last; on.value = today;
      by.min = outs.length ? outs[0] - 1 : all; by.max = all; by.value = all;

      function cutBy(day) {
        if (day >= all) return cuts[cuts.length - 1];
        var found = null;
        for (var i = 0; i < cuts.length && cuts[i].day !== null && cuts[i].day <= day; i++) found = cuts[i];
        return found;
      }
      function code(life, day) {
        var found = 0;
        for (var i = 0; i < life.length && life[i] <= day; i += 2) found = life[i + 1];
        return found;
      }
      /* Of a row: 0 not, 1 possibly, 2 certainly, 3 said not to be, 4 possibly so; and whether its source was only possibly out. */
      function state(cut, row, day) {
        var life = cut && row < cut.lives.length ? data.lives[cut.lives[row]] : [];
        var found = code(life, day);
        return { sure: day > known ? (found >> 3) & 7 : found & 7, open: (found & 64) !== 0 };
      }
      function changes(cut) {
        var days = [];
        if (cut) cut.lives.forEach(function (life) {
          data.lives[life].forEach(function (day, place) { if (place % 2 === 0 && Math.abs(day) < far) days.push(day); });
        });
        return days.concat([today]).sort(function (one, other) { return one - other; });
      }
      function next(days, from) { return days.find(function (day) { return day > from; }); }
      function before(days, from) { return days.slice().reverse().find(function (day) { return day < from; }); }

      var result = document.getElementById("members-result");
      function group(heading, rows, of) {
        if (!rows.length) return;
        result.appendChild(make("h3", "", heading + " (" + rows.length + ")"));
        var list = make("ul", "who " + of);
        rows.forEach(function (entry) {
          var item = make("li"), row = data.rows[entry.row];
          item.dataset.value = row.value;
          item.dataset.through = row.through;
          item.dataset.sure = entry.state.sure;
          item.dataset.open = entry.state.open;
          if (row.path) {
            var link = make("a", "", row.name);
            link.href = root + row.path;
            item.appendChild(link);
          } else item.appendChild(document.createTextNode(row.name));
          if (entry.state.open) item.appendChild(make("span", "remark", " its source may not have been out"));
          list.appendChild(item);
        });
        result.appendChild(list);
      }
      function draw() {
        var day = Number(on.value), out = Number(by.value), cut = cutBy(out);
        var days = changes(cut);
        var onWords = date(day) + (day === today ? asOf && !asOf.isToday ? " (as of)" : " (today)" : day > known ? " (ahead)" : "");
        var byWords = out >= all ? "at any time" : "by " + date(out);
        document.getElementById("members-on-words").textContent = onWords;
        document.getElementById("members-by-words").textContent = byWords;
        on.setAttribute("aria-valuetext", onWords);
        by.setAttribute("aria-valuetext", "sources that were out " + byWords);
        result.textContent = "";
        var found = order.map(function (row) { return { row: row, state: state(cut, row, day) }; });
        var throughs = [];
        found.forEach(function (entry) {
          var through = data.rows[entry.row].through;
          if (through && throughs.indexOf(through) < 0) throughs.push(through);
        });
        function some(through, sure) {
          return found.filter(function (entry) { return data.rows[entry.row].through === through && entry.state.sure === sure; });
        }
        group("Members in their own name", some("", 2), "");
        group("Possibly", some("", 1), "maybe");
        throughs.sort().forEach(function (through) {
          var words = data.rows.find(function (row) { return row.through === through; }).way;
          group("Through " + words, some(through, 2), "");
          group("Possibly through " + words, some(through, 1), "maybe");
        });
        group("Said not to be in it", some("", 3), "denied");
        group("Possibly said not to be in it", some("", 4), "maybe denied");
        if (!result.childNodes.length) result.appendChild(make("p", "note", "Nobody is said to be in it then. Who is not stated is not out."));
        var moves = [
          ["members-on-back", before(days, day)], ["members-on-next", next(days, day)],
          ["members-by-back", before(outs.concat([all]), out)], ["members-by-next", next(outs.concat([all]), out)]
        ];
        moves.forEach(function (move) {
          var button = document.getElementById(move[0]);
          button.disabled = move[1] === undefined;
          button.dataset.day = move[1];
        });
      }
      [[on, "on"], [by, "by"]].forEach(function (pair) {
        pair[0].addEventListener("input", draw);
        ["back", "next"].forEach(function (way) {
          var button = document.getElementById("members-" + pair[1] + "-" + way);
          button.addEventListener("click", function () {
            pair[0].value = button.dataset.day;
            draw();
          });
        });
      });
      document.getElementById("members-controls").hidden = false;
      draw();
    })();

    """#
}
