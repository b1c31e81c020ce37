package io.riffle.testing;

import com.microsoft.playwright.Page;
import java.util.List;

/** What everybody must find on a page, however they read it. */
public final class Accessibility {
  private static final String LOOK =
      """
      () => {
        const bad = [];
        const named = e => (e.getAttribute('aria-label') || e.textContent || e.getAttribute('title') || '').trim();
        const shown = e => e.getClientRects().length > 0;
        if (!document.documentElement.lang) bad.push('no language');
        if (!document.title) bad.push('no title');
        if (document.querySelectorAll('h1').length !== 1) bad.push('not one h1');
        if (document.querySelectorAll('main').length !== 1) bad.push('not one main');
        const first = document.body.querySelector('a');
        if (!first || first.getAttribute('href') !== '#main') bad.push('no skip link');
        document.querySelectorAll('a,button,summary').forEach(e => { if (shown(e) && !named(e)) bad.push('without a name: ' + e.outerHTML); });
        document.querySelectorAll('input:not([type=hidden]),select,textarea').forEach(e => {
          if (!e.labels.length && !e.getAttribute('aria-label')) bad.push('without a label: ' + e.outerHTML);
        });
        document.querySelectorAll('[role=img],img').forEach(e => { if (!e.getAttribute('aria-label') && !e.alt) bad.push('without words: ' + e.outerHTML); });
        document.querySelectorAll('table:not(.u-legend)').forEach(t => {
          if (!t.caption) bad.push('a table without a caption');
          t.querySelectorAll('th').forEach(h => { if (!h.scope) bad.push('a heading without scope'); });
        });
        const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
        ids.filter((id, i) => ids.indexOf(id) !== i).forEach(id => bad.push('twice: id ' + id));
        document.querySelectorAll('[tabindex]').forEach(e => { if (e.tabIndex > 0) bad.push('an order of its own: ' + e.outerHTML); });
        let level = 0;
        document.querySelectorAll('h1,h2,h3,h4').forEach(h => {
          if (!shown(h)) return;
          const now = Number(h.tagName[1]);
          if (now > level + 1) bad.push('a heading skips a level: ' + h.textContent);
          level = now;
        });
        const luminance = c => {
          const [r, g, b] = c.map(v => { v /= 255; return v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4); });
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const color = text => (text.match(/[\\d.]+/g) || []).map(Number);
        const ground = e => {
          for (let at = e; at; at = at.parentElement) {
            const c = color(getComputedStyle(at).backgroundColor);
            if (c.length === 3 || c[3] > 0.99) return c.slice(0, 3);
          }
          return [255, 255, 255];
        };
        const seen = new Set();
        document.querySelectorAll('body *').forEach(e => {
          const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
          if (!own || !shown(e)) return;
          const a = luminance(color(getComputedStyle(e).color).slice(0, 3));
          const b = luminance(ground(e));
          const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          const what = e.tagName + '.' + e.className;
          if (ratio < 4.5 && !seen.has(what)) { seen.add(what); bad.push('hard to read (' + ratio.toFixed(1) + '): ' + what); }
        });
        if (document.documentElement.scrollWidth > window.innerWidth + 1) bad.push('wider than the window: ' + document.documentElement.scrollWidth);
        return bad;
      }
      """;

  /** After what the page does when its window was made smaller. */
  private static final String OUT_OF_SIGHT =
      """
      () => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn))).then(() => [...document.querySelectorAll('main td, main th, main button, main a, nav [aria-current]')]
        .filter(e => e.getClientRects().length > 0 && !e.closest('thead'))
        .filter(e => { const r = e.getBoundingClientRect(); return r.left < -1 || r.right > innerWidth + 1; })
        .concat([...document.querySelectorAll('main .scroll')].filter(e => e.scrollWidth > e.clientWidth + 1))
        .map(e => e.outerHTML.slice(0, 200)))
      """;

  private Accessibility() {}

  /** What is amiss on a page, in words. */
  public static List<String> problems(Page page) {
    return words(page.evaluate(LOOK));
  }

  /** What cannot be seen on a page in a narrow window without moving it aside. */
  public static List<String> outOfSight(Page page) {
    return words(page.evaluate(OUT_OF_SIGHT));
  }

  private static List<String> words(Object found) {
    return ((List<?>) found).stream().map(Object::toString).toList();
  }
}
