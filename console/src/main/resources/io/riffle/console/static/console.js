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
  let ahead = 0; // of this clock before the console's, in ms
  const hear = () => {
    const age = document.querySelector("#live .age[data-now]");
    if (age) ahead = Date.now() - Date.parse(age.dataset.now);
  };
  const tick = () => document.querySelectorAll("time[data-age]").forEach(time => {
    const age = Math.max(0, Date.now() - ahead - Date.parse(time.getAttribute("datetime")));
    time.textContent = about(age / 1000) + " ago";
    const told = time.closest(".age[data-old]");
    if (told) told.classList.toggle("old", age > Number(told.dataset.old));
  });
  setInterval(tick, 1000);

  // --- refreshing: not while somebody types, marks or has paused it; what is open, ticked and focused stays ------
  const busy = () => {
    const at = document.activeElement;
    const typing = at && live() && live().contains(at) && /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) && at.type !== "checkbox";
    const marked = String(getSelection()).length > 0;
    return paused || document.hidden || typing || marked;
  };
  // What an element does, in words: after the exchange the focus goes to what does the same, never to what stands there.
  const fields = form => form ? [...form.querySelectorAll("input[type=hidden]:not([name=_token])")].map(f => f.name + "=" + f.value) : [];
  const does = e => {
    const row = e.closest("tr") && e.closest("tr").querySelector("th");
    const form = e.form || null;
    return JSON.stringify([e.tagName, e.id, e.getAttribute("href"), e.getAttribute("aria-label"), e.name || "",
      /^(checkbox|radio|submit)$/.test(e.type) ? e.value : "", e.tagName === "BUTTON" ? e.textContent : "",
      e.tagName === "SUMMARY" ? e.parentElement.id : "", form ? e.getAttribute("formaction") || form.getAttribute("action") : "",
      e.tagName === "BUTTON" ? fields(form) : [], row && row.querySelector("a") !== e ? row.textContent : ""]);
  };
  const PLACES = "a,button,summary,input,select,textarea,[tabindex]";
  const TYPED = "input:not([type=hidden]):not([type=checkbox]):not([type=radio]),textarea,select";
  const kept = {};
  const keep = () => {
    const notice = live().querySelector("[data-keep]");
    kept.notice = notice && (notice.classList.contains("bad") || notice !== kept.notice) ? notice : null;
    kept.details = new Map([...live().querySelectorAll("details[id]")].map(d => [d.id, d.open]));
    kept.ticked = [...live().querySelectorAll("input[type=checkbox]:checked")].map(box => box.name + "=" + box.value);
    kept.typed = new Map([...live().querySelectorAll(TYPED)].map(field => [does(field), field.value]));
    kept.scrolls = new Map([...live().querySelectorAll(".scroll")].map(box => [does(box), box.scrollLeft]));
    const at = document.activeElement;
    kept.focus = at && at !== live() && live().contains(at) ? does(at) : null;
  };
  const giveBack = () => {
    live().querySelectorAll("details[id]").forEach(d => { if (kept.details.has(d.id)) d.open = kept.details.get(d.id); });
    live().querySelectorAll("input[type=checkbox]").forEach(box => {
      if (kept.ticked.includes(box.name + "=" + box.value)) box.checked = true;
    });
    live().querySelectorAll(TYPED).forEach(field => { if (kept.typed.has(does(field))) field.value = kept.typed.get(does(field)); });
    live().querySelectorAll(".scroll").forEach(box => { box.scrollLeft = kept.scrolls.get(does(box)) || 0; });
    if (kept.notice && !live().querySelector("[data-keep]")) live().querySelector(".title").after(kept.notice);
    if (kept.focus && !live().contains(document.activeElement)) {
      const same = [...live().querySelectorAll(PLACES)].find(place => does(place) === kept.focus);
      (same || document.getElementById("main")).focus({preventScroll: true});
    }
  };
  const ours = event => { // what asked is gone when it is exchanged
    const asked = event.detail.requestConfig ? event.detail.requestConfig.elt : event.detail.elt;
    return asked && asked.id === "live";
  };
  document.addEventListener("htmx:beforeRequest", event => {
    if (ours(event) && busy()) event.preventDefault();
  });
  document.addEventListener("htmx:beforeSwap", event => {
    if (!event.detail.target || event.detail.target.id !== "live" || !event.detail.shouldSwap) return;
    if (busy()) { event.detail.shouldSwap = false; return; }
    keep();
  });
  document.addEventListener("htmx:afterSwap", () => {
    if (!kept.details) return;
    giveBack();
    kept.details = null;
    hear();
    tick();
    draw(false);
  });

  // --- silence: a page whose refreshing fails says so, and since when what it shows is ----------------------------
  const silence = why => {
    const box = document.getElementById("silence");
    if (!box || !live() || live().hasAttribute("data-failed")) return;
    const shown = live().querySelector(".age time");
    const key = why + (shown ? shown.getAttribute("datetime") : "");
    if (box.dataset.why === key) return; // told already: it is read out once
    box.dataset.why = key;
    const notice = document.createElement("p");
    notice.className = "notice bad";
    notice.append(why + (shown ? ": what is shown is from " : ". It is asked again."));
    if (shown) {
      const age = shown.cloneNode(true);
      age.setAttribute("aria-hidden", "true"); // it ticks: hearers get the time itself
      const time = document.createElement("span");
      time.className = "heard";
      time.textContent = clock(Date.parse(shown.getAttribute("datetime")) / 1000, true) + " UTC";
      notice.append(age, time);
    }
    box.replaceChildren(notice);
    document.body.classList.add("silent");
  };
  const speaks = () => {
    const box = document.getElementById("silence");
    if (!box || !box.dataset.why) return;
    delete box.dataset.why;
    box.replaceChildren();
    document.body.classList.remove("silent");
  };
  const told = xhr => {
    const words = new DOMParser().parseFromString(xhr.responseText, "text/html").querySelector("#live .notice.bad");
    return words ? words.textContent.trim().replace(/\.$/, "") : "The console failed (" + xhr.status + ")";
  };
  ["htmx:sendError", "htmx:timeout"].forEach(name => document.addEventListener(name, event => {
    if (ours(event)) silence("The console does not answer");
  }));
  document.addEventListener("htmx:responseError", event => {
    if (ours(event)) silence(told(event.detail.xhr));
  });
  document.addEventListener("htmx:afterRequest", event => {
    if (ours(event) && event.detail.successful) speaks();
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
    const answer = await fetch("/api/v1/lag/history?" + query, {credentials: "same-origin"}).catch(() => null);
    if (!answer || !answer.ok) return null;
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
    plot.root.setAttribute("aria-hidden", "true"); // its label says it
    box.setAttribute("aria-label", inWords(points));
  }
  const inWords = ([seconds, lag, behind]) => {
    const name = "Graph of the last " + (span === "hour" ? "hour" : "24 hours");
    const last = seconds.length - 1;
    if (last < 0) return name + ": nothing is known yet";
    const time = behind[last] == null ? "" : ", " + about(behind[last]) + " behind";
    return name + ": at " + clock(seconds[last], true) + " UTC " + lag[last].toLocaleString("en") + " messages" + (time || " behind")
      + "; at most " + Math.max(...lag).toLocaleString("en") + " messages";
  };
  // --- where this is ---------------------------------------------------------------------------------------------
  const showPage = () => { // in a narrow window the navigation does not fit as a whole
    const nav = document.querySelector("nav");
    const here = nav && nav.querySelector("[aria-current]");
    if (here) nav.scrollLeft = here.offsetLeft - nav.offsetLeft - (nav.clientWidth - here.offsetWidth) / 2;
  };
  const showPlace = () => {
    showPage();
    const to = document.querySelector(".sign-in input[name=to]");
    if (to) to.value += location.hash; // which no server is told
    const provider = document.querySelector(".sign-in a.button");
    if (provider) provider.href += encodeURIComponent(location.hash); // "to" is the last of its parameters
    if (live() && live().dataset.address) history.replaceState(null, "", live().dataset.address); // of a form that was refused
  };
  document.addEventListener("DOMContentLoaded", () => {
    showPlace();
    hear();
    tick();
    draw(true);
    let width = 0;
    addEventListener("resize", () => {
      showPage();
      const box = document.getElementById("plot");
      if (plot && box && box.clientWidth !== width) { width = box.clientWidth; plot.setSize({width, height: 240}); }
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw(true));
  });
})();
