// Whether a post without an answer can have left the device.

/** @import { UnderWay } from '../shapes' */

/** For how long a policy's report of a post is waited for, in milliseconds: longer than for its answer. */
const WAIT = 2e4;

/**
 * Watches over a post that is about to be made: it is `unsent` where it is certain that nothing leaves, since the device
 * is offline or the page's policy forbids the address.
 *
 * @param {UnderWay} request
 */
export const watch = (request) => {
  request.unsent = !navigator.onLine;
  /** @param {SecurityPolicyViolationEvent} event */
  const judge = ({ blockedURI, disposition }) => {
    // A policy that only reports lets everything through.
    if (blockedURI && disposition == 'enforce' && request.url.startsWith(blockedURI)) request.unsent = true;
  };
  // Before anybody can stop it at the document.
  addEventListener('securitypolicyviolation', judge, { capture: true, signal: AbortSignal.timeout(WAIT) });
};
