// What Prototype 1.6 and 1.7 do to a page: methods of the same names as the platform's, with other meanings.

// Lists: the second argument of `from` is unknown, and what is added can be enumerated.
Array.from = (list) => {
  if (!list) return [];
  if ('toArray' in Object(list)) return list.toArray();
  const all = [];
  for (let at = 0; at < list.length; at++) all[at] = list[at];
  return all;
};
const lists = {
  each(act) {
    for (let at = 0; at < this.length; at++) act(this[at], at);
    return this;
  },
  toArray() {
    return [].concat(this);
  },
  clone() {
    return [].concat(this);
  },
  clear() {
    this.length = 0;
    return this;
  },
  compact() {
    return this.filter((item) => item != null);
  },
  without(...items) {
    return this.filter((item) => !items.includes(item));
  },
  reduce(...given) {
    // In 1.6 it gave the only item of a list.
    return this.length > 1 || given.length > 1 ? reduce.apply(this, given) : this[0];
  },
  // JSON.stringify asks for it.
  toJSON() {
    return '[' + this.map((item) => JSON.stringify(item)).join(', ') + ']';
  },
};
const { reduce } = Array.prototype;
for (const name in lists) Array.prototype[name] = lists[name];
Object.assign(String.prototype, {
  toJSON() {
    return '"' + this + '"';
  },
  strip() {
    return this.trim();
  },
  startsWith(start) {
    return this.lastIndexOf(start, 0) === 0;
  },
  endsWith(end) {
    return this.length >= end.length && this.indexOf(end, this.length - end.length) === this.length - end.length;
  },
  times(count) {
    return count < 1 ? '' : new Array(count + 1).join(this);
  },
});
Date.prototype.toJSON = function () {
  return '"' + this.toISOString() + '"';
};
Function.prototype.bind = function (context, ...before) {
  const call = this;
  return before.length || context !== undefined ? (...given) => call.apply(context, before.concat(given)) : call;
};
Function.prototype.delay = function (seconds) {
  return setTimeout(this, seconds * 1000);
};

// Elements.
const { appendChild, insertBefore, removeChild } = Node.prototype;
Object.assign(Element.prototype, {
  remove() {
    if (this.parentNode) removeChild.call(this.parentNode, this);
    return this;
  },
  hide() {
    this.style.display = 'none';
    return this;
  },
  show() {
    this.style.display = '';
    return this;
  },
  update(content) {
    this.textContent = content;
    return this;
  },
  insert(content) {
    appendChild.call(this, content.nodeType ? content : document.createTextNode(content));
    return this;
  },
  replace(content) {
    insertBefore.call(this.parentNode, content, this);
    return removeChild.call(this.parentNode, this);
  },
  select(selector) {
    return [...this.querySelectorAll(selector)];
  },
  match(selector) {
    return this.matches(selector);
  },
  // Upwards, by a selector or a number, and the element itself is none of its ancestors.
  up(selector) {
    return this.parentElement?.closest(selector ?? '*');
  },
  observe(kind, act) {
    this.addEventListener(kind, act);
    return this;
  },
  visible() {
    return this.style.display !== 'none';
  },
  clone(deep) {
    return this.cloneNode(deep);
  },
});
window.$ = (id) => document.getElementById(id);
window.$A = Array.from;
Object.assign(Object, { extend: Object.assign, toJSON: JSON.stringify, isArray: Array.isArray });
