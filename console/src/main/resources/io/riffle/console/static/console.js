// What pages do beyond links and forms: ages that go on, refreshing that does not disturb, shortcuts, the graph.
"use strict";
(() => {
  const live = () => document.getElementById("live");
  let paused = false;
  let awaited = "";
  let awaitedAt = 0;

  // --- ages -----------------------------------------------------------------------------------------------------
  const about = s => s < 10 ? s.toFixed(1) + "s" : s < 60 ? Math.floor(s) + "s"
    : s < 3600 ? Math.floor(s / 60) + "m " + String(Math.floor(s % 60)).padStart(2, "0") + "s"
    : Math.floor(s / 3600) + "h " + String(Math.floor(s / 60) % 60).padStart(2, "0") + "m";
  const tick = () => document.querySelectorAll("time[data-age]").forEach(time => {
    const age = (Date.now() - Date.parse(time.getAttribute("datetime"))) / 1000;
    time.textContent = about(Math.max(0, age)) + " ago";
  });
  setInterval(tick, 1000);

  // --- refreshing: not while somebody types, marks or has paused it; what is open, ticked and focused stays ------
  const busy = () => {
    const at = document.activeElement;
    const typing = at && live() && live().contains(at) && /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) && at.type !== "checkbox";
    const marked = String(getSelection()).length > 0;
    return paused || document.hidden || typing || marked;
  };
  const kept = {};
  document.addEventListener("htmx:beforeRequest", event => {
    if (event.detail.elt && event.detail.elt.id === "live" && busy()) event.preventDefault();
  });
  document.addEventListener("htmx:beforeSwap", event => {
    if (!event.detail.target || event.detail.target.id !== "live") return;
    if (busy()) { event.detail.shouldSwap = false; return; }
    const notice = live().querySelector("[data-keep]");
    kept.notice = notice && !kept.noticeShownTwice ? notice : null;
    kept.noticeShownTwice = Boolean(notice);
    kept.details = new Map([...live().querySelectorAll("details[id]")].map(d => [d.id, d.open]));
    kept.ticked = [...live().querySelectorAll("input[type=checkbox]:checked")].map(box => box.name + "=" + box.value);
    kept.scrolls = [...live().querySelectorAll(".scroll")].map(box => box.scrollLeft);
    const at = document.activeElement;
    kept.focus = at && live().contains(at) ? [...live().querySelectorAll("a,button,summary,input,[tabindex]")].indexOf(at) : -1;
  });
  document.addEventListener("htmx:afterSwap", () => {
    if (!kept.details) return;
    live().querySelectorAll("details[id]").forEach(d => { if (kept.details.has(d.id)) d.open = kept.details.get(d.id); });
    live().querySelectorAll("input[type=checkbox]").forEach(box => {
      if (kept.ticked.includes(box.name + "=" + box.value)) box.checked = true;
    });
    live().querySelectorAll(".scroll").forEach((box, i) => { box.scrollLeft = kept.scrolls[i] || 0; });
    if (kept.notice) live().querySelector(".title").after(kept.notice);
    const places = live().querySelectorAll("a,button,summary,input,[tabindex]");
    if (kept.focus >= 0 && places[kept.focus]) places[kept.focus].focus({preventScroll: true});
    tick();
    draw(false);
  });

  // --- shortcuts ------------------------------------------------------------------------------------------------
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox") return;
    const then = awaited === "g" && Date.now() - awaitedAt < 1500;
    awaited = "";
    if (then) {
      const link = document.querySelector('nav a[data-key="' + CSS.escape(event.key) + '"]');
      if (link) { event.preventDefault(); link.click(); }
    } else if (event.key === "g") {
      awaited = "g";
      awaitedAt = Date.now();
    } else if (event.key === "?") {
      const keys = document.getElementById("keys");
      if (keys && !keys.open) keys.showModal();
    } else if (event.key === "/") {
      const first = document.querySelector("main input:not([type=hidden]):not([type=checkbox]), main select");
      if (first) { event.preventDefault(); first.focus(); }
    } else if (event.key === "p" && live() && live().hasAttribute("hx-get")) {
      paused = !paused;
      document.body.classList.toggle("paused", paused);
    }
  });

  // --- all of a column ------------------------------------------------------------------------------------------
  document.addEventListener("change", event => {
    const name = event.target.dataset && event.target.dataset.all;
    if (name) document.querySelectorAll('input[name="' + CSS.escape(name) + '"]').forEach(box => { box.checked = event.target.checked; });
  });
  document.addEventListener("submit", event => {
    const asked = event.submitter && event.submitter.dataset.confirm;
    if (asked && !confirm(asked)) event.preventDefault();
  });

  // --- the graph ------------------------------------------------------------------------------------------------
  let plot = null;
  let span = "hour";
  const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const short = v => v == null ? "" : v >= 1e9 ? (v / 1e9) + "G" : v >= 1e6 ? (v / 1e6) + "M" : v >= 1e3 ? (v / 1e3) + "k" : String(v);
  const data = async box => {
    const query = new URLSearchParams({group: box.dataset.group, span});
    if (box.dataset.topic) query.set("topic", box.dataset.topic);
    const answer = await fetch("/api/v1/lag/history?" + query, {credentials: "same-origin"});
    if (!answer.ok) return null;
    const json = await answer.json();
    return [json.seconds, json.lag, json.behindSeconds];
  };
  const two = n => String(n).padStart(2, "0");
  const clock = (second, exact) => {
    const at = new Date(second * 1000);
    return two(at.getUTCHours()) + ":" + two(at.getUTCMinutes()) + (exact ? ":" + two(at.getUTCSeconds()) : "");
  };
  const options = box => ({
    tzDate: second => uPlot.tzDate(new Date(second * 1000), "Etc/UTC"),
    width: box.clientWidth, height: 240,
    series: [{label: "time (UTC)", value: (_, v) => v == null ? "–" : clock(v, true)},
      {label: "messages behind", stroke: color("--link"), width: 2, scale: "n", spanGaps: false, value: (_, v) => v == null ? "–" : v.toLocaleString("en")},
      {label: "seconds behind", stroke: color("--focus"), width: 1.5, dash: [5, 4], scale: "s", value: (_, v) => v == null ? "–" : about(v)}],
    axes: [{stroke: color("--soft"), values: (_, all, __, ___, step) => all.map(v => clock(v, step < 60)), space: 70, grid: {stroke: color("--line"), width: 1}},
      {scale: "n", stroke: color("--soft"), grid: {stroke: color("--line"), width: 1}, size: 64, values: (_, all) => all.map(short)},
      {scale: "s", side: 1, stroke: color("--soft"), grid: {show: false}, size: 64, values: (_, all) => all.map(v => v == null ? "" : about(v))}],
    scales: {n: {range: (_, low, high) => [0, Math.max(10, high * 1.05)]}, s: {range: (_, low, high) => [0, Math.max(10, high * 1.05)]}},
  });
  const buttons = box => {
    const row = document.createElement("div");
    row.className = "spans";
    for (const [name, text] of [["hour", "1 h"], ["day", "24 h"]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      button.setAttribute("aria-pressed", String(name === span));
      button.addEventListener("click", () => {
        span = name;
        row.querySelectorAll("button").forEach(b => b.setAttribute("aria-pressed", String(b === button)));
        draw(false);
      });
      row.append(button);
    }
    box.append(row);
  };
  async function draw(anew) {
    const box = document.getElementById("plot");
    if (!box || typeof uPlot === "undefined") return;
    if (anew || !box.querySelector(".spans")) { plot = null; box.replaceChildren(); buttons(box); }
    const points = await data(box);
    if (!points) return;
    if (plot) plot.setData(points);
    else { plot = new uPlot(options(box), points, box); }
  }
  document.addEventListener("DOMContentLoaded", () => {
    tick();
    draw(true);
    let width = 0;
    addEventListener("resize", () => {
      const box = document.getElementById("plot");
      if (plot && box && box.clientWidth !== width) { width = box.clientWidth; plot.setSize({width, height: 240}); }
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw(true));
  });
})();
