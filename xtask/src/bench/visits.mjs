// Visits a page with the widget and one without in real Chromium, and prints what each visit cost.
//   node visits.mjs CHROMIUM RUNS EMPTY WIDGET [BESIDE]
// EMPTY and WIDGET are the pages' addresses; BESIDE is that of one with another build of the widget, visited in turn.
// bench.rs starts this, and makes tables of what it prints.
import { chromium } from 'playwright-core';

const [executablePath, runs, empty, widget, beside] = process.argv.slice(2);
const FLAGS = '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const MEGABIT = 1e6 / 8; // in bytes a second, as Chromium wants it
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1.6 * MEGABIT, uploadThroughput: 0.75 * MEGABIT };
const SLOWER = 4; // how many times slower than this machine the processor of a phone is
const WINDOW = { viewport: { width: 1280, height: 800 } };

// Runs in the page before all else, and notes when the visitor sees what.
const observe = () => {
  const seen = (window.seen = { shift: 0 });
  const awaited = {};
  const note = (name, figure) => {
    seen[name] = figure;
    awaited[name]?.();
  };
  window.noted = (name) => new Promise((done) => (name in seen ? done() : (awaited[name] = done)));
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) seen.shift += value;
  }).observe({ type: 'layout-shift', buffered: true });
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await original.apply(WebAssembly, given);
      seen.memory = Object.values(made.instance.exports).find((part) => part instanceof WebAssembly.Memory);
      return made;
    };
  }
  // The next frame is on the screen: what was queued in it for afterwards runs.
  const painted = () =>
    new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done();
      requestAnimationFrame(() => port2.postMessage(0));
    });
  const click = async ({ timeStamp, isTrusted }) => {
    if (!isTrusted) return;
    removeEventListener('click', click, true);
    performance.mark('click');
    const since = () => performance.now() - timeStamp;
    const root = document.querySelector('say-so').shadowRoot;
    const find = (selector) => [...root.querySelectorAll(selector)].find((part) => part.getClientRects().length);
    // A build in which the panel does not say whose it is has its attributes in another order once it is Leptos's.
    const isLive = () => {
      const panel = root.querySelector('.panel');
      const { by = panel?.getAttributeNames()[0] } = panel?.dataset || {};
      return by == 'panel' || by == 'class';
    };
    const watch = new MutationObserver(() => {
      if (!isLive()) return;
      watch.disconnect();
      performance.mark('live');
      note('live', since());
    });
    watch.observe(root, { subtree: true, childList: true, attributes: true });
    do await painted();
    while (!find('.panel'));
    note('screen', since());
    if (!window.chooses) return;
    find('[name=kind]').click();
    do await painted();
    while (!find('textarea')?.matches(':focus'));
    note('typing', since());
  };
  addEventListener('click', click, true);
};

/** One page of one visitor: what it loads, and what the main thread and the memory have to do with it. */
class Visit {
  static async begin(context, { slow, cpu = slow ? SLOWER : 1 }) {
    const page = await context.newPage();
    await page.addInitScript(observe);
    const visit = new Visit();
    const devtools = await context.newCDPSession(page);
    Object.assign(visit, { page, devtools, bytes: 0, requests: 0 });
    for (const domain of ['Network', 'Performance', 'HeapProfiler']) await devtools.send(domain + '.enable');
    if (slow) await devtools.send('Network.emulateNetworkConditions', SLOW_4G);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpu });
    visit.count();
    return visit;
  }

  /** Counts what comes over the wire for the page, but not the page itself. */
  count() {
    const counted = new Set();
    this.devtools.on('Network.responseReceived', ({ requestId, type, response }) => {
      if (type == 'Document' || response.fromDiskCache || !/^http/.test(response.url)) return;
      counted.add(requestId);
      this.requests++;
    });
    this.devtools.on('Network.requestServedFromCache', ({ requestId }) => counted.delete(requestId) && this.requests--);
    this.devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (counted.has(requestId)) this.bytes += encodedDataLength;
    });
  }

  /** Loads the page, and waits until it has nothing left to do. */
  async load(address) {
    await this.page.goto(address, { waitUntil: 'load' });
    await this.page.evaluate(() => new Promise((done) => requestIdleCallback(() => setTimeout(done))));
    await this.page.evaluate(() => performance.mark('loaded'));
  }

  /**
   * Clicks on the launcher: all at once, with no way of the pointer before it in which something could be fetched;
   * or as a hand does, which comes, presses and lets go, and never within one task of the page's.
   */
  async click({ chooses = false, by_hand = false }) {
    const [x, y] = await this.page.evaluate((chooses) => {
      window.chooses = chooses;
      const { left, top, width, height } = document.querySelector('say-so').shadowRoot.querySelector('.open').getBoundingClientRect();
      return [left + width / 2, top + height / 2];
    }, chooses);
    const { mouse } = this.page;
    if (by_hand) for (const act of [() => mouse.move(x, y), () => mouse.down(), () => mouse.up()]) await act();
    else await mouse.click(x, y);
    // Not Playwright's own ways to find and to wait: what they put into the page counts as the page's memory and work.
    await this.page.evaluate((name) => window.noted(name), chooses ? 'typing' : 'live');
  }

  seen() {
    return this.page.evaluate(() => ({ ...window.seen, memory: window.seen.memory?.buffer.byteLength }));
  }

  /** Milliseconds that the main thread has worked so far. */
  async worked() {
    const { metrics } = await this.devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name == 'TaskDuration').value * 1000;
  }

  /** Bytes of JavaScript's heap that are in use. */
  async heap() {
    await this.devtools.send('HeapProfiler.collectGarbage');
    return (await this.devtools.send('Runtime.getHeapUsage')).usedSize;
  }

  /** What was paid before a click. */
  async cost() {
    const { bytes, requests } = this;
    const { shift } = await this.seen();
    const paint = await this.page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
    return { requests, bytes, main_thread: await this.worked(), first_paint: paint, heap: await this.heap(), shift };
  }

  async end() {
    await this.page.close();
  }
}

/** A visitor who opens the panel and looks at it until Leptos is in charge. */
const look = async (context, address, conditions) => {
  const visit = await Visit.begin(context, conditions);
  await visit.load(address);
  const before = await visit.cost();
  if (address == empty) return visit.end().then(() => before);
  const worked = await visit.worked();
  await visit.click({});
  const { screen, live, shift, memory } = await visit.seen();
  const open_main_thread = (await visit.worked()) - worked;
  const { bytes: open_bytes, requests: open_requests } = visit;
  const open_heap = await visit.heap();
  await visit.end();
  const open_shift = shift - before.shift;
  return { ...before, screen, live, open_shift, open_bytes, open_requests, open_main_thread, open_heap, wasm_memory: memory };
};

/** A visitor who chooses a kind as soon as there is one, in order to type. */
const type = async (context, address, conditions) => {
  const visit = await Visit.begin(context, conditions);
  await visit.load(address);
  await visit.click({ chooses: true });
  const { typing } = await visit.seen();
  await visit.end();
  return { typing };
};

/** The longest task before and after the click, on a slower processor: from a trace, which itself takes time. */
const trace = async (browser, context, address) => {
  const visit = await Visit.begin(context, { cpu: SLOWER });
  await browser.startTracing(visit.page, { categories: ['blink.user_timing', 'disabled-by-default-devtools.timeline'] });
  await visit.load(address);
  if (address != empty) await visit.click({ by_hand: true });
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  await visit.end();
  const mark = (name) => traceEvents.findLast((event) => event.name == name && event.cat == 'blink.user_timing');
  const loaded = mark('loaded');
  const tasks = traceEvents.filter(({ name, pid, tid }) => name == 'RunTask' && pid == loaded.pid && tid == loaded.tid);
  const longest = (from, to) => Math.max(...tasks.filter(({ ts, dur }) => ts + dur >= from && ts <= to).map(({ dur }) => dur / 1000));
  const [click, live] = [mark('click'), mark('live')];
  return { longest_task: longest(0, loaded.ts), open_longest_task: click && longest(click.ts, live.ts) };
};

const browser = await chromium.launch({ executablePath, args: FLAGS.split(' ') });
const visits = [];
const COLUMNS = { [beside]: ['beside'], [widget]: ['cold', 'warm'], [empty]: ['empty'] };
for (let run = 1; run <= runs; run++) {
  process.stderr.write(`run ${run} of ${runs}\n`);
  for (const slow of [false, true]) {
    const condition = slow ? 'slow' : 'fast';
    const addresses = [empty, widget, beside].filter(Boolean);
    for (const address of run % 2 ? addresses : addresses.reverse()) {
      for (const way of address == empty ? [look] : [look, type]) {
        // Nothing is cached at a context's first page, and everything at its second.
        const context = await browser.newContext(WINDOW);
        for (const column of COLUMNS[address]) {
          visits.push({ condition, column, figures: await way(context, address, { slow }) });
        }
        await context.close();
      }
      if (!slow) continue;
      const context = await browser.newContext(WINDOW);
      visits.push({ condition, column: COLUMNS[address][0], figures: await trace(browser, context, address) });
      await context.close();
    }
  }
}
const version = browser.version();
await browser.close();
process.stdout.write(JSON.stringify({ version, visits }));
