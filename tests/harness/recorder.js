// The first script of every page: records what goes wrong on it.
(() => {
  let list;
  try {
    list = window.top.recorded ??= [];
  } catch {
    list = window.recorded = [];
  }
  const text = value => value?.message ?? (typeof value === 'object' ? JSON.stringify(value) : String(value));
  for (const level of ['error', 'warn']) {
    const original = console[level];
    console[level] = (...values) => {
      list.push(`console.${level}: ${values.map(text).join(' ')}`);
      original.apply(console, values);
    };
  }
  const listen = (name, describe) => addEventListener(name, event => list.push(`${name}: ${describe(event)}`), true);
  listen('error', event => event.message ?? `${event.target.localName} ${event.target.src ?? event.target.href}`);
  listen('unhandledrejection', event => text(event.reason));
  listen('securitypolicyviolation', event => `${event.violatedDirective} ${event.blockedURI}`);
})();
