// Time as the browser knows it: zones and the names of days, for which the wasm carries no tables.

/**
 * How many seconds a time zone is east of UTC, at an instant in seconds since 1970.
 * Undefined where no zone is named or the browser does not know it: then no day is promised.
 */
export const offsetOf = (zone) => {
  try {
    const format = zone && new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
    return (
      format &&
      ((instant) => {
        const [, sign, hours, minutes] = /GMT(.)(\d+):(\d+)/.exec(format.format(instant * 1e3)) || [0, '+', 0, 0];
        return (sign + 1) * (hours * 3600 + minutes * 60);
      })
    );
  } catch {
    return undefined;
  }
};

/** The name of an instant's day where the visitor is; with the year if it is not this one. */
export const dayOf = (locale) => (instant) => {
  const date = new Date(instant * 1e3);
  const year = date.getFullYear() == new Date().getFullYear() ? undefined : 'numeric';
  return date.toLocaleDateString(locale, { weekday: 'long', day: 'numeric', month: 'long', year, calendar: 'gregory' });
};

/**
 * By how many seconds this device's clock is behind the endpoint's: `received` is a time between `sent` and
 * `answered`, if both go alike. A minute on the way is none, and neither is an earlier answer told again.
 */
export const skew = (sent, received, answered) => {
  if (received < sent - 60) return received - sent;
  return received > answered + 60 ? received - answered : 0;
};
