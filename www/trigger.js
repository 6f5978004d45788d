// Adds triggers after the page has loaded, as a page drawn by script would.
(() => {
  const more = document.getElementById('more');
  const ways = document.getElementById('ways');

  const trigger = (kind, label) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button button--quiet';
    button.dataset.saySoOpen = kind;
    button.textContent = label;
    return button;
  };

  more.addEventListener('click', () => {
    const first = trigger('praise', 'A kind word');
    ways.append(first, trigger('suggestion', 'A pot we should make'));
    first.focus();
    more.remove();
  });
})();
