// What a visitor does with the confirmation: keeps a copy of it, or takes the words back.

/** The confirmation as plain text, with the page's address and the time. */
const receipt = (panel, { region, page }) => {
  const said = ['#title', '.quote', '[data-fill=own]', '[data-fill=reads]', '.receipt:not([hidden]) span'];
  const lines = said.map((selector) => panel.querySelector(selector)?.textContent.trim()).filter(Boolean);
  const time = new Date().toLocaleString(region, { dateStyle: 'full', timeStyle: 'short' });
  return [...lines, page.url, time, ''].join('\n\n');
};

/** Copies the text of `source`, of the confirmation its receipt; where that is not allowed, selects it. Says whether it copied. */
export const copy = async (source, panel, context) => {
  const whole = source.matches('.sent');
  try {
    await navigator.clipboard.writeText(whole ? receipt(panel, context) : source.value ?? source.textContent);
    return true;
  } catch {
    if (source.select) source.select();
    else getSelection().selectAllChildren(whole ? source.querySelector('.quote') : source);
    return false;
  }
};

/** Saves the receipt as a text file. */
export const save = (panel, context) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([receipt(panel, context)], { type: 'text/plain' }));
  link.download = [context.site, panel.querySelector('[part=reference]').textContent].filter(Boolean).join(' ') + '.txt';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
};

/** Asks the endpoint to delete a message, at an address relative to its own; says whether it did. */
export const withdraw = async (endpoint, address, body) => {
  try {
    const base = new URL(endpoint, location);
    const at = new URL(address, base);
    if (at.origin != base.origin) throw 'its address is on another server';
    const options = { method: 'POST', credentials: 'omit', redirect: 'error', body: JSON.stringify(body), signal: AbortSignal.timeout?.(15e3) };
    const answer = await fetch(at, options);
    const told = await answer.json();
    if (answer.ok && told.ok) return true;
    console.error('say-so:', at.href, answer.status, told.error?.message);
  } catch (error) {
    console.error('say-so:', address, error);
  }
  return false;
};
