// The order lookup: answers from a short list, since this shop has no server behind it.
(() => {
  const form = document.querySelector('.lookup');
  if (!form) return;

  const answer = document.getElementById('order-answer');
  const orders = {
    'NR-4127': day => `It left Hathersby on ${day(-2)} and should reach you by ${day(1)}.`,
    'NR-4131': day => `Mara packs it on ${day(1)}. You hear from her when it leaves.`,
    'NR-4098': day => `It was delivered on ${day(-5)}. If you don’t have it, tell us.`,
  };

  /** The working day `days` from today, such as "Tuesday 24 November". */
  const day = days => {
    const date = new Date();
    date.setDate(date.getDate() + days);
    while (date.getDay() % 6 === 0) date.setDate(date.getDate() + Math.sign(days));
    return date.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
  };

  const look = text => {
    const number = text.trim().toUpperCase().replace(/^(NR)?[\s-]*/, 'NR-');
    if (number === 'NR-') return 'Enter the order number, such as NR-4127.';
    return orders[number]?.(day) ?? `We have no order ${number}. Ring us on 01632 960 114 and we will find it.`;
  };

  form.addEventListener('submit', event => {
    event.preventDefault();
    answer.value = look(form.elements.order.value);
  });
})();
